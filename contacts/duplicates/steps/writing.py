"""Step 7: write pairs and groups; they hold once the run has finished."""

from typing import Final

import numpy as np

from contacts.duplicates import results, stocks
from contacts.matching.grouping import Edges
from contacts.matching.store import findings
from contacts.matching.store.findings import Found
from contacts.models import MatchingRun, MatchingScope, MatchingShard, MatchingStep

_MOST: Final = 100_000


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """Slices of the pairs; what only mends an earlier result is written in one piece."""
    if run.model is None:
        return []
    if run.scope == MatchingScope.CHANGED:
        return [(0, run.pairs_found)]
    step = max(min(_MOST, -(-run.pairs_found // 2)), 1)
    return [
        (low, min(low + step, run.pairs_found)) for low in range(0, max(run.pairs_found, 1), step)
    ]


def do(shard: MatchingShard) -> bytes:
    """Write a slice; a slice that a killed worker wrote in part is not there at all."""
    run = shard.run
    found = _found(run)
    if run.scope == MatchingScope.CHANGED:
        space = stocks.workspace(run)
        changed = np.unique(np.asarray(space.raw["id"])[space.changed])
        findings.mend(run, found, changed)
    else:
        findings.add(run, found, shard.low, shard.high)
    return b""


def _found(run: MatchingRun) -> Found:
    part = next(results.of(run, MatchingStep.GROUP))
    edges = Edges(part["first"], part["second"], part["weight"], part["pattern"])
    return Found(edges, part["members"], part["sizes"], part["numbers"])


def sum_up(_run: MatchingRun) -> None:
    """Nothing more to note."""
