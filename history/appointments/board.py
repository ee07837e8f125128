"""A week of free slots as a table: times down, days across."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from crm.accounts.models import User
from crm.kernel import working_days
from history.appointments import calendars, slots
from history.appointments.calendars import Calendar, Closed
from history.appointments.slots import Slot
from history.models import Appointment, AppointmentKind


@dataclass(frozen=True, slots=True)
class Day:
    """A column; ``holiday`` is its name if nobody works because of it."""

    day: date
    holiday: str


@dataclass(frozen=True, slots=True)
class Cell:
    """``slot`` of the employee who has least to do that day; ``others`` are free then, too."""

    slot: Slot | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """``rows`` are times with one cell for each day."""

    days: list[Day]
    rows: list[tuple[time, list[Cell]]]

    @property
    def slots(self) -> list[Slot]:
        """What is offered."""
        return [cell.slot for _time, cells in self.rows for cell in cells if cell.slot]


def week(
    *,
    kind: AppointmentKind,
    employees: Sequence[User],
    monday: date,
    at: datetime,
    but: Appointment | None = None,
) -> Board:
    """The week from ``monday`` on: five days, more where somebody works on a weekend; five
    queries."""
    last = monday + timedelta(days=6)
    found = calendars.of(employees, first=monday, last=last, but=but)
    free: dict[tuple[time, date], list[tuple[int, Slot]]] = {}
    for calendar in found:
        for slot in slots.of(calendar, kind, monday, last, at=at):
            begins = timezone.localtime(slot.starts_at)
            place = (begins.time(), begins.date())
            free.setdefault(place, []).append((_busy(calendar, begins.date()), slot))
    span = 7 if any(day.weekday() > 4 for _time, day in free) else 5
    days = [monday + timedelta(days=number) for number in range(span)]
    times = sorted({hour for hour, _day in free})
    return Board(
        days=[Day(day, _holiday(found, day)) for day in days],
        rows=[(hour, [_cell(free.get((hour, day), [])) for day in days]) for hour in times],
    )


def _cell(found: list[tuple[int, Slot]]) -> Cell:
    if not found:
        return Cell()
    _busy_then, slot = min(found, key=lambda each: each[0])
    return Cell(slot, len(found) - 1)


def _busy(calendar: Calendar, day: date) -> int:
    return sum(timezone.localtime(span.begins).date() == day for span in calendar.taken)


def _holiday(found: Sequence[Calendar], day: date) -> str:
    names = {working_days.holiday(day, state=each.week.federal_state) for each in found}
    closed = all(each.closed(day) is Closed.HOLIDAY for each in found)
    return sorted(names)[0] if found and closed else ""
