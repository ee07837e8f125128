"""Locks of long work: whoever works on something holds its lock, and nobody else does.

They are session locks of PostgreSQL: when a worker is killed its connection ends and the lock is
free, so what is under way while its lock is free was interrupted.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_NUMBERS = 0x7FFFFFFF  # the numbers of locks have 31 bits


@contextmanager
def working_on(family: int, number: int) -> Iterator[bool]:
    """Whether this process got the lock; it is released at the end of the block."""
    lock = [family, number & _NUMBERS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        (got_it,) = cursor.fetchone()
    try:
        yield bool(got_it)
    finally:
        if got_it and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)


def is_worked_on(family: int, number: int) -> bool:
    """Whether some process holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND classid = %s AND objid = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [family, number & _NUMBERS],
        )
        return bool(cursor.fetchone()[0])
