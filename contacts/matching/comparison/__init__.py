"""How alike two records are, field by field, as a pattern of levels.

A field that is missing on one side says nothing: its level is 0 and counts neither way.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from contacts.matching.comparison import births, names, places, reach
from contacts.matching.comparison.levels import (
    COMPANY_FIELDS,
    GIVEN,
    PERSON_FIELDS,
    SURNAME,
    Field,
)
from contacts.matching.stock import Pairs

Levels = npt.NDArray[np.uint8]
Patterns = npt.NDArray[np.uint64]
_COMPARE: dict[str, Callable[[Pairs], Levels]] = {
    "birth": births.birth,
    "mail": reach.mail,
    "phone": reach.phone,
    "place": places.place,
    "year": reach.year,
    "firm": places.firm,
    "number": places.number,
}
_BITS = 5


def compare(pairs: Pairs, fields: Sequence[Field]) -> Patterns:
    """The pattern of each pair: five bits per field, the first field highest."""
    levels = {"surname": names.surname(pairs)}
    if GIVEN in fields:
        levels["given"] = names.given(pairs)
        names.mark_swapped(pairs, levels["given"], levels["surname"])
        names.mark_mailbox(pairs, levels["given"], GIVEN)
        names.mark_mailbox(pairs, levels["surname"], SURNAME)
    for field in fields:
        if field.name not in levels:
            levels[field.name] = _COMPARE[field.name](pairs)
    return pack([levels[field.name] for field in fields])


def pack(levels: Sequence[Levels]) -> Patterns:
    """One number per pair."""
    pattern = np.zeros(len(levels[0]), dtype=np.uint64)
    for each in levels:
        pattern = (pattern << np.uint64(_BITS)) | each
    return pattern


def tallied(patterns: Patterns) -> tuple[Patterns, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The different patterns in order, the place of each pair's pattern among them, and counts.

    Finding the few different ones and looking the many up is quicker than sorting the many.
    """
    different = np.unique(patterns)
    place = np.searchsorted(different, patterns)
    return different, place, np.bincount(place, minlength=len(different))


def unpack(patterns: Patterns, fields: Sequence[Field]) -> Levels:
    """Levels of the patterns: one row each, one column per field."""
    columns = []
    for at in range(len(fields)):
        shift = np.uint64(_BITS * (len(fields) - 1 - at))
        columns.append(((patterns >> shift) & np.uint64(31)).astype(np.uint8))
    return np.stack(columns, axis=1) if len(patterns) else np.zeros((0, len(fields)), np.uint8)


__all__ = ["COMPANY_FIELDS", "PERSON_FIELDS", "compare", "pack", "tallied", "unpack"]
