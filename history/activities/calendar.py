"""What stands in a calendar between two days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import User
from history.activities.due import local
from history.activities.rows import Row, row
from history.models import Activity, ActivityState

MOST = 500
View = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: first what has no hour, then by the hour."""

    day: date
    rows: list[Row]


def between(
    *, user: User, first: date, last: date, at: datetime, whose: str = "mine"
) -> list[CalendarDay]:
    """The days from ``first`` to ``last`` with what is not cancelled; one query.

    ``whose`` is ``mine`` or ``team``. An appointment over several days stands on each of them.
    """
    begin, end = _begin(first), _begin(last + timedelta(days=1))
    rows = Activity.objects.visible_to(user).exclude(state=ActivityState.CANCELLED)
    if whose == "team":
        rows = rows.filter(team__in=user.access.team_ids)
    else:
        rows = rows.filter(assignee=user)
    inside = Q(due_at__gte=begin, due_at__lt=end) | Q(starts_at__lt=begin, ends_at__gt=begin)
    found = [row(each, at=at) for each in rows.filter(inside).with_subjects(user)[:MOST]]
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [CalendarDay(day, [each for each in found if _is_on(each, day)]) for day in days]


def span(*, view: View, day: date) -> tuple[date, date]:
    """First and last day of the week of ``day``, or of the whole weeks around its month."""
    monday = day - timedelta(days=day.weekday())
    if view == "week":
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _is_on(each: Row, day: date) -> bool:
    begins = local(each.activity.due_at).date()
    ends = each.activity.ends_at
    if ends is None:
        return begins == day
    return begins <= day <= max(begins, local(ends - timedelta(microseconds=1)).date())


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
