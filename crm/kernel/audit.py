"""Audit rows, written in the same transaction as the change they tell of."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models

from crm.kernel.models import AuditEntry

Changes = dict[str, list[Any]]
COLUMNS = (
    "at",
    "actor_id",
    "actor_label",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "changes",
    "context",
)


class Actor(Protocol):
    """Who acts: a user, or anything with a number and a name."""

    @property
    def pk(self) -> Any: ...

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded. ``target`` is a saved model instance or ``(type, id, label)``;
    ``context`` is added to that of all acts recorded together."""

    action: str
    target: models.Model | tuple[str, int, str] | None = None
    changes: Changes = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    actor: Actor | None,
    action: str,
    at: datetime,
    target: models.Model | tuple[str, int, str] | None = None,
    changes: Changes | None = None,
    context: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one audit row. Must run inside the transaction of the change itself."""
    _require_transaction()
    act = Act(action=action, target=target, changes=changes or {})
    values = _row(act, *_who(actor), at=at, context=jsonable(dict(context or {})))
    return AuditEntry.objects.create(**dict(zip(COLUMNS, values, strict=True)))


def record_many(
    *,
    actor: Actor | None,
    acts: Iterable[Act],
    at: datetime,
    context: Mapping[str, Any] | None = None,
) -> None:
    """Write many audit rows with one COPY.

    :raises RuntimeError: outside of a transaction: the row could outlive a rolled-back change.
    """
    _require_transaction()
    actor_id, actor_label = _who(actor)
    common = jsonable(dict(context or {}))
    acts = list(acts)
    if not acts:
        return
    moment = at.isoformat()
    rows = (_row(act, actor_id, actor_label, at=moment, context=common) for act in acts)
    names = ", ".join(COLUMNS)
    statement = f"COPY {AuditEntry._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for *plain, changes, about in rows:
            copy.write_row((*plain, json.dumps(changes), json.dumps(about)))


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("Audit rows belong into the transaction of the change they record.")


def _who(actor: Actor | None) -> tuple[Any, str]:
    return (actor.pk, str(actor)[:200]) if actor is not None else (None, "")


def _row(
    act: Act, actor_id: Any, actor_label: str, *, at: datetime | str, context: dict[str, Any]
) -> tuple[Any, ...]:
    """Values of :data:`COLUMNS`."""
    object_type, object_id, label = describe(act.target)
    own = jsonable(dict(act.context))
    return (
        at,
        actor_id,
        actor_label,
        act.action,
        object_type,
        object_id,
        label[:300],
        jsonable(act.changes),
        {**context, **own},
    )


def describe(target: models.Model | tuple[str, int, str] | None) -> tuple[str, int | None, str]:
    """Type (``app.model``), number and label of what an audit row is about."""
    if target is None:
        return "", None, ""
    if isinstance(target, tuple):
        return target
    return target._meta.label_lower, target.pk, str(target)


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """The fields of ``after`` that differ from ``before``, each as ``[old, new]``."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }


def jsonable(value: Any) -> Any:
    """``value`` with dates, decimals, UUIDs and model instances as text or numbers."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [jsonable(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    return value
