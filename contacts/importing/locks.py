"""The one lock of an import: whoever works on a run holds it, and nobody else does.

It is a session lock of PostgreSQL: when a worker is killed its connection ends and the lock is
free. A run that is under way while its lock is free was therefore interrupted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_RUNS: Final = 0x494D51  # the class of these locks; the run's number is the object


@contextmanager
def working_on(run_id: int) -> Iterator[bool]:
    """Whether this process got the lock; it is released at the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_RUNS, run_id])
        (got_it,) = cursor.fetchone()
    try:
        yield bool(got_it)
    finally:
        if got_it and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_RUNS, run_id])


def is_worked_on(run_id: int) -> bool:
    """Whether some process holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND classid = %s AND objid = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [_RUNS, run_id],
        )
        return bool(cursor.fetchone()[0])
