"""Whoever works on a shard holds its lock: a session lock, free again when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_SHARDS: Final = 0x4D4154  # the class of these locks; the shard's number is the object


@contextmanager
def working_on(shard_id: int) -> Iterator[bool]:
    """Whether this process got the lock; it is released at the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_SHARDS, shard_id & 0x7FFFFFFF])
        (got_it,) = cursor.fetchone()
    try:
        yield bool(got_it)
    finally:
        if got_it and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(%s, %s)", [_SHARDS, shard_id & 0x7FFFFFFF]
                )
