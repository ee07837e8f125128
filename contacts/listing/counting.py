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
    if not wanted:
        return []
    parts: list[str] = []
    values: list[Any] = []
    for scope, query in wanted:
        limited = matching.records(scope=scope, query=query).values("pk")[: MOST + 1]
        statement, parameters = limited.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({statement}) AS part)")
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        numbers = cursor.fetchone() or ()
    return [Count(min(number, MOST), is_capped=number > MOST) for number in numbers]
