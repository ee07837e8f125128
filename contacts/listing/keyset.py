"""Paging by position in the order instead of by counting rows: no OFFSET, however far.

A page is read from *segments*: parts of the list one after another, each in index order. Only
a nullable column has two of them, the empty values and the others.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.utils.dateparse import parse_date, parse_datetime

from contacts.listing.sorting import Sorting

_MOST = 2**63


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row's place in the order: its sort value, its key, and how many rows stand before it."""

    value: Any
    pk: int
    before: int

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        text = json.dumps([value, self.pk, self.before], separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def parse(text: str, *, sorting: Sorting) -> Cursor | None:
    """Read a cursor back; None if it is malformed or belongs to another order."""
    try:
        value, pk, before = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(_typed(value, sorting), int(pk), max(int(before), 0))
    except (NotBase64, ValueError, TypeError, OverflowError, RecursionError):
        return None
    return cursor if abs(cursor.pk) < _MOST and cursor.before < _MOST else None


def read(
    records: QuerySet[Any], *, sorting: Sorting, limit: int, start: Cursor | None, backwards: bool
) -> list[Any]:
    """Up to ``limit`` rows behind ``start`` (or from the end of the list), in reading direction."""
    found: list[Any] = []
    for segment in _segments(records, sorting, start, descending=sorting.descending != backwards):
        found += segment[: limit - len(found)]
        if len(found) == limit:
            break
    return found


def ordered(records: QuerySet[Any], *, sorting: Sorting) -> Iterator[QuerySet[Any]]:
    """The whole list as query sets one after another."""
    return _segments(records, sorting, None, descending=sorting.descending)


def cursor_of(row: Any, *, sorting: Sorting, before: int) -> Cursor:
    """The place of a row."""
    return Cursor(getattr(row, sorting.order.column), row.pk, before)


def _segments(
    records: QuerySet[Any], sorting: Sorting, start: Cursor | None, *, descending: bool
) -> Iterator[QuerySet[Any]]:
    column, sign = sorting.order.column, "-" if descending else ""
    in_order = records.order_by(f"{sign}{column}", f"{sign}pk")
    if not sorting.order.nullable:
        yield in_order.filter(_beyond(column, start, descending)) if start else in_order
        return
    filled = in_order.filter(**{f"{column}__isnull": False})
    empty = in_order.filter(**{f"{column}__isnull": True})
    parts = [filled, empty] if descending else [empty, filled]
    if start is None:
        yield from parts
        return
    in_empty = start.value is None
    if in_empty:
        yield empty.filter(**{"pk__lt" if descending else "pk__gt": start.pk})
    else:
        yield filled.filter(_beyond(column, start, descending))
    if in_empty != descending:
        yield parts[1]


def _beyond(column: str, start: Cursor, descending: bool) -> Q:
    """``(column, id) > (value, pk)``: one range of the index."""
    here = _row(F(column), F("pk"))
    there = _row(Value(start.value), Value(start.pk))
    sign = " < " if descending else " > "
    comparison = Func(
        here,
        there,
        template="%(expressions)s",
        arg_joiner=sign,
        output_field=BooleanField(),
    )
    return Q(comparison)


def _row(*parts: Any) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _typed(value: Any, sorting: Sorting) -> Any:
    if value is None and sorting.order.nullable:
        return None
    readers: dict[str, Any] = {
        "sort_key": _text,
        "updated_at": _instant,
        "confirmed_on": parse_date,
        "completeness": _percentage,
    }
    typed = readers[sorting.order.column](value)
    if typed is None:
        raise ValueError(value)
    return typed


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise TypeError(value)
    value.encode()  # half of a surrogate pair is a ValueError
    return value


def _percentage(value: Any) -> int:
    number = int(value)
    return number if 0 <= number <= 100 else 0


def _instant(value: Any) -> datetime | None:
    moment = parse_datetime(value)
    return moment if moment and moment.tzinfo else None
