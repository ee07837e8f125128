"""One page of a list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from contacts.listing import columns, keyset, matching, rows
from contacts.listing.columns import Column
from contacts.listing.counting import Count, count
from contacts.listing.query import ListQuery
from contacts.listing.rows import Row
from contacts.listing.scope import ListName, Scope
from crm.accounts.models import User


@dataclass(frozen=True, slots=True)
class Page:
    """``first`` is the number of the first row, counted from 1; ``previous`` and ``next`` are the
    values of ``before`` and ``after`` for the neighbouring pages, empty where there is none."""

    query: ListQuery
    columns: list[Column]
    rows: list[Row]
    total: Count
    first: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        """The number of the last row; one less than :attr:`first` if the page is empty."""
        return self.first + len(self.rows) - 1


def persons(*, user: User, query: ListQuery, at: datetime) -> Page:
    """The persons that the user may see and the query means; a fixed number of queries."""
    return page(scope=Scope(ListName.PERSONS, user, at), query=query)


def companies(*, user: User, query: ListQuery, at: datetime) -> Page:
    """The companies that the user may see and the query means; a fixed number of queries."""
    return page(scope=Scope(ListName.COMPANIES, user, at), query=query)


def page(*, scope: Scope, query: ListQuery) -> Page:
    """The page that begins ``after`` or ends ``before`` a cursor; the first without one.

    A cursor of another order, or one that nobody can read, leads to the first page.
    """
    found, start, backwards = _read(scope, query)
    more = len(found) > query.limit
    found = found[: query.limit]
    if backwards:
        found.reverse()
    before = _rows_before(start, len(found), backwards=backwards)
    shown = columns.chosen(scope=scope, codes=query.columns)
    has_previous = more if backwards else start is not None
    has_next = start is not None if backwards else more
    return Page(
        query=query,
        columns=shown,
        rows=rows.compose(scope=scope, records=found, needs=columns.needs_of(shown)),
        total=_total(scope, query, before + len(found), is_end=not has_next),
        first=before + 1,
        previous=_cursor(found[:1], query, before) if has_previous else "",
        next=_cursor(found[-1:], query, before + len(found)) if has_next else "",
    )


def _read(scope: Scope, query: ListQuery) -> tuple[list[Any], keyset.Cursor | None, bool]:
    backwards = bool(query.before) and not query.after
    start = keyset.parse(query.before or query.after, sorting=query.sorting)
    backwards = backwards and start is not None
    records = matching.records(scope=scope, query=query)
    found = _rows(records, query, start, backwards=backwards)
    runs_out = len(found) <= query.limit if backwards else not found
    if start and runs_out:
        return _rows(records, query, None), None, False
    return found, start, backwards


def _rows(
    records: QuerySet[Any],
    query: ListQuery,
    start: keyset.Cursor | None,
    *,
    backwards: bool = False,
) -> list[Any]:
    """One row more than fits: it tells that there is a further page."""
    limit = query.limit + 1
    return keyset.read(
        records, sorting=query.sorting, limit=limit, start=start, backwards=backwards
    )


def _rows_before(start: keyset.Cursor | None, length: int, *, backwards: bool) -> int:
    if start is None:
        return 0
    return max(start.before - length, 0) if backwards else start.before


def _cursor(edge: list[Any], query: ListQuery, before: int) -> str:
    if not edge:
        return ""
    return str(keyset.cursor_of(edge[0], sorting=query.sorting, before=before))


def _total(scope: Scope, query: ListQuery, seen: int, *, is_end: bool) -> Count:
    """The end of the list knows its length; elsewhere it has to be counted."""
    return Count(seen) if is_end else count(scope=scope, query=query)
