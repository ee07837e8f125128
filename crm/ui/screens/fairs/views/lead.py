"""The page of a lead, and the way to the next one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked, shown
from history.fairs import listing
from history.models import LeadCapture

PAGE = "fairs/lead.html"


@require_GET
@permitted(Permission.HISTORY_VIEW)
def lead_page(request: Request, public_id: UUID) -> HttpResponse:
    """The slip as it was captured, who it may be, and what to do with it."""
    return responses.render(request, PAGE, context_of(request, asked.lead(request, public_id)))


@require_GET
@permitted(Permission.HISTORY_VIEW)
def lead_next(request: Request, public_id: UUID) -> HttpResponse:
    """To the next open lead of the fair; to the list if there is none."""
    return onward(request, asked.lead(request, public_id))


def onward(request: Request, lead: LeadCapture) -> HttpResponse:
    """To the next open lead, else back to the list."""
    following = listing.next_open(lead=lead, at=clock.now())
    if following is None:
        toasts.show(request, _("Alle anderen Leads dieser Messe sind entschieden."), kind="")
        return responses.redirect(request, asked.event_url(lead.event))
    return responses.redirect(request, asked.lead_url(following))


def context_of(request: Request, lead: LeadCapture) -> dict[str, Any]:
    """What the page needs."""
    return {
        "lead": lead,
        "event": lead.event,
        "shown": shown.of(lead, user=request.user, at=clock.now()),
        "by": shown.recorded_by(lead),
    }
