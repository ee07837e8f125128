"""Jaro-Winkler similarity of many pairs of names; each two texts are compared once, and only
where their letters allow the similarity that is asked for."""

from collections.abc import Sequence

import jellyfish
import numpy as np
import numpy.typing as npt

from contacts.matching.columns import Columns, Gathered

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


def bound(names: Columns, a: Ints, b: Ints) -> Floats:
    """An upper bound of the Jaro-Winkler similarity of names a[n] and b[n].

    Letters in common m ≤ bits in common + letters beyond the second of their kind;
    Jaro ≤ (m/|a| + m/|b| + 1) / 3; Winkler's bonus is exact.
    """
    one, other = Gathered(names, a), Gathered(names, b)
    length_a = np.maximum(one["length"], 1).astype(np.float32)
    length_b = np.maximum(other["length"], 1).astype(np.float32)
    common = np.bitwise_count(one["letters"] & other["letters"]).astype(np.float32)
    common += np.minimum(one["more"], other["more"])
    common = np.minimum(common, np.minimum(length_a, length_b))
    jaro = (common / length_a + common / length_b + 1) / 3
    differing = one["prefix"] ^ other["prefix"]
    prefix = np.zeros(len(a), dtype=np.float32)
    for letters in (0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF):
        prefix += (differing & np.uint32(letters)) == 0
    prefix = np.minimum(prefix, np.minimum(length_a, length_b))
    found: Floats = np.where(common > 0, jaro + prefix * np.float32(0.1) * (1 - jaro), 0)
    return found


def jaro_winkler(
    names: Columns, texts: Sequence[str], a: Ints, b: Ints, *, at_least: float | Floats
) -> Floats:
    """Similarities (0 to 1); 0 where the letters rule ``at_least`` out."""
    found = np.zeros(len(a), dtype=np.float32)
    if not len(a):
        return found
    possible = (bound(names, a, b) >= at_least).nonzero()[0]
    if not len(possible):
        return found
    low = np.minimum(a[possible], b[possible]).astype(np.uint64)
    high = np.maximum(a[possible], b[possible]).astype(np.uint64)
    pairs, where = np.unique((low << np.uint64(32)) | high, return_inverse=True)
    one = (pairs >> np.uint64(32)).tolist()
    other = (pairs & np.uint64(0xFFFFFFFF)).tolist()
    compare = jellyfish.jaro_winkler_similarity
    values = [compare(texts[left], texts[right]) for left, right in zip(one, other, strict=True)]
    found[possible] = np.array(values, dtype=np.float32)[where.ravel()]
    return found
