"""Administration of telephone systems: secrets that are shown once, and who sits where."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.calls.forms import ExtensionForm, SystemForm
from history import telephony
from history.models import Extension, TelephoneSystem

MANAGE = Permission.TELEPHONY_MANAGE


@never_cache
@require_http_methods(["GET", "POST"])
@permitted(MANAGE)
def system_list(request: Request) -> HttpResponse:
    """All systems, and the form for one more; its secret stands in this answer only."""
    form = SystemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = forms.carry_out(
            form, lambda data: telephony.create(actor=request.user, at=clock.now(), **data)
        )
        if made:
            return _show(request, made[0], secret=made[1])
    systems = TelephoneSystem.objects.prefetch_related("extensions").order_by("-is_active", "name")
    return responses.render(
        request,
        "calls/systems.html",
        {"systems": systems, "form": form},
        status=forms.status_of(form),
    )


@require_GET
@permitted(MANAGE)
def system_detail(request: Request, public_id: UUID) -> HttpResponse:
    """One system with its extensions."""
    return _show(request, _system(request, public_id))


@never_cache
@require_POST
@permitted(MANAGE)
def renew(request: Request, public_id: UUID) -> HttpResponse:
    """A new secret, shown in this answer only."""
    system = _system(request, public_id)
    secret = telephony.renew_secret(actor=request.user, system=system, at=clock.now())
    return _show(request, system, secret=secret)


@require_POST
@permitted(MANAGE)
def activity(request: Request, public_id: UUID) -> HttpResponse:
    """Out of use, or into use again."""
    system, is_active = _system(request, public_id), request.POST.get("active") == "yes"
    telephony.set_active(actor=request.user, system=system, is_active=is_active, at=clock.now())
    said = _("„%(name)s“ ist in Gebrauch.") if is_active else _("„%(name)s“ ist stillgelegt.")
    toasts.show(request, said % {"name": system.name})
    return responses.redirect(request, "telephone-system", system.public_id)


@require_POST
@permitted(MANAGE)
def extension_new(request: Request, public_id: UUID) -> HttpResponse:
    """One more extension."""
    system, form = _system(request, public_id), ExtensionForm(request.POST)
    made = forms.carry_out(
        form,
        lambda data: telephony.add_extension(
            actor=request.user, system=system, at=clock.now(), **data
        ),
    )
    if not made:
        return _show(request, system, form=form, status=422)
    said = _("%(user)s ist jetzt unter %(extension)s erreichbar.")
    toasts.show(request, said % {"user": made.user, "extension": made})
    return responses.redirect(request, "telephone-system", system.public_id)


@require_POST
@permitted(MANAGE)
def extension_away(request: Request, public_id: UUID, extension_id: UUID) -> HttpResponse:
    """Remove an extension."""
    system = _system(request, public_id)
    extension = get_object_or_404(Extension, system=system, public_id=extension_id)
    telephony.remove_extension(actor=request.user, extension=extension, at=clock.now())
    toasts.show(request, _("Die Nebenstelle ist entfernt."))
    return responses.redirect(request, "telephone-system", system.public_id)


@require_POST
@permitted(Permission.CONTACTS_VIEW)
def opening(request: Request) -> HttpResponse:
    """Whether a caller who is certain is opened at once: everybody's own choice."""
    opens = request.POST.get("sofort") == "ja"
    telephony.set_opens_at_once(user=request.user, opens=opens, at=clock.now())
    said = (
        _("Wer sicher erkannt ist, wird jetzt gleich geöffnet.")
        if opens
        else _("Bei jedem Anruf erscheint jetzt erst die Karte.")
    )
    toasts.show(request, said)
    return responses.redirect(request, "call-look-up")


def _system(request: Request, public_id: UUID) -> TelephoneSystem:
    return telephony.system_for(user=request.user, public_id=public_id)


def _show(
    request: Request, system: TelephoneSystem, *, secret: str = "", status: int = 200, **parts: Any
) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('api:cti-events')}/"
    context = {
        "system": system,
        "extensions": system.extensions.select_related("user"),
        "form": ExtensionForm(),
        "secret": secret,
        "address": address,
        "whole_address": f"{address}?token={secret}" if secret else "",
        **parts,
    }
    return responses.render(request, "calls/system.html", context, status=status)
