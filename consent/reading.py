"""The ledger as its verifier reads it: events in order, with hashes and payloads that are left."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

from django.db.models import QuerySet

from consent import recording
from consent.models import LedgerEvent

AT_ONCE = 5000


class Writable(Protocol):
    """A file for text."""

    def write(self, text: str, /) -> object: ...


def lines(events: QuerySet[LedgerEvent] | None = None) -> Iterator[dict[str, Any]]:
    """Each event's hashed core with ``leaf_hash``, ``chain_hash``, ``payload`` and ``salt``.

    In order of ``seq``, in constant memory; an erased payload is null.
    """
    rows = LedgerEvent.objects.all() if events is None else events
    for event in rows.select_related("payload").order_by("seq").iterator(chunk_size=AT_ONCE):
        yield line(event)


def line(event: LedgerEvent) -> dict[str, Any]:
    """One event of an export."""
    payload = getattr(event, "payload", None)
    return {
        **recording.core_of(event),
        "leaf_hash": bytes(event.leaf_hash).hex(),
        "chain_hash": bytes(event.chain_hash).hex(),
        "payload": payload.body if payload else None,
        "salt": bytes(payload.salt).hex() if payload else None,
    }


def export(target: Writable, events: QuerySet[LedgerEvent] | None = None) -> int:
    """Write one event a line (JSON Lines); gives their number."""
    count = 0
    for each in lines(events):
        target.write(json.dumps(each, ensure_ascii=False) + "\n")
        count += 1
    return count
