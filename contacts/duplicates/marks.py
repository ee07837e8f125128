"""The mark that a record waits for the search for duplicates, taken away when it was looked at."""

from typing import Final

from django.db import connection

from contacts.matching.store.upkeep import KEPT
from contacts.models import MatchingRun

CHUNK: Final = 2000


def clear(run: MatchingRun) -> int:
    """Take the mark from every record that the run saw as it still is; returns how many those are.

    Who is being changed right now keeps the mark, and the next run looks again.
    """
    kept = KEPT[run.kind]
    table = kept.records._meta.db_table
    cleared, found = 0, CHUNK
    while found == CHUNK:
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH seen AS (SELECT r.id FROM {table} r "
                f"JOIN {kept.table} s ON s.{kept.column} = r.id WHERE r.duplicate_check_due "
                "AND pg_visible_in_snapshot(s.written_in, %s::pg_snapshot) "
                "ORDER BY r.id LIMIT %s FOR NO KEY UPDATE OF r SKIP LOCKED) "
                f"UPDATE {table} r SET duplicate_check_due = false FROM seen WHERE r.id = seen.id",
                [run.snapshot, CHUNK],
            )
            found = cursor.rowcount
        cleared += found
    return cleared
