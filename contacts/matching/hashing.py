"""Short stable numbers for texts, and numbers for combinations of numbers.

They are written into the database, so they must never depend on the process or the machine.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

UInt32s = npt.NDArray[np.uint32]
_SPREAD_INT = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio (Fibonacci hashing)
_SPREAD = np.uint64(_SPREAD_INT)
_MASK = 2**64 - 1
_FOLD = np.uint64(32)


def text_hash(text: str) -> int:
    """32 bits of a text; 0 for the empty text alone."""
    return crc32(text.encode("utf-8", "surrogatepass")) or 1 if text else 0


def combined(salt: int, *parts: UInt32s) -> UInt32s:
    """One 32-bit number per row from several; 0 (absent) where any part is 0."""
    if parts[0].shape == (1,):  # a single record, while somebody types: arrays only cost time
        return np.array([combined_numbers(salt, [int(part[0]) for part in parts])], dtype=np.uint32)
    number = np.full(parts[0].shape, salt, dtype=np.uint64)
    present = np.ones(parts[0].shape, dtype=bool)
    for part in parts:
        number = (number ^ part.astype(np.uint64)) * _SPREAD
        number ^= number >> _FOLD
        present &= part != 0
    short = (number >> np.uint64(8)).astype(np.uint32)
    return np.where(present, np.maximum(short, 1), 0).astype(np.uint32)


def combined_numbers(salt: int, parts: Sequence[int]) -> int:
    """What :func:`combined` makes of one row."""
    if not all(parts):
        return 0
    number = salt
    for part in parts:
        number = ((number ^ part) * _SPREAD_INT) & _MASK
        number ^= number >> 32
    return max((number >> 8) & 0xFFFFFFFF, 1)


def unordered(one: UInt32s, other: UInt32s) -> tuple[UInt32s, UInt32s]:
    """The two parts in the order of their size, so that exchanged parts combine alike."""
    return np.minimum(one, other), np.maximum(one, other)
