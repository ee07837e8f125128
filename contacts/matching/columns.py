"""Records by column: each field of many records in one contiguous array.

Signatures are stored as binary records, but numpy reads one field of many records ten times
faster from an array of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Columns(Mapping[str, Array]):
    """Arrays of equal length by the name of their field."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = dict(arrays)
        self.count = len(next(iter(self._arrays.values())))

    @classmethod
    def of(cls, rows: npt.NDArray[np.void]) -> "Columns":
        """The fields of a structured array."""
        names = rows.dtype.names or ()
        return cls({name: np.ascontiguousarray(rows[name]) for name in names})

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        """The number of fields; :attr:`count` is that of the records."""
        return len(self._arrays)

    def taken(self, where: Array) -> "Columns":
        """Some of the records."""
        return Columns({name: array.take(where, axis=0) for name, array in self._arrays.items()})

    def first(self) -> "Columns":
        """The first record alone, not copied."""
        return Columns({name: array[:1] for name, array in self._arrays.items()})

    def replaced(self, **arrays: Array) -> "Columns":
        """The same with other arrays for some fields."""
        return Columns({**self._arrays, **arrays})


class Gathered:
    """Fields of some records of a :class:`Columns`, fetched when they are asked for."""

    def __init__(self, columns: Columns, where: Array) -> None:
        self._columns = columns
        self._where = where.astype(np.intp, copy=False)  # numpy would do so at each fetching
        self._fetched: dict[str, Array] = {}

    def __len__(self) -> int:
        return len(self._where)

    def __getitem__(self, name: str) -> Array:
        found = self._fetched.get(name)
        if found is None:
            found = self._fetched[name] = self._columns[name].take(
                self._where,
                axis=0,
                mode="clip",  # all are inside: looking is what costs
            )
        return found

    def at(self, where: Array) -> "Gathered":
        """Some of them."""
        return Gathered(self._columns, self._where[where])
