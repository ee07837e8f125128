"""What of the contacts wants attention today: records in need of care, deadlines of sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from contacts import deadlines
from contacts.listing import ListName, Page, Scope, page
from contacts.listing import query as queries
from contacts.listing.counting import Count, counts
from contacts.listing.quality import INCOMPLETE_BELOW
from contacts.listing.rows import Row
from contacts.models import Source
from crm.accounts.models import User

COLUMNS = "name,company"
OWN = "owner=me"


class Reason(StrEnum):
    """Why a record wants care, the most pressing first."""

    DUPLICATE = "duplicate"
    INCOMPLETE = "incomplete"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Need:
    """How many records want care for one reason; ``query`` opens their list."""

    reason: Reason
    total: Count
    query: str


@dataclass(frozen=True, slots=True)
class Task:
    """One record with the reason why it is shown."""

    row: Row
    reason: Reason


@dataclass(frozen=True, slots=True)
class Care:
    """``is_own`` says that it is about the user's own records; who has none sees all visible
    ones. ``changed`` are the records that changed last."""

    is_own: bool
    tasks: list[Task]
    needs: list[Need]
    changed: list[Row]

    def total_of(self, reason: Reason) -> Count:
        """How many records want care for this reason."""
        return next(need.total for need in self.needs if need.reason is reason)


_NEEDS = {
    Reason.DUPLICATE: ("duplicate_check=yes", "", 2),
    Reason.INCOMPLETE: (f"completeness_below={INCOMPLETE_BELOW}", "completeness", 2),
    Reason.UNCONFIRMED: ("unconfirmed=2", "confirmed", 4),
}


def care(*, user: User, at: datetime, changed: int = 6) -> Care:
    """What persons the user should look after today; a fixed number of queries."""
    own = _page(user, at, f"{OWN}&sort=-changed", changed)
    is_own = bool(own.rows)
    whose = OWN if is_own else ""
    pages = {
        reason: _page(user, at, _joined(whose, condition, f"sort={sort}" if sort else ""), limit)
        for reason, (condition, sort, limit) in _NEEDS.items()
    }
    latest = own if is_own else _page(user, at, "sort=-changed", changed)
    return Care(
        is_own=is_own,
        tasks=list(_tasks(pages)),
        needs=[Need(reason, p.total, _address(p)) for reason, p in pages.items()],
        changed=latest.rows,
    )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A source whose use ends soon or has ended, with the persons that have data of it.

    ``days`` are left until the last day; negative ones have passed since.
    """

    source: Source
    days: int
    persons: Count
    query: str


def deadlines_of(*, user: User, at: datetime) -> list[Deadline]:
    """Near and passed ends of use of the data that the user sees, the earliest first."""
    scope = Scope(ListName.PERSONS, user, at)
    limited = Source.objects.filter(
        use_until__isnull=False, use_until__lte=deadlines.near_until(scope.today)
    )
    sources = list(limited.order_by("use_until", "name"))
    wanted = [_with_data_of(source, scope) for source in sources]
    totals = counts(wanted=[(scope, query) for query in wanted])
    return [
        Deadline(source, _days(source.use_until, scope.today), total, query.encode())
        for source, query, total in zip(sources, wanted, totals, strict=True)
        if total.value
    ]


def _with_data_of(source: Source, scope: Scope) -> queries.ListQuery:
    text = f"data_source={source.public_id}"
    return queries.parse_string(scope=scope, text=text)


def _days(last_day: date | None, today: date) -> int:
    return (last_day - today).days if last_day else 0


def _tasks(pages: dict[Reason, Page]) -> Iterator[Task]:
    """Every record once, for its most pressing reason."""
    seen: set[int] = set()
    for reason, found in pages.items():
        for row in found.rows:
            if row.record.pk not in seen:
                seen.add(row.record.pk)
                yield Task(row, reason)


def _page(user: User, at: datetime, text: str, limit: int) -> Page:
    scope = Scope(ListName.PERSONS, user, at)
    text = _joined(text, f"columns={COLUMNS}")
    return page(scope=scope, query=queries.parse_string(scope=scope, text=text, limit=limit))


def _address(found: Page) -> str:
    """The query string of the list in its usual columns."""
    return "&".join(p for p in found.query.encode().split("&") if not p.startswith("columns="))


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)
