"""Forms of the own account."""

from django import forms
from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Density, Language, Theme
from crm.ui.screens.login.forms import NewPasswordForm


class NameForm(forms.Form):
    """Name and e-mail, which is also the log-in."""

    first_name = forms.CharField(label=_("Vorname"), max_length=100)
    last_name = forms.CharField(label=_("Nachname"), max_length=100)
    email = forms.EmailField(
        label=_("E‑Mail"), max_length=254, help_text=_("Zugleich der Name bei der Anmeldung.")
    )


class PreferencesForm(forms.Form):
    """Language and look."""

    language = forms.ChoiceField(label=_("Sprache"), choices=Language.choices)
    theme = forms.ChoiceField(label=_("Darstellung"), choices=Theme.choices)
    density = forms.ChoiceField(label=_("Dichte"), choices=Density.choices)
    single_key_shortcuts = forms.BooleanField(
        label=_("Tasten aus einem Zeichen"),
        required=False,
        help_text=_("J, K, N, / und andere wirken außerhalb von Feldern. Strg K bleibt immer."),
    )


class ThemeForm(forms.Form):
    """The small switch in the menu."""

    theme = forms.ChoiceField(choices=Theme.choices)


class ApiKeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(
        label=_("Wofür ist der Schlüssel?"),
        max_length=100,
        help_text=_("Zum Beispiel „Webformular“ oder „Abgleich mit der Warenwirtschaft“."),
        error_messages={"required": _("Bitte sagen Sie, wofür der Schlüssel ist.")},
    )


class PasswordForm(NewPasswordForm, auth_forms.PasswordChangeForm):
    """A new password for those who know the old one."""

    error_messages = NewPasswordForm.error_messages | {
        "password_incorrect": _("Das ist nicht Ihr bisheriges Passwort.")
    }
    old_password = forms.CharField(
        label=_("Bisheriges Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
