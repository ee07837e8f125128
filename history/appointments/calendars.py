"""The calendar of an employee: when they work, when they are away, what is agreed already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import User
from crm.kernel import working_days
from history.appointments import weeks
from history.appointments.spans import Span, without
from history.appointments.weeks import Week
from history.models import (
    Absence,
    Activity,
    ActivityKind,
    ActivityState,
    Appointment,
    AppointmentState,
)


class Closed(StrEnum):
    """Why nothing can be agreed for a day."""

    HOLIDAY = "holiday"
    ABSENT = "absent"
    NO_WORKDAY = "no-workday"


@dataclass(frozen=True, slots=True)
class Calendar:
    """``absences`` are first and last days, ``taken`` what an employee does at which time."""

    employee: User
    week: Week = field(default_factory=Week)
    absences: Sequence[tuple[date, date]] = ()
    taken: Sequence[Span] = ()

    def closed(self, day: date) -> Closed | None:
        """Why the employee does not work on a day; None if they do."""
        if working_days.holiday(day, state=self.week.federal_state):
            return Closed.HOLIDAY
        if any(first <= day <= last for first, last in self.absences):
            return Closed.ABSENT
        return None if self.week.hours.get(day.weekday()) else Closed.NO_WORKDAY

    def working(self, day: date) -> list[Span]:
        """When the employee works on a day, whatever is agreed."""
        if self.closed(day):
            return []
        times = self.week.hours[day.weekday()]
        return [Span(moment(day, begins), moment(day, ends)) for begins, ends in times]

    def free(self, day: date) -> list[Span]:
        """When the employee works on a day and nothing is agreed."""
        return without(self.working(day), self.taken)


def of(
    employees: Sequence[User], *, first: date, last: date, but: Appointment | None = None
) -> list[Calendar]:
    """The calendars from one day to another, without an appointment that is to be moved; five
    queries."""
    numbers = [each.pk for each in employees]
    begin, end = moment(first, time()), moment(last + timedelta(days=1), time())
    found = weeks.of(employees)
    away: dict[int, list[tuple[date, date]]] = {}
    for user_id, *days in Absence.objects.filter(
        user__in=numbers, last_on__gte=first, first_on__lte=last
    ).values_list("user", "first_on", "last_on"):
        away.setdefault(user_id, []).append((days[0], days[1]))
    taken: dict[int, list[Span]] = {}
    for user_id, begins, ends in (
        *_agreed(numbers, begin, end, but),
        *_entered(numbers, begin, end),
    ):
        taken.setdefault(user_id, []).append(Span(begins, ends))
    return [
        Calendar(
            each, found.get(each.pk, Week()), away.get(each.pk, ()), sorted(taken.get(each.pk, ()))
        )
        for each in employees
    ]


def moment(day: date, hour: time) -> datetime:
    """The instant on the local clock."""
    return datetime.combine(day, hour, timezone.get_current_timezone())


def _agreed(
    numbers: Sequence[int], begin: datetime, end: datetime, but: Appointment | None
) -> list[tuple[int, datetime, datetime]]:
    rows = Appointment.objects.filter(
        employee__in=numbers,
        state=AppointmentState.BOOKED,
        starts_at__lt=end,
        blocked_until__gt=begin,
    )
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return list(rows.order_by().values_list("employee", "starts_at", "blocked_until"))


def _entered(
    numbers: Sequence[int], begin: datetime, end: datetime
) -> list[tuple[int, datetime, datetime]]:
    """What employees entered into their calendars themselves."""
    rows = Activity.objects.filter(
        ~Q(appointment__state=AppointmentState.BOOKED) | Q(appointment__isnull=True),
        assignee__in=numbers,
        kind=ActivityKind.APPOINTMENT,
        state=ActivityState.OPEN,
        starts_at__lt=end,
        ends_at__gt=begin,
    )
    found: Any = rows.order_by().values_list("assignee", "starts_at", "ends_at")
    return list(found)
