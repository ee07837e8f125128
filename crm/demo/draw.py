"""Drawing with frequencies of our own choice: common things come often, rare ones seldom."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Urn(Generic[T]):
    """A set of things with weights, to draw from again and again."""

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = list(weighted)
        self.items = tuple(item for item, _ in pairs)
        self._sums = list(accumulate(weight for _, weight in pairs))

    def draw(self, random: Random) -> T:
        """One thing, put back afterwards."""
        return self.items[bisect(self._sums, random.random() * self._sums[-1])]


def ranked(items: Sequence[T], *, share: float, steepness: float = 0.85) -> list[tuple[T, float]]:
    """Weights that fall with the rank (Zipf–Mandelbrot) and add up to ``share``."""
    weights = [1 / (rank + 2) ** steepness for rank in range(len(items))]
    total = sum(weights)
    return [(item, share * weight / total) for item, weight in zip(items, weights, strict=True)]


def even(items: Sequence[T], *, share: float) -> list[tuple[T, float]]:
    """The same weight for each, adding up to ``share``."""
    return [(item, share / len(items)) for item in items]


def quota(random: Random, *, wanted: int, left: int) -> bool:
    """Whether the next of ``left`` candidates is chosen, so that there will be ``wanted``."""
    return random.random() * left < wanted
