"""``/mein-termin/…/``: the person moves or cancels, with the signed link and without a log-in.

GET shows and changes nothing: mail scanners open every link.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consent import controllers
from crm.kernel import clock, errors
from crm.ui.screens.optin import public
from history.appointments import changing, links, slots, wording
from history.models import Appointment

OFFERED, EACH_DAY = 15, 3


@public.page
def appointment(request: HttpRequest, signed: str) -> HttpResponse:
    """What is agreed, when else it would be possible, and the way out of it."""
    found = links.read(signed)
    if request.method != "POST":
        return _show(request, found)
    try:
        done = _act(request, found)
    except errors.DomainError as refusal:
        return _show(request, links.read(signed), problem=refusal.message, status=422)
    return _show(request, links.read(signed), done=done)


def _act(request: HttpRequest, found: Appointment) -> str:
    now = clock.now()
    if "absagen" in request.POST:
        changing.cancel(actor=None, appointment=found, at=now)
        return "appointment_cancelled"
    changing.move(actor=None, appointment=found, starts_at=_wanted(request), at=now)
    return "appointment_moved"


def _wanted(request: HttpRequest) -> Any:
    try:
        moment = parse_datetime(request.POST.get("zeit", ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise errors.Invalid({"zeit": [_("Bitte wählen Sie eine Zeit.")]})
    return moment


def _show(
    request: HttpRequest,
    found: Appointment,
    *,
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    is_open = found.is_booked and found.starts_at > now
    free = _free(found, now) if is_open else []
    context = {
        "appointment": found,
        "when": f"{wording.day(found, with_weekday=True)}, {wording.hours(found)}",
        "is_open": is_open,
        "free": [
            (slot.starts_at.isoformat(), wording.day(slot, with_weekday=True), wording.hours(slot))
            for slot in free
        ],
        "done": done,
        "problem": problem,
    }
    return public.render(
        request,
        "appointments/public.html",
        context,
        controller=controllers.default(),
        status=status,
    )


def _free(found: Appointment, now: datetime) -> list[slots.Slot]:
    """Some times of the next days at the same employee."""
    every = slots.next_ones(
        kind=found.kind, around=now, at=now, employee=found.employee, but=found, count=None
    )
    others = [slot for slot in every if slot.starts_at != found.starts_at]
    return slots.spread(others, each_day=EACH_DAY)[:OFFERED]
