"""Fields of which a record has several values: the best level over the pairs of values."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.uint8]
Where = npt.NDArray[np.int64]
Compare = Callable[[Where, int, int], Levels]


def best(
    filled_a: npt.NDArray[np.bool_],
    filled_b: npt.NDArray[np.bool_],
    compare: Compare,
    *,
    ranks: Sequence[int],
) -> Levels:
    """``compare(where, s, t)`` gives the level of place s of one against place t of the other.

    ``ranks[level]`` says how good a level is (0 best); level 0 (missing) is worst.
    """
    count = len(filled_a)
    rank = np.asarray(ranks, dtype=np.uint8)
    levels = np.zeros(count, dtype=np.uint8)
    used_a, used_b = (np.flatnonzero(each.any(axis=0)).tolist() for each in (filled_a, filled_b))
    for s in used_a:
        for t in used_b:
            where = (filled_a[:, s] & filled_b[:, t]).nonzero()[0]
            if not len(where):
                continue
            found = compare(where, s, t)
            better = rank[found] < rank[levels[where]]
            levels[where[better]] = found[better]
    return levels


def ranked(size: int, order: Sequence[int]) -> list[int]:
    """Ranks of the levels 0 … size - 1, those in ``order`` first and "missing" last."""
    ranks = [size] * size
    for rank, level in enumerate(order):
        ranks[level] = rank
    ranks[0] = size + 1
    return ranks
