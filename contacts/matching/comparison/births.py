"""Birth dates of pairs."""

from typing import Final

import numpy as np
import numpy.typing as npt

from contacts.matching.comparison.levels import BIRTH
from contacts.matching.stock import Pairs

Levels = npt.NDArray[np.uint8]
BOUNDS: Final = np.array([3e-4, 3e-3], dtype=np.float32)
_NEW_YEAR: Final = 101


def birth(pairs: Pairs) -> Levels:
    """Levels of the birth dates; a slip is told from another day."""
    a, b = pairs.each("birth")
    levels = np.zeros(len(a), dtype=np.uint8)
    present = (a != 0) & (b != 0)
    same = present & (a == b)
    share = pairs.stock.birth_share[pairs.a[same]]
    levels[same] = BIRTH.number("same_rare") + np.searchsorted(BOUNDS, share, side="right")
    differ = (present & ~same).nonzero()[0]
    levels[differ] = _different(a[differ], b[differ])
    return levels


def _different(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> Levels:
    year_a, month_a, day_a = a // 10000, a // 100 % 100, a % 100
    year_b, month_b, day_b = b // 10000, b // 100 % 100, b % 100
    same_year = year_a == year_b
    same_day = (month_a == month_b) & (day_a == day_b)
    apart = np.abs(year_a - year_b)
    levels = np.full(len(a), BIRTH.number("other"), dtype=np.uint8)
    levels[same_year] = BIRTH.number("same_year")
    new_year = (a % 10000 == _NEW_YEAR) | (b % 10000 == _NEW_YEAR)
    levels[same_year & new_year] = BIRTH.number("filler")
    levels[same_year & (month_a == month_b)] = BIRTH.number("month")
    levels[same_day & ((apart == 1) | (apart == 10) | _one_digit(year_a, year_b))] = BIRTH.number(
        "year"
    )
    levels[_one_digit(a, b) & same_year] = BIRTH.number("digit")
    exchanged = same_year & (month_a == day_b) & (day_a == month_b)
    levels[exchanged] = BIRTH.number("exchanged")
    return levels


def _one_digit(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Whether exactly one decimal digit differs."""
    apart = np.abs(a - b)
    alike = np.zeros(len(a), dtype=np.uint8)
    for power in range(8):
        alike += (a // 10**power % 10 != b // 10**power % 10).astype(np.uint8)
    found: npt.NDArray[np.bool_] = (alike == 1) & (apart > 0)
    return found
