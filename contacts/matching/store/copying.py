"""Computed signatures with their keys, and as rows of PostgreSQL's binary COPY."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
_HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, no extension
_END: Final = struct.pack(">h", -1)
_FIRST: Final = struct.Struct(">hiqi")  # three fields; the id with its length, the next length
_ARRAY: Final = struct.Struct(">iiiiii")  # length; dimensions, no nulls, int4, size, from 1
_EMPTY: Final = struct.pack(">iiii", 12, 0, 0, 23)
_INT4: Final = 23


@dataclass(frozen=True, slots=True)
class Computed:
    """Signatures by record; of the ``keys`` each record in turn has so many as ``counts`` says,
    in ascending order."""

    data: Mapping[int, bytes]
    keys: Ints
    counts: Sequence[int]

    def keys_by_record(self) -> Iterator[list[int]]:
        """The keys of each record."""
        at = 0
        for count in self.counts:
            yield self.keys[at : at + count].tolist()
            at += count


def distinct(keys: Ints, rows: Sequence[int]) -> tuple[Ints, list[int]]:
    """The keys of records that have so many ``rows`` of keys each: ascending, each once for its
    record, absent ones (0) left out; and how many each record has."""
    record = np.repeat(np.arange(len(rows), dtype=np.int64), rows)
    spread = np.int64(1 << 31)
    both = np.unique((record[:, None] << np.int64(32)) + (keys.astype(np.int64) + spread))
    values = ((both & np.int64(0xFFFFFFFF)) - spread).astype(np.int32)
    present = values != 0
    owners = (both >> np.int64(32))[present]
    return values[present], np.bincount(owners, minlength=len(rows)).tolist()


def rows(found: Computed) -> bytes:
    """(id, data, keys) of each record for COPY … (FORMAT BINARY)."""
    elements = np.empty((len(found.keys), 2), dtype=">i4")
    elements[:, 0] = 4  # the length of each
    elements[:, 1] = found.keys
    keys = elements.tobytes()
    parts = [_HEADER]
    at = 0
    for (pk, data), count in zip(found.data.items(), found.counts, strict=True):
        size = 8 * count
        parts += (_FIRST.pack(3, 8, pk, len(data)), data)
        if count:
            parts += (_ARRAY.pack(20 + size, 1, 0, _INT4, count, 1), keys[at : at + size])
        else:
            parts.append(_EMPTY)
        at += size
    return b"".join([*parts, _END])
