"""One chunk of rows into its table: what is new by COPY, what differs by one UPDATE, audited.

The number of statements does not depend on the number of rows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from contacts.importing.storing import bulk
from crm.accounts.models import User
from crm.kernel import audit
from crm.kernel.audit import Act
from history.commerce.targets import TARGETS, Key, Target, Values, source_of, stored
from history.models import Invoice, Order, Takeover

_WRITERS: Final = 0x455250  # any constant: the class of the lock below


@dataclass(slots=True)
class Stored:
    """How many rows of a chunk were what."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def one_writer_at_a_time() -> None:
    """Wait until no other take-over writes; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_WRITERS])


def key_of(target: Target, values: Values) -> Key:
    """What identifies the row in the table."""
    return tuple(values[name] for name in target.key)


def write(
    rows: Sequence[Values], *, kind: str, takeover: Takeover, actor: User | None, at: datetime
) -> Stored:
    """Write rows with different keys. Must run inside a transaction."""
    if not rows:
        return Stored()
    target = TARGETS[kind]
    present = stored(target, rows)
    new = [row for row in rows if key_of(target, row) not in present]
    changed, acts = [], []
    for row in rows:
        known = present.get(key_of(target, row))
        if known is None:
            continue
        before = {name: getattr(known, name) for name in target.told}
        changes = audit.diff(before, {name: row[name] for name in target.told})
        if changes:
            changed.append({"id": known.pk, **row})
            acts.append(Act(f"{target.word}.changed", known, changes))
    _insert(target, new, takeover=takeover, at=at)
    _update(target, changed, takeover=takeover, at=at)
    audit.record_many(actor=actor, acts=acts, at=at, context=source_of(takeover))
    if target.model is Order:
        _link_invoices([row["number"] for row in new])
    return Stored(len(new), len(changed), len(rows) - len(new) - len(changed))


def _insert(target: Target, rows: Sequence[Values], *, takeover: Takeover, at: datetime) -> None:
    if not rows:
        return
    stamp = (takeover.source_id, at) if target.is_stamped else ()
    names = (*target.key, *target.told)
    columns = (*names, *(("source_id", "updated_at") if target.is_stamped else ()))
    bulk.insert(target.model, columns, ((*(row[name] for name in names), *stamp) for row in rows))


def _update(target: Target, rows: Sequence[Values], *, takeover: Takeover, at: datetime) -> None:
    if not rows:
        return
    fields = {field.attname: field for field in target.model._meta.concrete_fields}
    types = {name: fields[name].rel_db_type(connection) if fields[name].is_relation
             else fields[name].db_type(connection) for name in ("id", *target.told)}  # fmt: skip
    types["id"] = "bigint"
    described = ", ".join(f"{_quoted(name)} {kind}" for name, kind in types.items())
    sets = [f"{_quoted(name)} = k.{_quoted(name)}" for name in target.told]
    stamp: list[Any] = []
    if target.is_stamped:
        sets += ["source_id = %s", "updated_at = %s"]
        stamp = [takeover.source_id, at]
    records = [{name: row[name] for name in types} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(target.model._meta.db_table)} t SET {', '.join(sets)} "
            f"FROM {bulk.RECORDS} AS k({described}) WHERE t.id = k.id",
            [*stamp, bulk.as_records(records)],
        )


def _link_invoices(numbers: Sequence[str]) -> None:
    """Invoices that came before their order learn of it."""
    if not numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Invoice._meta.db_table} i SET order_id = o.id "
            f"FROM {Order._meta.db_table} o WHERE o.number = i.order_number "
            "AND i.order_id IS NULL AND i.order_number <> '' "
            "AND o.number IN (SELECT json_array_elements_text(%s::json))",
            [json.dumps(numbers)],
        )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
