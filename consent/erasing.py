"""Erasure of what is personal in the ledger: the chain and its checkpoints stay valid."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from consent import recording
from consent.models import EventKind, EventPayload, Evidence, LedgerEvent
from crm.accounts.models import User


@transaction.atomic
def erase(
    *, actor: User | None, events: Iterable[LedgerEvent], reason: str, at: datetime
) -> LedgerEvent | None:
    """Delete payloads, salts and evidence of events, and say so in the ledger.

    ``reason`` is a code (``art-17``, ``retention``). Evidence that an event outside of ``events``
    still needs stays. Gives None if there was nothing to erase.
    """
    events = list(events)
    ids = [event.public_id for event in events]
    erased, _by_model = EventPayload.objects.filter(event__public_id__in=ids).delete()
    hashes = {digest for event in events for digest in event.evidence}
    needed = LedgerEvent.objects.exclude(public_id__in=ids).filter(evidence__overlap=list(hashes))
    kept = {digest for other in needed.only("evidence") for digest in other.evidence}
    for evidence in Evidence.objects.filter(sha256__in=hashes - kept, erased_at=None):
        _erase_file(evidence, at=at)
        erased += 1
    if not erased:
        return None
    return recording.append(
        recording.Draft(
            kind=EventKind.ERASED,
            effective_at=at,
            details={"events": [str(each) for each in ids], "reason": reason},
        ),
        actor=actor,
        at=at,
    )


def _erase_file(evidence: Evidence, *, at: datetime) -> None:
    name, storage = str(evidence.file.name), evidence.file.storage
    evidence.erased_at, evidence.file, evidence.name = at, "", ""
    evidence.save(update_fields=["erased_at", "file", "name"])
    transaction.on_commit(lambda: storage.delete(name))
