"""Look-ups: short index scans and word queries, many of them sent as one statement.

The time of a search is mostly the number of round trips, so a stage of the search collects its
look-ups and sends them together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from contacts.searching.scopes import Scope

_AFTER = "\U0010ffff"  # sorts behind every letter
_FOUND_BY_WORDS = 100

Condition = tuple[str, Sequence[Any]]


class Candidate(NamedTuple):
    """A record that matches. ``matched`` is the number or address it was found by, or ""."""

    key: str
    pk: int
    matched: str = ""


@dataclass(frozen=True, slots=True)
class LookUp:
    """A SELECT of key, id and matched text, under a name that tells who asked for it."""

    name: str
    statement: str
    values: Sequence[Any]


def run(look_ups: Iterable[LookUp | None]) -> dict[str, list[Candidate]]:
    """Send all look-ups as one statement; candidates by the name of the look-up, by key.

    A name without candidates has an empty list. Look-ups that are None are left out.
    """
    asked = [look_up for look_up in look_ups if look_up]
    found: defaultdict[str, list[Candidate]] = defaultdict(list)
    if not asked:
        return found
    statement = " UNION ALL ".join(
        f"SELECT %s::text, part{at}.* FROM ({look_up.statement}) AS part{at}(key, id, matched)"
        for at, look_up in enumerate(asked)
    )
    values = [value for look_up in asked for value in (look_up.name, *look_up.values)]
    for name, key, pk, matched in fetch(statement, values):
        found[name].append(Candidate(key, pk, matched))
    for candidates in found.values():
        candidates.sort()
    return found


def starting_with(column: str, start: str) -> Condition:
    """The condition that a column, compared byte by byte, begins like ``start``."""
    return f"{column} >= %s AND {column} < %s", (start, start + _AFTER)


def sounding_like(column: str, code: str) -> Condition:
    """The condition that the first word's code in a column of codes is ``code``."""
    return f"{column} >= %s AND {column} < %s", (code, f"{code}!")  # "!" sorts behind a space


def literal(text: str) -> str:
    """``text`` with the signs of LIKE made harmless."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def by_ranges(
    name: str, *, table: str, order: str, conditions: Iterable[Condition], scope: Scope, limit: int
) -> LookUp | None:
    """The first ``limit`` records of each range, read in the order of the index.

    One short index scan per range and alternative of the scope; None without ranges.
    """
    selects: list[str] = []
    values: list[Any] = []
    for condition, given in conditions:
        for narrowed, more in scope.conditions:
            selects.append(
                f"(SELECT {order}, id, '' FROM {table} WHERE {condition} AND {narrowed} "
                f"ORDER BY {order}, id LIMIT {limit})"
            )
            values += [*given, *more]
    return LookUp(name, " UNION ".join(selects), values) if selects else None


def by_words(
    name: str, *, table: str, words: str, scope: Scope, also: Iterable[Condition] = ()
) -> LookUp:
    """Up to 100 records whose search vector matches the tsquery ``words``, in no order.

    Sorting them in the database would mean to read all of them. ``also``: further conditions.
    The planner must not know of the LIMIT: misjudging it, it would read the table from front to
    back; a materialised CTE is planned for all rows and yet stops at the 100th.
    """
    question = f"({words}) & ({scope.lexemes})" if scope.lexemes else words
    conditions, values = ["search @@ %s::tsquery"], [question]
    for condition, given in also:
        conditions.append(condition)
        values += given
    statement = (
        "WITH found AS MATERIALIZED "
        f"(SELECT sort_key, id, '' FROM {table} WHERE {' AND '.join(conditions)}) "
        f"SELECT * FROM found LIMIT {_FOUND_BY_WORDS}"
    )
    return LookUp(name, statement, values)


def fetch(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
