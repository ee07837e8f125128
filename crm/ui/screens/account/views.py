"""``/konto/``: the forms of one page, each with its own address to post to."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from crm.accounts import users
from crm.accounts.models import User
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request
from crm.ui.screens.account import page
from crm.ui.screens.account.forms import NameForm, PasswordForm, PreferencesForm, ThemeForm


@require_GET
def account(request: Request) -> HttpResponse:
    """The page."""
    return page.show(request)


@require_POST
def save_name(request: Request) -> HttpResponse:
    """Name and e-mail."""
    form = NameForm(request.POST)
    user = _fresh(request)
    if forms.carry_out(
        form, lambda data: users.update_user(actor=user, user=user, at=clock.now(), **data)
    ):
        toasts.show(request, _("Name und E‑Mail sind gesichert."))
        return responses.redirect(request, "account")
    return page.show(request, status=422, name=form)


@require_POST
def save_preferences(request: Request) -> HttpResponse:
    """Language, theme, density, single-letter keys."""
    form = PreferencesForm(request.POST)
    user = _fresh(request)
    if forms.carry_out(
        form, lambda data: users.set_preferences(user=user, values=data, at=clock.now())
    ):
        with translation.override(user.language):
            toasts.show(request, _("Ihre Einstellungen sind gesichert."))
        return responses.redirect(request, "account")
    return page.show(request, status=422, preferences=form)


@require_POST
def save_theme(request: Request) -> HttpResponse:
    """The switch in the menu."""
    form = ThemeForm(request.POST)
    user = _fresh(request)
    forms.carry_out(
        form, lambda data: users.set_preferences(user=user, values=data, at=clock.now())
    )
    return responses.redirect(request, "account")


@sensitive_post_parameters()
@require_POST
def save_password(request: Request) -> HttpResponse:
    """A new password; the other sessions of the account end, this one stays."""
    user = _fresh(request)
    form = PasswordForm(user, request.POST)
    if forms.carry_out(form, lambda data: form.save()):
        update_session_auth_hash(request, user)
        toasts.show(request, _("Ihr neues Passwort gilt ab sofort. Andere Geräte sind abgemeldet."))
        return responses.redirect(request, "account")
    return page.show(request, status=422, password=form)


@require_GET
def key_map(request: Request) -> HttpResponse:
    """All keys as a page, for those who come without script."""
    return responses.render(request, "account/keys.html")


def _fresh(request: Request) -> User:
    """An own instance: a refused change must not show in the frame of the page."""
    return User.objects.get(pk=request.user.pk)
