"""How many rows a list has, as far as anybody wants to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from contacts.listing import matching
from contacts.listing.query import ListQuery
from contacts.listing.scope import Scope

MOST = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """A number; ``is_capped`` says that there are more than it."""

    value: int
    is_capped: bool = False


def count(*, scope: Scope, query: ListQuery) -> Count:
    """Count up to :data:`MOST`; the rest is not looked at."""
    return counts(wanted=[(scope, query)])[0]


def counts(*, wanted: Sequence[tuple[Scope, ListQuery]]) -> list[Count]:
    """Several counts with one statement."""
    numbers = _numbers(wanted, limit=MOST + 1)
    return [Count(min(number, MOST), is_capped=number > MOST) for number in numbers]


def exact(*, wanted: Sequence[tuple[Scope, ListQuery]]) -> list[int]:
    """Several counts to the end with one statement; slow where there is much to count."""
    return _numbers(wanted, limit=None)


def _numbers(wanted: Sequence[tuple[Scope, ListQuery]], *, limit: int | None) -> list[int]:
    if not wanted:
        return []
    parts: list[str] = []
    values: list[Any] = []
    for scope, query in wanted:
        limited = matching.records(scope=scope, query=query).values("pk")[:limit]
        statement, parameters = limited.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({statement}) AS part)")
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone() or ())
