"""Audit rows, written in the same transaction as the change they tell of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction

from crm.kernel.models import AuditEntry

Changes = dict[str, list[Any]]


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
    act = Act(action=action, target=target, changes=changes or {})
    return record_many(actor=actor, acts=[act], at=at, context=context)[0]


def record_many(
    *,
    actor: Actor | None,
    acts: Iterable[Act],
    at: datetime,
    context: Mapping[str, Any] | None = None,
) -> list[AuditEntry]:
    """Write many audit rows with one statement per thousand.

    :raises RuntimeError: outside of a transaction: the row could outlive a rolled-back change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Audit rows belong into the transaction of the change they record.")
    actor_id = actor.pk if actor is not None else None
    actor_label = str(actor)[:200] if actor is not None else ""
    plain_context = jsonable(dict(context or {}))
    entries = []
    for act in acts:
        object_type, object_id, label = describe(act.target)
        entries.append(
            AuditEntry(
                at=at,
                actor_id=actor_id,
                actor_label=actor_label,
                action=act.action,
                object_type=object_type,
                object_id=object_id,
                object_label=label[:300],
                changes=jsonable(act.changes),
                context={**plain_context, **jsonable(dict(act.context))},
            )
        )
    return AuditEntry.objects.bulk_create(entries, batch_size=1000)


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
