"""Weighted drawing with numpy, and the random generators a population is drawn with."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Dice = np.random.Generator
Strings = NDArray[np.object_]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = dict[str, Strings]


class Urn:
    """Values with shares; ``draw`` gives positions in ``values``."""

    def __init__(self, values: Sequence[str], weights: Iterable[float]) -> None:
        self.values = strings(values)
        shares = np.fromiter(weights, dtype=float, count=len(self.values))
        self.shares = shares / shares.sum()
        self._limits = np.cumsum(self.shares)[:-1]

    def draw(self, dice: Dice, count: int) -> Numbers:
        """Positions of ``count`` values."""
        return np.searchsorted(self._limits, dice.random(count), side="right")

    def pick(self, dice: Dice, count: int) -> Strings:
        """``count`` values."""
        return self.values[self.draw(dice, count)]


def generator(seed: int, *path: int) -> Dice:
    """The generator of one part of a population: the same for the same seed and path."""
    return np.random.default_rng([seed, *path])


def strings(values: Sequence[str | None]) -> Strings:
    """An array of Python strings."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def ranked(points: Sequence[tuple[float, float]], count: int) -> NDArray[np.float64]:
    """Weights of ranks 1 to ``count`` from (rank, weight) points, straight in logarithms."""
    ranks, weights = np.log(np.array(points)).T
    return np.exp(np.interp(np.log(np.arange(1, count + 1)), ranks, weights))


@cache
def sections(file: str) -> dict[str, list[str]]:
    """Lines of a word list beside this module by the ``[section]`` they stand in."""
    found: dict[str, list[str]] = {}
    lines = found.setdefault("", [])
    for line in Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def words(file: str, section: str) -> list[str]:
    """The words of one section, each once."""
    return list(dict.fromkeys(" ".join(sections(file)[section]).split()))
