"""Step 7: write pairs and groups; they hold once the run has finished."""

from typing import Final

from django.db import transaction

from contacts.duplicates import results, stocks
from contacts.matching.explain import BANDS
from contacts.matching.grouping import Edges, Groups
from contacts.matching.store import findings
from contacts.matching.store.findings import Found, Ints
from contacts.merging import findings as merged
from contacts.merging import locks
from contacts.models import MatchingRun, MatchingScope, MatchingShard, MatchingStep

_MOST: Final = 100_000


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """Slices of the pairs and (0, 0) for the groups; what only mends an earlier result is
    written in one piece."""
    if run.model is None:
        return []
    if run.scope == MatchingScope.CHANGED:
        return [(0, 0)]
    step = max(min(_MOST, -(-run.pairs_found // 2)), 1)
    slices = [(low, min(low + step, run.pairs_found)) for low in range(0, run.pairs_found, step)]
    return [*slices, (0, 0)]


def do(shard: MatchingShard) -> bytes:
    """Write a slice, or the groups; what a killed worker had written is replaced."""
    run = shard.run
    part = next(results.of(run, MatchingStep.GROUP))
    edges = Edges(part["first"], part["second"], part["weight"], part["pattern"])
    groups = Groups(part["members"], part["sizes"])
    found = Found(edges, part["group"], groups, part["numbers"])
    if run.scope == MatchingScope.CHANGED:
        _mend(run, found, part["seen"], part["gone"])
    elif shard.high:
        findings.add_pairs(run, found, shard.low, shard.high)
    else:
        findings.add_groups(run, found)
    return b""


@transaction.atomic
def _mend(run: MatchingRun, found: Found, seen: Ints, gone: Ints) -> None:
    """Mend the result that holds; what was merged since the run began is left out."""
    locks.one_at_a_time()
    findings.mend(run, found, seen, gone)
    merged.without_aliases(run, stocks.workspace(run).raw["id"])


def sum_up(run: MatchingRun) -> None:
    """Note what there is now if an earlier result was mended."""
    if run.scope == MatchingScope.CHANGED:
        run.figures["bands"] = findings.count_bands(run.kind, run.generation, BANDS)
        run.pairs_found = sum(run.figures["bands"].values())
        run.groups_found = findings.count_groups(run.kind, run.generation)
