"""The locks of merging, always taken in this order: one merge at a time, then records by number.

Two merges may touch the same rows (a role at a company, a decision about two records, a suspect
group) without sharing a record, so they wait for one another; what else is written goes on.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import QuerySet

from contacts.models import Company, Person

R = TypeVar("R", bound=Person | Company)
_MERGING: Final = 0x4D5247  # any constant: the lock of merges


def records(model: type[R], ids: Iterable[int]) -> dict[int, R]:
    """The records by number, locked; aliases among them."""
    rows: QuerySet[Any] = model.with_aliases.filter(pk__in=list(ids))
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return {record.pk: record for record in locked}


def one_at_a_time() -> None:
    """No other merge, and nobody else who changes suspect pairs and groups, until this
    transaction ends. Taken before all other locks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_MERGING])


def no_merge_meanwhile() -> None:
    """No merge until this transaction ends; others may ask for the same. For those who write to
    records that they have not locked one by one. Taken before all other locks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [_MERGING])
