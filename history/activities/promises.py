"""What was promised and is not kept yet."""

from dataclasses import dataclass
from datetime import datetime

from contacts.listing.counting import Count
from crm.accounts.models import User
from history.activities import due
from history.activities.counting import counts
from history.activities.rows import Row, row
from history.models import Activity, ActivityKind

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Promises:
    """Those due first; ``overdue`` counts the ones whose time has passed."""

    rows: list[Row]
    total: Count
    overdue: Count


def open_ones(*, user: User, at: datetime, limit: int = SHOWN) -> Promises:
    """All open promises that the user may see, whoever made them; two queries."""
    found = Activity.objects.visible_to(user).open().filter(kind=ActivityKind.PROMISE)
    total, overdue = counts(found, found.overdue(at=at, today=due.day_of(at)))
    rows = [row(each, at=at) for each in found.with_subjects(user)[:limit]]
    return Promises(rows, total, overdue)
