"""My day: what is overdue, what comes at which hour, what at any hour, and what this week."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contacts.listing.counting import Count
from crm.accounts.models import User
from history.activities import due
from history.activities.counting import counts
from history.activities.rows import Row, row
from history.models import Activity, ActivityKind

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Day:
    """``earlier`` are those of earlier days, the oldest first; ``timed`` and ``untimed`` are of
    today. ``overdue`` counts what should have been done, ``week`` what is open until Sunday,
    ``promises`` the open promises of all days.
    """

    earlier: list[Row]
    timed: list[Row]
    untimed: list[Row]
    overdue: Count
    week: Count
    promises: Count

    @property
    def rows(self) -> list[Row]:
        """Everything in the order in which it is shown."""
        return [*self.earlier, *self.timed, *self.untimed]

    @property
    def appointments(self) -> list[Row]:
        """The appointments of today."""
        return [each for each in self.timed if each.activity.starts_at]


def of(*, user: User, at: datetime) -> Day:
    """The day of ``user``; two queries, the first :data:`SHOWN` things."""
    today = due.day_of(at)
    mine = Activity.objects.visible_to(user).open().filter(assignee=user)
    until_tonight = mine.filter(due_at__lt=today + timedelta(days=1)).with_subjects(user)
    rows = [row(each, at=at) for each in until_tonight[:SHOWN]]
    now = [each for each in rows if each.activity.due_at >= today]
    overdue, week, promises = counts(
        mine.overdue(at=at, today=today),
        mine.filter(due_at__lt=end_of_week(at)),
        mine.filter(kind=ActivityKind.PROMISE),
    )
    return Day(
        earlier=[each for each in rows if each.activity.due_at < today],
        timed=[each for each in now if each.activity.has_time],
        untimed=[each for each in now if not each.activity.has_time],
        overdue=overdue,
        week=week,
        promises=promises,
    )


def end_of_week(at: datetime) -> datetime:
    """The beginning of the next Monday."""
    today = due.day_of(at)
    return today + timedelta(days=7 - today.weekday())
