"""The API keys on ``/konto/``: make one, see its secret once, revoke it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from crm.accounts import tokens
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request
from crm.ui.screens.account import page
from crm.ui.screens.account.forms import ApiKeyForm

PANEL = "api-keys"


@never_cache
@require_POST
def create(request: Request) -> HttpResponse:
    """Make a key. Its secret stands in this answer only and is kept nowhere, session included."""
    form = ApiKeyForm(request.POST)
    made = forms.carry_out(
        form,
        lambda data: tokens.create(actor=request.user, user=request.user, at=clock.now(), **data),
    )
    if made is None:
        return page.show(request, status=422, fragment=PANEL, api_key=form)
    token, secret = made
    return page.show(request, fragment=PANEL, secret=secret, made=token)


@require_POST
def revoke(request: Request, public_id: UUID) -> HttpResponse:
    """End one of the own keys at once."""
    token = get_object_or_404(request.user.api_tokens, public_id=public_id)
    tokens.revoke(actor=request.user, token=token, at=clock.now())
    toasts.show(request, _("Der Schlüssel „%(name)s“ ist widerrufen.") % {"name": token.name})
    return responses.redirect(request, f"{reverse('account')}#schluessel")
