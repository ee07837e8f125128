"""What PostgreSQL knows about its tables when it plans.

Autovacuum counts tables once a minute. A first import fills empty ones faster than that, and is
planned for tables of no rows: each row then costs more than the one before.
"""

from typing import Final

from django.db import connection

from contacts.models import (
    Address,
    Company,
    ContactPoint,
    ContactPointHolder,
    Employment,
    ExternalId,
    ImportRow,
    MatchName,
    Person,
)

READ_BY_AN_IMPORT: Final = (
    Address,
    Company,
    ContactPoint,
    ContactPointHolder,
    Employment,
    ExternalId,
    ImportRow,
    MatchName,
    Person,
)
GROWTH: Final = 4
FROM: Final = 1000


class Statistics:
    """Counts the rows of a run, and has the tables counted when there are four times as many as
    PostgreSQL believes, but not for less than :data:`FROM` rows."""

    def __init__(self) -> None:
        self.known, self.added = _rows_known(), 0

    def added_rows(self, count: int) -> None:
        """So many rows were written."""
        self.added += count
        if self.added < max(FROM, (GROWTH - 1) * self.known):
            return
        names = (connection.ops.quote_name(each._meta.db_table) for each in READ_BY_AN_IMPORT)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(names)}")
        self.known, self.added = _rows_known(), 0


def _rows_known() -> int:
    """How many rows PostgreSQL believes that an import reads its own by; -1 means never counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass",
            [connection.ops.quote_name(ImportRow._meta.db_table)],
        )
        (rows,) = cursor.fetchone()
    return max(int(rows), 0)
