"""The two look-ups that search is made of: an ordered range of an index, and words."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from contacts.searching.scopes import Scope

_AFTER = "\U0010ffff"  # sorts behind every letter
_FOUND_BY_WORDS = 100


class Candidate(NamedTuple):
    """A record that matches; a smaller ``rank`` is a better match.

    ``matched`` is the number or address it was found by, "" if found by its name.
    """

    rank: int
    key: str
    pk: int
    matched: str = ""


Condition = tuple[str, Sequence[Any]]


def starting_with(column: str, start: str) -> Condition:
    """The condition that a column, compared byte by byte, begins like ``start``."""
    return f"{column} >= %s AND {column} < %s", (start, start + _AFTER)


def sounding_like(column: str, code: str) -> Condition:
    """The condition that the first word's code in a column of codes is ``code``."""
    return f"{column} >= %s AND {column} < %s", (code, f"{code}!")  # "!" sorts behind a space


def literal(text: str) -> str:
    """``text`` with the signs of LIKE made harmless."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def first_of_ranges(
    *,
    table: str,
    order: str,
    conditions: Iterable[Condition],
    scope: Scope,
    limit: int,
    rank: int,
) -> list[Candidate]:
    """The first ``limit`` records of each range, all of them in the order of the index.

    One statement: a UNION of one short index scan per range and alternative of the scope.
    """
    selects: list[str] = []
    values: list[Any] = []
    for condition, given in conditions:
        for narrowed, more in scope.conditions:
            selects.append(
                f"(SELECT {order}, id FROM {table} WHERE {condition} AND {narrowed} "
                f"ORDER BY {order}, id LIMIT {limit})"
            )
            values += [*given, *more]
    if not selects:
        return []
    rows = fetch(" UNION ".join(selects), values)
    return sorted(Candidate(rank, key, pk) for key, pk in rows)


def by_words(
    *, table: str, words: str, scope: Scope, rank: int, also: Iterable[Condition] = ()
) -> list[Candidate]:
    """Up to 100 records whose search vector matches the tsquery ``words``, in no order.

    Sorting them in the database would mean to read all of them. ``also``: further conditions.
    The planner must not know of the LIMIT: misjudging it, it would read the table from front to
    back; a materialised CTE is planned for all rows and yet stops at the 100th.
    """
    question = f"({words}) & ({scope.lexemes})" if scope.lexemes else words
    conditions: list[str] = ["search @@ %s::tsquery"]
    values: list[Any] = [question]
    for condition, given in also:
        conditions.append(condition)
        values += given
    rows = fetch(
        f"WITH found AS MATERIALIZED "
        f"(SELECT sort_key, id FROM {table} WHERE {' AND '.join(conditions)}) "
        f"SELECT sort_key, id FROM found LIMIT {_FOUND_BY_WORDS}",
        values,
    )
    return [Candidate(rank, key, pk) for key, pk in rows]


def fetch(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
