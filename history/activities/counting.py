"""Several capped counts with one query."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from contacts.listing.counting import MOST, Count


def counts(*wanted: "QuerySet[Any]") -> list[Count]:
    """How many rows each has, up to :data:`contacts.listing.counting.MOST`."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in wanted:
        limited = rows.order_by().values("pk")[: MOST + 1]
        statement, parameters = limited.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({statement}) AS part)")
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        numbers = cursor.fetchone() or ()
    return [Count(min(number, MOST), is_capped=number > MOST) for number in numbers]
