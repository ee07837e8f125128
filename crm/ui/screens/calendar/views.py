"""``/kalender/``: a week with its hours, or a month of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import formats, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.activities import lines
from crm.ui.screens.activities.lines import Line
from history.activities import calendar as reading

LONGEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One day in the table; ``more`` are those that do not fit into a month."""

    day: date
    lines: list[Line]
    more: int
    is_today: bool
    is_outside: bool
    is_weekend: bool


@require_GET
@permitted(Permission.HISTORY_VIEW)
def calendar(request: Request) -> HttpResponse:
    """The page, or for HTMX the table."""
    view: Literal["week", "month"] = "month" if request.GET.get("ansicht") == "monat" else "week"
    whose = "team" if request.GET.get("wer") == "team" else "mine"
    now, today = clock.now(), clock.today()
    day = _day(request.GET.get("tag", "")) or today
    first, last = reading.span(view=view, day=day)
    days = reading.between(user=request.user, first=first, last=last, at=now, whose=whose)
    cells = [
        _cell(each, lines.lines(each.rows, at=now), view=view, day=day, today=today)
        for each in days
    ]
    context = {
        "title": _title(view, first, last, day),
        "weeks": [cells[place : place + 7] for place in range(0, len(cells), 7)],
        "view": view,
        "whose": whose,
        "day": day,
        "previous": _link(view, whose, _moved(view, day, -1)),
        "following": _link(view, whose, _moved(view, day, 1)),
        "to_today": _link(view, whose, today),
        "to_week": _link("week", whose, day),
        "to_month": _link("month", whose, day),
        "to_mine": _link(view, "mine", day),
        "to_team": _link(view, "team", day),
        "may_record": bool(policy.may(request.user, Permission.HISTORY_RECORD)),
        "here": request.get_full_path(),
    }
    return responses.render(request, "calendar/calendar.html", context, fragment="table")


def _cell(
    each: reading.CalendarDay, found: list[Line], *, view: str, day: date, today: date
) -> Cell:
    shown = found if view == "week" or len(found) <= LONGEST else found[: LONGEST - 1]
    return Cell(
        day=each.day,
        lines=shown,
        more=len(found) - len(shown),
        is_today=each.day == today,
        is_outside=view == "month" and each.day.month != day.month,
        is_weekend=each.day.weekday() >= 5,
    )


def _title(view: str, first: date, last: date, day: date) -> str:
    if view == "month":
        return date_format(day, "F Y")
    number = first.isocalendar().week
    span = {"number": number, "first": formats.day(first), "last": formats.day(last)}
    return _("Woche %(number)s, %(first)s bis %(last)s") % span


def _moved(view: str, day: date, step: int) -> date:
    if view == "week":
        return day + timedelta(weeks=step)
    first = day.replace(day=1)
    return (first + timedelta(days=31 if step > 0 else -1)).replace(day=1)


def _link(view: str, whose: str, day: date) -> str:
    values = {"tag": day.isoformat()}
    if view == "month":
        values["ansicht"] = "monat"
    if whose == "team":
        values["wer"] = "team"
    return f"?{urlencode(values)}"


def _day(text: str) -> date | None:
    """A day of this and the neighbouring centuries: a week more or less stays a day."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None
