"""Free slots: where an appointment of a kind still fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.utils import timezone

from crm.accounts.models import User
from history.appointments import calendars, staff
from history.appointments.calendars import Calendar
from history.appointments.spans import Span
from history.models import Appointment, AppointmentKind

SHORTEST_STEP, LONGEST_STEP = timedelta(minutes=30), timedelta(minutes=60)
FARTHEST: Final = timedelta(days=366)
MOST_DAYS, LOOK_AHEAD = 31, 28


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which ``employee`` is free for an appointment."""

    starts_at: datetime
    ends_at: datetime
    employee: User


def free(
    *,
    kind: AppointmentKind,
    first: date,
    last: date,
    at: datetime,
    employees: Sequence[User] | None = None,
    but: Appointment | None = None,
) -> list[Slot]:
    """All free slots from one day to another that are not over; six queries, of whoever can be
    booked unless ``employees`` are named. ``but`` is an appointment that is to be moved."""
    today = timezone.localtime(at).date()
    first = max(first, today)
    if first > today + FARTHEST:
        return []
    last = min(last, first + timedelta(days=MOST_DAYS - 1))
    people = staff.employees_for(kind) if employees is None else employees
    found = calendars.of(people, first=first, last=last, but=but)
    return [slot for calendar in found for slot in of(calendar, kind, first, last, at=at)]


def of(
    calendar: Calendar, kind: AppointmentKind, first: date, last: date, *, at: datetime
) -> list[Slot]:
    """The slots in one calendar; nothing is read."""
    length, needed = lengths(kind)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        Slot(begins, begins + length, calendar.employee)
        for day in days
        for span in calendar.free(day)
        for begins in _starts(span, calendar.working(day), length=length, needed=needed)
        if at <= begins <= at + FARTHEST
    ]


def next_ones(
    *,
    kind: AppointmentKind,
    around: datetime,
    at: datetime,
    employee: User | None = None,
    but: Appointment | None = None,
    count: int | None = 3,
) -> list[Slot]:
    """The first free slots on the day of ``around`` or later, each time once."""
    first = max(timezone.localtime(around), timezone.localtime(at)).date()
    found = free(
        kind=kind,
        first=first,
        last=first + timedelta(days=LOOK_AHEAD),
        at=at,
        employees=[employee] if employee else None,
        but=but,
    )
    return by_time(found)[:count]


def by_time(found: Iterable[Slot]) -> list[Slot]:
    """Each time once, with the first of the employees that are free then."""
    ordered = sorted(found, key=lambda slot: slot.starts_at)
    return [next(same) for _time, same in groupby(ordered, key=lambda slot: slot.starts_at)]


def spread(found: Sequence[Slot], *, each_day: int) -> list[Slot]:
    """Some of each day, from its first to its last: a choice that fits on a telephone."""
    chosen: list[Slot] = []
    for _day, same in groupby(found, key=lambda slot: timezone.localtime(slot.starts_at).date()):
        day = list(same)
        count = min(each_day, len(day))
        last = max(count - 1, 1)
        chosen += [day[number * (len(day) - 1) // last] for number in range(count)]
    return chosen


def lengths(kind: AppointmentKind) -> tuple[timedelta, timedelta]:
    """How long it lasts, and how long the employee is not free."""
    length = timedelta(minutes=kind.length_minutes)
    return length, length + timedelta(minutes=kind.pause_minutes)


def _starts(
    span: Span, working: Sequence[Span], *, length: timedelta, needed: timedelta
) -> Iterable[datetime]:
    """On the grid of the working time that the span is a part of. The pause behind an appointment
    may reach beyond the end of work, not into another appointment."""
    shift = next(each for each in working if each.holds(span))
    step = min(max(length, SHORTEST_STEP), LONGEST_STEP)
    begins = shift.begins
    while begins + length <= span.ends:
        fits = begins + needed <= span.ends or span.ends == shift.ends
        if begins >= span.begins and fits:
            yield begins
        begins += step
