"""The records of a run in memory, with what their comparison needs to know of frequencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from contacts.matching.columns import Columns, Gathered

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Stock:
    """Signatures in ascending order of id, the dictionary of their names, and frequencies.

    ``texts`` are the dictionary's texts without spaces. ``given_share`` and ``surname_share``
    tell per name which share of the records bears it. Per record: ``birth_share`` (which share
    was born on that day), and how many records hold each mailbox, phone, place and employer
    (``…_held``, at most 255; one column per place of the signature).
    """

    rows: Columns
    names: Columns
    texts: Sequence[str]
    given_share: Floats
    surname_share: Floats
    birth_share: Floats
    mail_held: Bytes
    phone_held: Bytes
    place_held: Bytes
    firm_held: Bytes

    def __len__(self) -> int:
        return self.rows.count


@dataclass(frozen=True, slots=True)
class Pairs:
    """Some pairs of a stock: ``a`` and ``b`` are positions, ``one`` and ``other`` their records."""

    stock: Stock
    a: Ints
    b: Ints
    one: Gathered
    other: Gathered

    @classmethod
    def of(cls, stock: Stock, a: Ints, b: Ints) -> "Pairs":
        """The pairs (a[n], b[n])."""
        return cls(stock, a, b, Gathered(stock.rows, a), Gathered(stock.rows, b))

    def __len__(self) -> int:
        return len(self.a)

    def each(self, of: str) -> tuple[Any, Any]:
        """One field of both sides."""
        return self.one[of], self.other[of]
