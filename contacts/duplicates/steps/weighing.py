"""Step 5: weigh the pairs; those above the threshold are suspects."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from contacts.duplicates import results, stocks
from contacts.duplicates.setup import setup_of
from contacts.duplicates.steps import comparing
from contacts.matching import comparison
from contacts.matching.grouping import Edges
from contacts.matching.model import Model
from contacts.models import MatchingRun, MatchingShard, MatchingStep

EDGES: Final = np.arange(-40, 41, 1.0)  # bits: bounds of the histogram
THRESHOLD: Final = 0.0
_SHARDS: Final = 6


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """Some of the ranges that were compared a shard, by their places in the list of ranges."""
    count = len(_ranges(run)) if run.model is not None else 0
    together = -(-count // _SHARDS) or 1
    return [(low, min(low + together, count)) for low in range(0, count, together)]


def _ranges(run: MatchingRun) -> list[tuple[int, int]]:
    done = run.shards.filter(step=MatchingStep.COMPARE).order_by("number")
    return [(low, high) for low, high in done.values_list("low", "high") if low < high]


def do(shard: MatchingShard) -> bytes:
    """The suspects of some ranges, and how many pairs have which weight."""
    model = model_of(shard.run)
    weighed = [
        _weighed(shard.run, model, low, high)
        for low, high in _ranges(shard.run)[shard.low : shard.high]
    ]
    edges = Edges.merged([edges for edges, _histogram in weighed])
    histogram = np.sum([histogram for _edges, histogram in weighed], axis=0)
    return results.packed_edges(edges, histogram=histogram)


def _weighed(
    run: MatchingRun, model: Model, low: int, high: int
) -> tuple[Edges, npt.NDArray[np.float64]]:
    pairs = comparing.compared(run, low, high)
    patterns, where, counts = comparison.tallied(pairs["pattern"])
    weights = model.weights(patterns)
    histogram = np.histogram(np.clip(weights, EDGES[0], EDGES[-1]), EDGES, weights=counts)[0]
    strong = np.flatnonzero((weights >= THRESHOLD)[where])
    ids = stocks.workspace(run).rows["id"]
    first, second = ids[pairs["a"][strong]], ids[pairs["b"][strong]]
    apart = first != second
    edges = Edges(
        np.minimum(first, second)[apart],
        np.maximum(first, second)[apart],
        weights[where][strong][apart],
        pairs["pattern"][strong][apart],
    )
    return edges, histogram


def model_of(run: MatchingRun) -> Model:
    """The run's model."""
    if run.model is None:
        raise ValueError("The run has no model yet.")
    return Model.from_json(run.model.data, setup_of(run.kind).layout)


def sum_up(run: MatchingRun) -> None:
    """Note the histogram."""
    total: Any = np.zeros(len(EDGES) - 1)
    for part in results.of(run, MatchingStep.WEIGH):
        total = total + part["histogram"]
    run.figures["histogram"] = {
        "edges": EDGES.tolist(),
        "counts": [int(count) for count in total],
    }
