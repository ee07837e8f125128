"""What every page of a fair does first: fetch it, and say what may be done."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request
from history.fairs import access
from history.models import Event, LeadCapture


def fair(request: Request, public_id: UUID) -> Event:
    """The fair of the address, if the user may see it."""
    return access.event_for(user=request.user, public_id=public_id)


def managed(request: Request, public_id: UUID) -> Event:
    """The fair of the address, for who sets fairs up."""
    found = fair(request, public_id)
    policy.require(request.user, Permission.EVENTS_MANAGE)
    return found


def lead(request: Request, public_id: UUID) -> LeadCapture:
    """The lead of the address, if the user may see its fair."""
    return access.lead_for(user=request.user, public_id=public_id)


def recorded(request: Request, public_id: UUID) -> LeadCapture:
    """The lead of the address, for who records contacts."""
    found = lead(request, public_id)
    policy.require(request.user, Permission.HISTORY_RECORD)
    return found


def posted(request: Request) -> Any:
    """What was sent, None if the form is only asked for."""
    return request.POST if request.method == "POST" else None


def version_of(request: Request) -> int | None:
    """The version that the page showed, if it was sent."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def event_url(event: Event) -> str:
    """The address of the page of a fair."""
    return reverse("event", args=[event.public_id])


def lead_url(found: LeadCapture) -> str:
    """The address of the page of a lead."""
    return reverse("lead", args=[found.public_id])


def page(request: Request, event: Event, tab: str, context: dict[str, Any]) -> HttpResponse:
    """One of the pages of a fair with its head and tabs."""
    tabs = [
        ("leads", _("Leads"), reverse("event", args=[event.public_id])),
        ("zahlen", _("Zahlen"), reverse("event-figures", args=[event.public_id])),
        ("geraete", _("Geräte"), reverse("event-devices", args=[event.public_id])),
    ]
    may_manage = bool(policy.may(request.user, Permission.EVENTS_MANAGE))
    if may_manage:
        tabs.append(("fragen", _("Fragen"), reverse("question-list", args=[event.public_id])))
    shown = {
        "event": event,
        "tabs": [{"label": label, "url": url, "is_on": code == tab} for code, label, url in tabs],
        "may_manage": may_manage,
        **context,
    }
    return responses.render(request, f"fairs/{tab}.html", shown, fragment="list")
