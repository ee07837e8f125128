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
            f"WITH written AS (INSERT INTO {_TABLE} (run_id, number, data, changed) "
            f"SELECT %(run)s, {kept.column} / {_PART}, "
            f"string_agg(data, ''::bytea ORDER BY {kept.column}), "
            f"coalesce({listed}, ARRAY[]::bigint[])::bigint[] "
            f"FROM {kept.table} GROUP BY {kept.column} / {_PART} RETURNING changed), "
            f"counted AS (SELECT count(*) AS records FROM {kept.table}) "
            "SELECT pg_current_snapshot()::text, (SELECT records FROM counted), "
            "(SELECT sum(cardinality(changed)) FROM written)",
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


def size(run_id: int) -> int:
    """How many bytes of signatures the copy holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum(length(data)), 0) FROM {_TABLE} WHERE run_id = %s", [run_id]
        )
        return int(cursor.fetchone()[0])
