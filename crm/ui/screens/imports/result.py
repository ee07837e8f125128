"""What became of the rows of a run, outcome by outcome, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.importing import settings
from contacts.models import Company, ImportOutcome, ImportRow, ImportRun, Person
from crm.accounts.models import User

PAGE = 50
MOST_COLUMNS = 12
MARKED = "marked"
LEFT = "left"
CHANGED_SINCE = "changed-since"


@dataclass(frozen=True, slots=True)
class Tab:
    """One outcome with its number of rows."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``record`` is None if nothing came of it or the user may not see it."""

    row: ImportRow
    record: Person | Company | None = None
    suspects: list[Person] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The page of the record; empty without one."""
        if self.record is None:
            return ""
        name = "person-detail" if isinstance(self.record, Person) else "company-detail"
        return reverse(name, args=[self.record.public_id])

    @property
    def cells(self) -> str:
        """What stood in the row of a rejected record."""
        return " · ".join(cell for cell in self.row.raw or () if cell.strip())


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order of the file, and the cursors of the pages around them."""

    lines: list[Line]
    previous: str | None = None
    next: str | None = None


def tabs(run: ImportRun) -> list[Tab]:
    """All outcomes; after a revert first what had to stay."""
    left = settings.of(run).revert.get("left", 0)
    return [
        *([Tab(LEFT, _("Geblieben"), left)] if left else []),
        Tab("created", _("Neu angelegt"), run.created_count),
        Tab("updated", _("Ergänzt"), run.updated_count),
        Tab("unchanged", _("Unverändert"), run.unchanged_count),
        Tab("rejected", _("Zurückgewiesen"), run.rejected_count),
        Tab(MARKED, _("Zur Dublettenprüfung"), run.marked_count),
    ]


def first_tab(run: ImportRun) -> str:
    """What is most worth seeing: what stayed, rejected rows, else the first that occurred."""
    found = [tab.code for tab in tabs(run) if tab.count]
    return next((code for code in (LEFT, "rejected", *found) if code in found), "created")


def columns(run: ImportRun) -> list[tuple[str, int]]:
    """The columns because of which rows were rejected, with their number (one query)."""
    rejected = run.rows.filter(outcome=ImportOutcome.REJECTED).order_by()
    counted = rejected.values_list("column").annotate(n=Count("pk")).order_by("-n", "column")
    return list(counted[:MOST_COLUMNS])


def page(
    run: ImportRun, *, tab: str, column: str | None = None, after: str, before: str, user: User
) -> Page:
    """One page of a tab, or of its rows rejected for one column.

    ``after`` and ``before`` are row numbers (four queries).
    """
    rows = _of(run, tab)
    if column is not None:
        rows = rows.filter(column=column)
    if _is_number(before):
        earlier = rows.filter(number__lt=int(before)).order_by("-number")
        found = list(earlier[: PAGE + 1])
        shown = found[:PAGE][::-1]
        more_before, more_after = len(found) > PAGE, True
    else:
        start = int(after) if _is_number(after) else 0
        found = list(rows.filter(number__gt=start).order_by("number")[: PAGE + 1])
        shown = found[:PAGE]
        more_before, more_after = start > 0, len(found) > PAGE
    if not shown:
        return Page([])
    return Page(
        _lines(shown, user),
        str(shown[0].number) if more_before else None,
        str(shown[-1].number) if more_after else None,
    )


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _of(run: ImportRun, tab: str) -> QuerySet[ImportRow]:
    if tab == MARKED:
        return run.rows.exclude(suspect_ids=[])
    if tab == LEFT:
        return run.rows.filter(reason_code=CHANGED_SINCE)
    known = {outcome.value.lower(): outcome for outcome in ImportOutcome}
    return run.rows.filter(outcome=known.get(tab, ImportOutcome.CREATED))


def _lines(rows: Iterable[ImportRow], user: User) -> list[Line]:
    rows = list(rows)
    suspects = {pk for row in rows for pk in row.suspect_ids}
    persons = Person.objects.visible_to(user).in_bulk(
        suspects | {row.person_id for row in rows if row.person_id}
    )
    companies = Company.objects.visible_to(user).in_bulk(
        {row.company_id for row in rows if row.company_id}
    )
    return [
        Line(
            row,
            persons.get(row.person_id) if row.person_id else companies.get(row.company_id or 0),
            [persons[pk] for pk in row.suspect_ids if pk in persons],
        )
        for row in rows
    ]
