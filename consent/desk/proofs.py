"""Proof of single events for strangers: they are in the ledger that a checkpoint speaks of."""

from collections.abc import Iterable
from typing import Any

from consent import checkpoints, reading
from consent.ledger.merkle import Tree
from consent.models import Checkpoint, LedgerEvent

AT_ONCE = 20_000


def bundle(events: Iterable[LedgerEvent]) -> dict[str, Any] | None:
    """What ``verifier.py --proof`` reads, for those that the last checkpoint covers.

    Each event comes with its path to the root, without anything of the others; None before the
    first checkpoint. Reads the hashes of the whole ledger: 40 bytes an event.
    """
    checkpoint = checkpoints.newest()
    if checkpoint is None:
        return None
    tree = _tree(checkpoint)
    covered = [event.seq for event in events if event.seq <= checkpoint.size]
    rows = LedgerEvent.objects.filter(seq__in=covered)
    return {
        "checkpoint": checkpoint.note,
        "entries": [
            {
                "event": reading.line(event),
                "proof": [each.hex() for each in tree.inclusion(event.seq - 1)],
            }
            for event in rows.select_related("payload").order_by("seq")
        ],
    }


def _tree(checkpoint: Checkpoint) -> Tree:
    leaves = (
        LedgerEvent.objects.filter(seq__lte=checkpoint.size)
        .order_by("seq")
        .values_list("leaf_hash", flat=True)
    )
    return Tree([bytes(each) for each in leaves.iterator(chunk_size=AT_ONCE)])
