"""What a run sees of the stock: a copy of all signatures as they are at one moment.

Writers go on meanwhile. Every worker of the run reads the copy, so all see the same, and a
worker that takes over from a killed one sees what that one saw.
"""

from collections.abc import Iterator

from django.db import connection

from contacts.matching.store.upkeep import KEPT
from contacts.models import MatchingRun, MatchingSnapshot

_PART = 4000
_TABLE = MatchingSnapshot._meta.db_table


def take(run: MatchingRun, *, since: str) -> tuple[str, int, int]:
    """Copy the signatures; returns PostgreSQL's name of the moment, and how many records there
    are and how many have changed since the moment ``since`` (all if that is empty)."""
    kept = KEPT[run.kind]
    changed = "NOT pg_visible_in_snapshot(written_in, %(since)s::pg_snapshot)" if since else "true"
    listed = f"array_agg({kept.column}) FILTER (WHERE {changed})" if since else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH parts AS (SELECT generate_series(0, max({kept.column}) / {_PART}) AS number "
            f"FROM {kept.table}), "
            f"written AS (INSERT INTO {_TABLE} (run_id, number, data, changed) "
            "SELECT %(run)s, number, part.data, part.changed FROM parts, LATERAL ("
            f"SELECT string_agg(data, ''::bytea ORDER BY {kept.column}) AS data, "
            f"coalesce({listed}, ARRAY[]::bigint[])::bigint[] AS changed, count(*) AS records "
            f"FROM {kept.table} WHERE {kept.column} BETWEEN number * {_PART} "
            f"AND number * {_PART} + {_PART - 1}) AS part WHERE part.records > 0 "
            "RETURNING cardinality(changed) AS changed) "
            "SELECT pg_current_snapshot()::text, "
            f"(SELECT count(*) FROM {kept.table}), sum(changed) FROM written",
            {"run": run.pk, "since": since},
        )
        snapshot, records, count = cursor.fetchone()
    return snapshot, records, int(count or 0) if since else records


def read(run_id: int) -> Iterator[tuple[bytes, list[int]]]:
    """The parts of the copy in order of the records' ids: signatures, and which have changed."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY (SELECT data, array_to_string(changed, ',') FROM {_TABLE} "
            f"WHERE run_id = {int(run_id)} ORDER BY number) TO STDOUT (FORMAT binary)"
        ) as copy,
    ):
        copy.set_types(["bytea", "text"])
        for data, changed in copy.rows():
            yield bytes(data), [int(pk) for pk in changed.split(",") if pk]


def forget(run_id: int) -> None:
    """Delete the copy."""
    MatchingSnapshot.objects.filter(run_id=run_id).delete()


class Lost(Exception):
    """The copy is gone: the database was restarted after a crash."""


def size(run: MatchingRun) -> int:
    """How many bytes of signatures the copy holds.

    :raises Lost: none, although the run has records
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum(length(data)), 0) FROM {_TABLE} WHERE run_id = %s", [run.pk]
        )
        found = int(cursor.fetchone()[0])
    if run.records and not found:
        raise Lost
    return found
