"""The list of activities: whose, in which state, of what kind, when; paged by due date."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.db.models import BooleanField, F, Func, Value
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from contacts.listing.counting import Count
from crm.accounts.models import User
from history.activities import due
from history.activities.counting import counts
from history.activities.rows import Row, row
from history.models import Activity, ActivityState
from history.models.activity import ActivityQuerySet

Whose = Literal["mine", "team", "unassigned", "all"]
State = Literal["open", "overdue", "done", "cancelled", "all"]
PAGE_SIZE = 50
_MOST = 2**63


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. ``team`` are the teams of the user; ``about`` holds records by field
    (``{"person": person}``); ``since`` and ``until`` are days, both included."""

    whose: Whose = "mine"
    state: State = "open"
    kind: str = ""
    assignee: User | None = None
    since: date | None = None
    until: date | None = None
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """``previous`` and ``next`` are cursors, empty where the list ends."""

    rows: list[Row]
    total: Count
    previous: str
    next: str


def page(
    *,
    user: User,
    filters: Filters,
    at: datetime,
    after: str = "",
    before: str = "",
    limit: int = PAGE_SIZE,
) -> Page:
    """The page behind or before a cursor, the first without one; two queries.

    What is open comes in the order in which it is due, everything else the latest first. A
    cursor that nobody can read leads to the first page.
    """
    records = matching(user=user, filters=filters, at=at)
    cursor = _parsed(before or after)
    backwards = bool(before and not after and cursor)
    descending = (filters.state not in ("open", "overdue")) != backwards
    sign = "-" if descending else ""
    found = records.order_by(f"{sign}due_at", f"{sign}pk").with_subjects(user)
    if cursor:
        found = found.filter(_beyond(*cursor, descending=descending))
    rows = list(found[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        rows.reverse()
    has_next = bool(cursor) if backwards else more
    has_previous = more if backwards else bool(cursor)
    return Page(
        rows=[row(each, at=at) for each in rows],
        total=counts(records)[0],
        previous=_cursor(rows[0]) if rows and has_previous else "",
        next=_cursor(rows[-1]) if rows and has_next else "",
    )


def matching(*, user: User, filters: Filters, at: datetime) -> ActivityQuerySet:
    """All activities that the user may see and the filters mean."""
    rows = Activity.objects.visible_to(user).filter(**filters.about)
    rows = _of_whom(rows, user, filters)
    if filters.state == "overdue":
        rows = rows.overdue(at=at, today=due.day_of(at))
    elif filters.state != "all":
        rows = rows.filter(state=ActivityState[filters.state.upper()])
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.since:
        rows = rows.filter(due_at__gte=_begin(filters.since))
    if filters.until:
        rows = rows.filter(due_at__lt=_begin(filters.until) + timedelta(days=1))
    return rows


def _of_whom(rows: ActivityQuerySet, user: User, filters: Filters) -> ActivityQuerySet:
    if filters.assignee:
        return rows.filter(assignee=filters.assignee)
    if filters.whose == "mine":
        return rows.filter(assignee=user)
    if filters.whose == "team":
        return rows.filter(team__in=user.access.team_ids)
    return rows.filter(assignee=None) if filters.whose == "unassigned" else rows


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _beyond(moment: datetime, pk: int, *, descending: bool) -> Any:
    """``(due_at, id) > (moment, pk)``: one range of the index."""
    here, there = _pair(F("due_at"), F("pk")), _pair(Value(moment), Value(pk))
    sign = " < " if descending else " > "
    return Func(
        here, there, template="%(expressions)s", arg_joiner=sign, output_field=BooleanField()
    )


def _pair(*parts: Any) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _cursor(activity: Activity) -> str:
    text = f"{activity.due_at.isoformat()}|{activity.pk}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parsed(text: str) -> tuple[datetime, int] | None:
    try:
        moment, _sign, pk = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition("|")
        found, number = parse_datetime(moment), int(pk[:20])
    except ValueError:
        return None
    if found is None or found.tzinfo is None or not 0 < number < _MOST:
        return None
    return found, number
