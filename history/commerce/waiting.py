"""Rows whose customer or order is not known yet: kept, and taken over when the number appears."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from contacts.importing.storing import bulk
from contacts.merging import locks
from contacts.models import Company, ExternalId, Source, SourceKind
from crm.accounts.models import User
from history.commerce import cleaning, customers, settling, storing
from history.commerce.cleaning import Cleaned
from history.models import Awaited, Order, Takeover, TakeoverKind, WaitingRow

CHUNK: Final = 500
ORDERED: Final = (
    TakeoverKind.ORDERS,
    TakeoverKind.LINES,
    TakeoverKind.INVOICES,
    TakeoverKind.CLASSES,
)


def keep(rows: Sequence[dict[str, Any]], *, takeover: Takeover, at: datetime) -> None:
    """Let rows wait; one with the same key takes the place of the former. One statement."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {WaitingRow._meta.db_table} "
            '(kind, key, awaits, number, "values", takeover_id, "row", "column", since) '
            'SELECT k.kind, k.key, k.awaits, k.number, k."values", %s, k."row", k."column", %s '
            f"FROM {bulk.RECORDS} AS k(kind text, key text, awaits text, number text, "
            '"values" jsonb, "row" integer, "column" text) '
            "ON CONFLICT (kind, key) DO UPDATE SET awaits = excluded.awaits, "
            'number = excluded.number, "values" = excluded."values", '
            'takeover_id = excluded.takeover_id, "row" = excluded."row", '
            '"column" = excluded."column"',
            [takeover.pk, at, bulk.as_records(rows)],
        )


def forget(*, kind: str, keys: Sequence[str]) -> None:
    """What was taken over waits no longer."""
    if keys:
        WaitingRow.objects.filter(kind=kind, key__in=bulk.among(keys)).delete()


def retry(*, actor: User | None, takeover: Takeover | None = None, at: datetime) -> int:
    """Take over every waiting row whose number has appeared; returns how many.

    Orders come first, because lines and invoices wait for them.
    """
    count = 0
    for kind in ORDERED:
        after = 0
        while rows := list(_ready(kind, after)):
            after = rows[-1].pk
            count += _take(kind, rows, actor=actor, at=at)
    return count


def _take(kind: str, rows: Sequence[WaitingRow], *, actor: User | None, at: datetime) -> int:
    """Each row under the name of the file that it came from."""
    taken = 0
    for takeover in {row.takeover for row in rows}:
        own = [row for row in rows if row.takeover_id == takeover.pk]
        cleaned = [Cleaned(row.row, (), cleaning.from_json(kind, row.values)) for row in own]
        with transaction.atomic():
            locks.no_merge_meanwhile()
            storing.one_writer_at_a_time()
            settled = settling.settle(cleaned, kind=kind, finder=None, column_of=_no_column)
            storing.write(
                list(settled.ready.values()), kind=kind, takeover=takeover, actor=actor, at=at
            )
            forget(kind=kind, keys=settled.keys)
            taken += len(settled.ready)
    return taken


def _no_column(*_codes: str) -> str:
    return ""


def _ready(kind: str, after: int) -> Iterator[WaitingRow]:
    """Some rows of whose customers or orders the number is known now."""
    rows = WaitingRow._meta.db_table
    sql = f"""
SELECT w.* FROM {rows} w WHERE w.kind = %s AND w.id > %s AND w.number <> '' AND (
  (w.awaits = '{Awaited.ORDER}' AND EXISTS (
    SELECT FROM {Order._meta.db_table} o WHERE o.number = w.number))
  OR (w.awaits = '{Awaited.CUSTOMER}' AND (
    EXISTS (SELECT FROM {Company._meta.db_table} c
      WHERE c.erp_number = w.number AND c.erp_number <> '')
    OR EXISTS (SELECT FROM {ExternalId._meta.db_table} e
      LEFT JOIN {Source._meta.db_table} s ON s.id = e.source_id
      WHERE e.value = w.number AND (e.system = '{customers.SYSTEM}'
        OR s.kind = '{SourceKind.ERP}'))))
) ORDER BY w.id LIMIT {CHUNK}"""
    found = WaitingRow.objects.raw(sql, [kind, after])
    yield from found.prefetch_related("takeover")
