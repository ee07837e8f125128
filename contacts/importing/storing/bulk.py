"""PostgreSQL in bulk: numbers in advance, COPY, contact points that may exist already."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, Final, NamedTuple

from django.db import connection, models
from django.db.models.expressions import RawSQL

from contacts.models import ContactPoint
from crm.kernel.ids import uuid7_hex

PointKey = tuple[str, str]
_WRITERS: Final = 0x494D50  # any constant: the class of the lock below


class _Storing(NamedTuple):
    """What is being stored (leaving it waits for that), and the thread that waits meanwhile."""

    rows: ExitStack
    waiting: ThreadPoolExecutor


_STORING: ContextVar[_Storing | None] = ContextVar("storing", default=None)
RECORDS: Final = "json_to_recordset(%s::json)"


def as_records(rows: Iterable[dict[str, Any]]) -> str:
    """Rows as one parameter for :data:`RECORDS`; much cheaper than arrays to send."""
    return json.dumps(list(rows), ensure_ascii=False, default=str)


def among(values: Iterable[str]) -> RawSQL:
    """The right side of ``__in`` for many values: one parameter instead of thousands."""
    return RawSQL("SELECT json_array_elements_text(%s::json)", [json.dumps(list(values))])


def one_writer_at_a_time() -> None:
    """Wait until no other chunk is being written; the lock ends with the transaction.

    Two imports that write at once could both create the same company.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_WRITERS])


def check_keys_at_once() -> None:
    """Have foreign keys checked with each statement instead of all at the end of the transaction:
    by the time the next rows are made they are checked, and a row at fault is found."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def next_ids(model: type[models.Model], count: int) -> Iterator[int]:
    """So many new primary keys of the model."""
    if not count:
        return iter(())
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(found.sequence) FROM generate_series(1, %s), "
            "(SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS found",
            [count, table],
        )
        return iter([pk for (pk,) in cursor.fetchall()])


@contextmanager
def overlapping() -> Iterator[None]:
    """Within, :func:`insert` does not wait until the database has stored the rows: whatever is
    sent next waits for that, and until then the next rows are made. Errors come that late, but
    not later than the end of the block.

    A thread tells the database that these were all rows and waits: only then it checks foreign
    keys, and of a short table it would have heard nothing yet."""
    with ThreadPoolExecutor(max_workers=1) as waiting, ExitStack() as storing:

        def after_storing(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
        ) -> Any:
            storing.close()
            return execute(sql, params, many, context)

        token = _STORING.set(_Storing(storing, waiting))
        try:
            with connection.execute_wrapper(after_storing):
                yield
                storing.close()
        finally:
            _STORING.reset(token)


def all_stored() -> None:
    """Wait until the database has stored the rows of the last :func:`insert`."""
    if storing := _STORING.get():
        storing.rows.close()


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows by COPY. ``columns`` are database columns; values are adapted by psycopg."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    storing = _STORING.get()
    if storing is not None:
        made = list(rows)
        storing.rows.close()
        storing.rows.enter_context(connection.wrap_database_errors)
        sent = _send(statement, made)
        storing.rows.callback(storing.waiting.submit(sent.close).result)
    else:
        with connection.wrap_database_errors:
            _send(statement, rows).close()


def _send(statement: str, rows: Iterable[Sequence[Any]]) -> ExitStack:
    """Send rows; leaving the stack waits until they are stored."""
    with ExitStack() as sending:
        cursor = sending.enter_context(connection.cursor())
        copy = sending.enter_context(cursor.copy(statement))
        for row in rows:
            copy.write_row(row)
        return sending.pop_all()


def contact_points(wanted: Iterable[tuple[str, str, str]]) -> tuple[dict[PointKey, int], set[int]]:
    """Ids of contact points by (kind, normalised), and which of them are new.

    ``wanted`` are (kind, normalised, display). Missing ones are added in a fixed order, so that
    two writers never wait for each other.
    """
    displays = {(kind, normalised): display for kind, normalised, display in wanted}
    if not displays:
        return {}, set()
    table = ContactPoint._meta.db_table
    records = (
        {"public_id": uuid7_hex(), "kind": kind, "normalised": value, "display": shown}
        for (kind, value), shown in sorted(displays.items())
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (public_id, kind, normalised, display) "
            f"SELECT * FROM {RECORDS} "
            "AS k(public_id uuid, kind text, normalised text, display text) "
            "ON CONFLICT (kind, normalised) DO NOTHING RETURNING id, kind, normalised",
            [as_records(records)],
        )
        added = {(kind, normalised): pk for pk, kind, normalised in cursor.fetchall()}
    known = _existing(key for key in displays if key not in added)
    return {**known, **added}, set(added.values())


def _existing(keys: Iterable[PointKey]) -> dict[PointKey, int]:
    pairs = list(keys)
    if not pairs:
        return {}
    table = ContactPoint._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.kind, p.normalised "
            f"FROM {RECORDS} AS k(kind text, normalised text) "
            f'JOIN {table} p ON p.kind = k.kind AND p.normalised = k.normalised COLLATE "C"',
            [as_records({"kind": kind, "normalised": value} for kind, value in pairs)],
        )
        return {(kind, normalised): pk for pk, kind, normalised in cursor.fetchall()}
