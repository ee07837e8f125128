"""With what is captured at a fair; a device that got lost is ended here."""

from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked
from history.fairs import devices


@require_http_methods(["GET", "POST"])
@permitted(Permission.HISTORY_VIEW)
def event_devices(request: Request, public_id: UUID) -> HttpResponse:
    """The devices of a fair; ``geraet`` names the one that is ended."""
    found, at = asked.fair(request, public_id), clock.now()
    if request.method == "POST":
        device = devices.owned_device(user=request.user, public_id=request.POST.get("geraet", ""))
        devices.revoke(actor=request.user, device=device, at=at)
        toasts.show(request, _("%(device)s kann nichts mehr senden.") % {"device": device})
        return responses.redirect(request, "event-devices", found.public_id)
    rows = found.devices.select_related("user").annotate(count=Count("leads"))
    may_manage = policy.may(request.user, Permission.EVENTS_MANAGE)
    lines = [
        {
            "device": each,
            "refusal": devices.refusal(each, at=at),
            "may_end": each.revoked_at is None and (may_manage or each.user == request.user),
        }
        for each in rows.order_by("-pk")
    ]
    return asked.page(request, found, "geraete", {"lines": lines})
