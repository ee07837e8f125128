"""Step 1: take the snapshot."""

import json

from contacts.duplicates import current, shipped
from contacts.matching.store import shards, snapshots
from contacts.models import MatchingRun, MatchingScope, MatchingShard, MatchingStep


def cut(_run: MatchingRun) -> list[tuple[int, int]]:
    """One shard."""
    return [(0, 0)]


def do(shard: MatchingShard) -> bytes:
    """Copy the signatures; anew if a killed worker had begun."""
    run = shard.run
    before = current.run_of(run.kind)
    since = before.snapshot if before and run.scope == MatchingScope.CHANGED else ""
    snapshots.forget(run.pk)
    snapshot, records, changed = snapshots.take(run, since=since)
    return json.dumps([snapshot, records, changed]).encode()


def sum_up(run: MatchingRun) -> None:
    """Note how many records there are, and with whose frequencies they are compared."""
    (data,) = shards.results(run.pk, MatchingStep.READ)
    run.snapshot, run.records, run.changed = json.loads(data)
    run.figures["frequencies"] = "shipped" if shipped.serves(run.kind, run.records) else "stock"
