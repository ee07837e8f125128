"""The card of a call, the look-up by hand, and dialling."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from consent import channels, gate
from consent.decision.codes import Channel
from contacts import access
from contacts.models import ContactPoint, ContactPointHolder, ContactPointKind, Person
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses
from crm.ui.access import Request, permitted
from history import callers
from history.calls import reading
from history.channels import Direction
from history.models import Extension

CALLED = (ContactPointKind.PHONE, ContactPointKind.MOBILE)
PURPOSES = (
    "sales_call", "appointment_acquisition", "callback_requested", "contract_info",
    "appointment_confirm", "appointment_reminder", "invoice", "satisfaction_survey",
)  # fmt: skip


@never_cache
@require_GET
@permitted(Permission.CONTACTS_VIEW)
def card(request: Request, public_id: UUID) -> HttpResponse:
    """Who calls, for those at whose telephone it rings."""
    call = reading.call_for(user=request.user, public_id=public_id)
    answer = callers.find(user=request.user, number=call.partner or call.other_side)
    context = {
        "call": call,
        "answer": answer,
        "is_from_us": call.direction == Direction.OUTBOUND,
        "taken_by": call.agent if call.agent_id != request.user.pk else None,
        "may_create": _may_create(request),
        "may_book": Permission.HISTORY_RECORD in request.user.access.permissions,
        "opens_at_once": reading.opens_at_once(user=request.user, call=call),
    }
    return responses.render(request, "calls/page.html", context, fragment="card")


@never_cache
@require_GET
@permitted(Permission.CONTACTS_VIEW)
def look_up(request: Request) -> HttpResponse:
    """Who has this number, typed by hand; and the latest calls of the user."""
    number = request.GET.get("nummer", "").strip()[:100]
    answer = callers.find(user=request.user, number=number) if number else None
    latest = reading.latest_of(user=request.user)
    own = Extension.objects.filter(user=request.user)
    context = {
        "number": number,
        "answer": answer,
        "call": None,
        "calls": latest,
        "may_create": _may_create(request),
        "may_book": Permission.HISTORY_RECORD in request.user.access.permissions,
        "extensions": list(own.select_related("system")),
    }
    return responses.render(request, "calls/look_up.html", context)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def dial(request: Request) -> HttpResponseBase:
    """Ask the gate; the number to dial only if it allows the call, else why not."""
    person = access.person_for(user=request.user, public_id=request.POST.get("person", ""))
    point = _point(person, request.POST.get("kontaktweg", ""))
    purpose = request.POST.get("zweck") or PURPOSES[0]
    if purpose not in PURPOSES:
        raise errors.Invalid({"zweck": [_("Diesen Zweck gibt es nicht.")]})
    decision = gate.may_contact(
        person=person, point=point, channel=Channel.PHONE, purpose=purpose, at=clock.now()
    )
    context: dict[str, Any] = {
        "person": person,
        "point": point,
        "decision": decision,
        "purpose": purpose,
        "purpose_word": channels.purpose(purpose),
        "others": [(code, channels.PURPOSES[code]) for code in PURPOSES if code != purpose],
    }
    status = 200 if decision else 422
    return responses.render(request, "calls/dial.html", context, fragment="answer", status=status)


def _may_create(request: Request) -> bool:
    return Permission.CONTACTS_EDIT in request.user.access.permissions


def _point(person: Person, public_id: str) -> ContactPoint:
    held = ContactPointHolder.objects.select_related("contact_point").filter(
        person=person,
        contact_point__public_id=access.parsed(public_id),
        contact_point__kind__in=CALLED,
    )
    holder = held.first()
    if holder is None:
        raise errors.NotFound(public_id=public_id)
    return holder.contact_point
