"""Groups of records that belong together, without chaining strangers to one another.

Records joined by links form components. A component in which every two are linked is a group.
In the others every pair is weighed, contradicting ones too, and records are joined greedily,
strongest link first, as long as what joins outweighs what parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]
CLIP: Final = 20.0
UNSEEN: Final = -2.0
Pair = tuple[int, int]


def components(count: int, a: Ints, b: Ints) -> Ints:
    """For each of ``count`` records the smallest record it is connected with by (a, b)."""
    label = np.arange(count, dtype=np.int64)
    while len(a):
        low = np.minimum(label[a], label[b])
        np.minimum.at(label, label[a], low)
        np.minimum.at(label, label[b], low)
        while True:
            shorter = label[label]
            if (shorter == label).all():
                break
            label = shorter
        apart = label[a] != label[b]
        a, b = a[apart], b[apart]
    return label


def doubtful(label: Ints, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """For each record whether its component lacks a link between two of its members."""
    size = np.bincount(label, minlength=len(label))
    links = np.bincount(label[a], minlength=len(label))
    incomplete = links < size * (size - 1) // 2
    found: npt.NDArray[np.bool_] = incomplete[label]
    return found


def guarded(
    members: Sequence[int],
    weights: Mapping[Pair, float],
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Split a component into groups; groups and their members in ascending order.

    ``weights`` of pairs (smaller, larger) in bits; a pair without one counts -2. What people
    decided binds: ``together`` are joined first, ``apart`` never end up in one group.
    """
    group = {record: record for record in members}
    inside = {record: [record] for record in members}
    kept_apart = {frozenset(pair) for pair in apart}

    def contradicts(one: Sequence[int], other: Sequence[int]) -> bool:
        return bool(kept_apart) and any(frozenset((x, y)) in kept_apart for x in one for y in other)

    def balance(one: Sequence[int], other: Sequence[int]) -> float:
        return sum(
            max(-CLIP, min(CLIP, weights.get((min(x, y), max(x, y)), UNSEEN)))
            for x in one
            for y in other
        )

    def join(x: int, y: int, *, forced: bool) -> None:
        one, other = inside[group[x]], inside[group[y]]
        if one is other or contradicts(one, other):
            return
        if not forced and balance(one, other) < 0:
            return
        one, other = (one, other) if one[0] < other[0] else (other, one)
        for record in other:
            group[record] = group[one[0]]
        del inside[other[0]]
        one.extend(other)
        one.sort()
        inside[one[0]] = one
        for record in one:
            group[record] = one[0]

    for x, y in sorted(together):
        join(x, y, forced=True)
    for (x, y), weight in sorted(weights.items(), key=lambda each: (-each[1], each[0])):
        if weight < 0:
            break
        join(x, y, forced=False)
    return sorted(inside.values())
