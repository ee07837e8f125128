"""Public identifiers in conditions, turned into rows."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from contacts.models.record import Record

M = TypeVar("M", bound=Model)


def keys_of(rows: QuerySet[M], public_ids: Iterable[str]) -> list[int]:
    """Primary keys of the rows with these identifiers; no query when there is none to look up."""
    wanted = [found for text in public_ids if (found := as_uuid(text))]
    if not wanted:
        return []
    return list(rows.order_by("pk").filter(public_id__in=wanted).values_list("pk", flat=True))


def one_of(rows: QuerySet[M], public_id: str) -> M | None:
    """The row with this identifier; of a record that was merged, the one it went into."""
    found = as_uuid(public_id)
    row = rows.filter(public_id=found).first() if found else None
    if row is None and found and issubclass(rows.model, Record):
        return rows.filter(aliases__public_id=found).first()
    return row


def as_uuid(text: str) -> UUID | None:
    """The identifier, or None if ``text`` is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
