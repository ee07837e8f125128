"""Results of shards, some megabytes each: sent and fetched as they are, in binary."""

from typing import Any

import psycopg
from django.db import connection

from contacts.models import MatchingRun, MatchingShard

_TABLE = MatchingShard._meta.db_table


def conclude(shard_id: int, result: bytes, *, seconds: float) -> bool:
    """Mark a shard done and keep its result; False if it was done before."""
    with binary_cursor() as cursor:
        cursor.execute(
            f"UPDATE {_TABLE} SET is_done = true, result = %b, seconds = %s "
            "WHERE id = %s AND NOT is_done",
            [result, seconds, shard_id],
        )
        return cursor.rowcount == 1


def results(run_id: int, step: str) -> list[bytes]:
    """The results of a step in the order of its shards."""
    with binary_cursor() as cursor:
        cursor.execute(
            f"SELECT result FROM {_TABLE} WHERE run_id = %s AND step = %s ORDER BY number",
            [run_id, str(step)],
        )
        return [data or b"" for (data,) in cursor.fetchall()]


def keep_frequencies(run_id: int, data: bytes) -> None:
    """Keep the frequencies of names with the run."""
    with binary_cursor() as cursor:
        cursor.execute(
            f"UPDATE {MatchingRun._meta.db_table} SET frequencies = %b WHERE id = %s",
            [data, run_id],
        )


def frequencies(run_id: int) -> bytes:
    """What :func:`keep_frequencies` kept."""
    with binary_cursor() as cursor:
        cursor.execute(
            f"SELECT frequencies FROM {MatchingRun._meta.db_table} WHERE id = %s", [run_id]
        )
        row = cursor.fetchone()
        return bytes(row[0]) if row and row[0] else b""


def binary_cursor() -> "psycopg.Cursor[Any]":
    """A cursor that binds on the server and speaks binary, in Django's own transaction."""
    connection.ensure_connection()
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    cursor.format = psycopg.pq.Format.BINARY
    return cursor
