"""Forms before the log-in."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts import users
from crm.accounts.models import User
from crm.kernel import clock
from crm.ui.screens.login import attempts


class LoginForm(auth_forms.AuthenticationForm):
    """E-mail and password; what is wrong is never said more precisely than "one of both"."""

    username = auth_forms.UsernameField(
        label=gettext_lazy("E‑Mail"),
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("username"):  # what is missing now is the password
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        email, address = self._email(), attempts.address_of(self._request())
        if attempts.are_exhausted(email=email, address=address):
            raise ValidationError(
                _(
                    "Zu viele Versuche. Bitte warten Sie 15 Minuten oder setzen Sie das "
                    "Passwort neu."
                ),
                code="too-many",
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            attempts.count_failure(email=email, address=address)
            raise
        if self.get_user():
            attempts.forget(email=email, address=address)
        return cleaned

    def get_invalid_login_error(self) -> ValidationError:
        """The same words for an unknown account, a wrong password and a deactivated account."""
        return ValidationError(
            _(
                "E‑Mail oder Passwort stimmt nicht. Bitte prüfen Sie beides, auch die "
                "Großschreibung."
            ),
            code="invalid_login",
        )

    def _email(self) -> str:
        return str(self.cleaned_data.get("username", ""))

    def _request(self) -> HttpRequest:
        assert self.request is not None
        return self.request


class ForgottenForm(auth_forms.PasswordResetForm):
    """Asks for the address a link is sent to."""

    email = forms.EmailField(
        label=gettext_lazy("E‑Mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "email"}),
    )

    def get_users(self, email: str) -> Any:
        """Every active account, also one whose owner has not chosen a password yet; nobody when
        links were asked for too often, which the page does not tell."""
        if not attempts.may_send_link(email=email):
            return User.objects.none()
        return User.objects.filter(email=email.strip().lower(), is_active=True)


class NewPasswordForm(auth_forms.SetPasswordForm):
    """A new password, twice; saved by the service of the accounts."""

    error_messages = {"password_mismatch": gettext_lazy("Die beiden Eingaben sind verschieden.")}
    new_password1 = forms.CharField(
        label=gettext_lazy("Neues Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
        help_text=gettext_lazy("Mindestens 10 Zeichen, kein gängiges Passwort, nicht Ihr Name."),
    )
    new_password2 = forms.CharField(
        label=gettext_lazy("Neues Passwort, noch einmal"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password1"]
        users.set_password(actor=self.user, user=self.user, password=password, at=clock.now())
        return self.user
