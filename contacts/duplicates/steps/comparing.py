"""Step 3: compare the candidate pairs, and count the patterns of agreement."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from contacts.duplicates import results, stocks
from contacts.duplicates.setup import setup_of
from contacts.matching import blocking, chance, comparison
from contacts.matching.stock import Pairs
from contacts.models import MatchingRun, MatchingScope, MatchingShard, MatchingStep

_MOST: Final = 400_000  # emitted pairs in a shard
_DRAWN: Final = chance.PAIRS // 100_000
PAIR: Final = np.dtype([("a", "<i4"), ("b", "<i4"), ("pattern", "<u8")])


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """Ranges of records with about as many pairs each; (n, 0) stands for pairs drawn at random."""
    space = stocks.workspace(run)
    if run.scope == MatchingScope.CHANGED:
        count = len(_touching(run))
        return [(low, min(low + _MOST, count)) for low in range(0, count, _MOST)]
    indexes = stocks.indexes(run)
    ranges = blocking.ranges(indexes, space.rows.count, most=_MOST) if space.rows.count else []
    drawn = [(chunk + 1, 0) for chunk in range(_DRAWN)] if space.rows.count > 1 else []
    return drawn + ranges


def do(shard: MatchingShard) -> bytes:
    """Patterns and how often each occurs."""
    if shard.low > shard.high:
        layout = setup_of(shard.run.kind).layout
        stock = stocks.workspace(shard.run).stock
        return results.packed(drawn=chance.drawn(stock, layout, chunk=shard.low))
    firsts = np.zeros(len(setup_of(shard.run.kind).keys), dtype=np.int64)
    pairs = compared(shard.run, shard.low, shard.high, firsts=firsts)
    patterns, _place, counts = comparison.tallied(pairs["pattern"])
    return results.packed(patterns=patterns, counts=counts, firsts=firsts)


def compared(
    run: MatchingRun, low: int, high: int, *, firsts: npt.NDArray[np.int64] | None = None
) -> npt.NDArray[np.void]:
    """The compared pairs of a range, in order; kept on this machine."""
    space, setup = stocks.workspace(run), setup_of(run.kind)
    counted = np.zeros(len(setup.keys), dtype=np.int64)

    def compute() -> npt.NDArray[np.void]:
        if run.scope == MatchingScope.CHANGED:
            chosen = _touching(run)[low:high]
            a, b = chosen["a"], chosen["b"]
        else:
            a, b = blocking.pairs(stocks.indexes(run), low, high, firsts=counted)
        found = np.empty(len(a), dtype=PAIR)
        found["a"], found["b"] = a, b
        found["pattern"] = comparison.compare(Pairs.of(space.stock, a, b), setup.layout.fields)
        return found

    found: npt.NDArray[np.void] = space.keep(f"pairs-{low}-{high}", compute)
    if firsts is not None:
        firsts += counted
    return found


def _touching(run: MatchingRun) -> npt.NDArray[np.void]:
    """Candidate pairs of changed records."""
    space = stocks.workspace(run)

    def compute() -> npt.NDArray[np.void]:
        a, b = blocking.touching(stocks.indexes(run), space.changed)
        found = np.zeros(len(a), dtype=PAIR)
        found["a"], found["b"] = a, b
        return found

    found: npt.NDArray[np.void] = space.keep("touching", compute)
    return found


def sum_up(run: MatchingRun) -> None:
    """Note how many candidates there are, and which key type found how many of them first."""
    firsts: Any = 0
    run.candidates = 0
    for part in results.of(run, MatchingStep.COMPARE):
        if "firsts" in part:
            firsts = firsts + part["firsts"]
            run.candidates += int(part["counts"].sum())
    if run.scope == MatchingScope.FULL and run.candidates:
        for told, first in zip(run.figures["keys"], firsts.tolist(), strict=True):
            told["first"] = first
