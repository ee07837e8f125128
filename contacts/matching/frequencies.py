"""How frequent names, days, mailboxes, numbers and addresses are, and which are mere fillers.

A filler is a value that so many records hold that it says nothing of any of them: 1900-01-01,
info@…, the switchboard, Max Mustermann. Fillers count as missing, and the user sees the list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from contacts.matching.columns import Columns
from contacts.matching.hashing import combined
from contacts.matching.stock import Bytes, Floats, Stock

BIRTH_SHARE: Final = 0.002
BIRTH_LEAST: Final = 20
MAIL_LEAST: Final = 20
PHONE_LEAST: Final = 30
NAME_LEAST: Final = 200
NAME_TIMES: Final = 20
_MAIL_PARTS: Final = ("mail", "local", "letters", "exchanged", "bag")


@dataclass(slots=True)
class Fillers:
    """Values that count as missing, each with how many records hold it.

    ``births`` are days as 19000101, ``mails`` hashes of mailboxes, ``phones`` numbers, ``names``
    pairs of dictionary numbers (given name, surname).
    """

    births: dict[int, int] = field(default_factory=dict)
    mails: dict[int, int] = field(default_factory=dict)
    phones: dict[int, int] = field(default_factory=dict)
    names: dict[tuple[int, int], int] = field(default_factory=dict)

    def as_json(self) -> dict[str, list[list[int]]]:
        """For storing."""
        return {
            "births": [[value, held] for value, held in self.births.items()],
            "mails": [[value, held] for value, held in self.mails.items()],
            "phones": [[value, held] for value, held in self.phones.items()],
            "names": [[*pair, held] for pair, held in self.names.items()],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Fillers":
        """What :meth:`as_json` gave."""
        return cls(
            dict(stored["births"]),
            dict(stored["mails"]),
            dict(stored["phones"]),
            {(given, surname): held for given, surname, held in stored["names"]},
        )


def fillers(rows: Columns) -> Fillers:
    """The fillers of these records."""
    found = Fillers()
    births = rows["birth"][rows["birth"] != 0]
    least = max(BIRTH_LEAST, BIRTH_SHARE * len(births))
    found.births = _frequent(births, least)
    found.mails = _frequent(rows["mail"][rows["mail"] != 0], MAIL_LEAST)
    found.phones = _frequent(rows["phone"][rows["phone"] != 0], PHONE_LEAST)
    found.names = _frequent_names(rows)
    return found


def among(column: npt.NDArray[Any], values: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Where one of a few values stands; their last 16 bits rule out nearly everything else."""
    table = np.zeros(1 << 16, dtype=bool)
    table[np.array(values, dtype=column.dtype).astype(np.uint16)] = True
    found: npt.NDArray[np.bool_] = table[column.astype(np.uint16)]
    at = np.nonzero(found)
    found[at] = np.isin(column[at], values)
    return found


def blanked(rows: Columns, found: Fillers) -> Columns:
    """The records with their fillers taken out."""
    changed: dict[str, npt.NDArray[Any]] = {}

    def blank(name: str, where: npt.NDArray[np.bool_], value: int = 0) -> None:
        column = changed.setdefault(name, np.array(rows[name]))
        column[where] = value

    if found.births:
        blank("birth", among(rows["birth"], list(found.births)))
    if found.mails:
        mails = among(rows["mail"], list(found.mails))
        for name in (*_MAIL_PARTS, "word"):
            blank(name, mails)
        blank("year", mails, -1)
    if found.phones:
        blank("phone", among(rows["phone"], list(found.phones)))
    for given, surname in found.names:
        nobody = (rows["given"] == given) & (rows["surname"] == surname)
        for name in ("given", "surname", "spoken"):
            blank(name, nobody)
    return rows.replaced(**changed)


def stock_of(rows: Columns, names: Columns, texts: Sequence[str]) -> Stock:
    """The records with their frequencies. ``rows`` have no fillers any more."""
    return Stock(
        rows=rows,
        names=names,
        texts=texts,
        given_share=share_of(rows["given"], names.count),
        surname_share=share_of(rows["surname"], names.count),
        birth_share=birth_share(rows),
        mail_held=held(rows["mail"]),
        phone_held=held(rows["phone"]),
        place_held=held(place_keys(rows)),
        firm_held=held(rows["firm"]),
    )


def share_of(ids: npt.NDArray[np.int32], count: int) -> Floats:
    """Which share of the records that have a name bears each name of the dictionary."""
    counts = np.bincount(ids, minlength=count).astype(np.float64)
    counts[0] = 0
    share: Floats = (counts / max(counts.sum(), 1.0)).astype(np.float32)
    return share


def place_keys(rows: Columns) -> npt.NDArray[np.uint32]:
    """A number for postal code, street and house; one column per place of a record."""
    return combined(
        3,
        rows["postcode"].astype(np.uint32),
        rows["street"].astype(np.uint32),
        rows["house"].astype(np.uint32),
    )


def held(values: npt.NDArray[Any]) -> Bytes:
    """For each value how many values equal it, at most 255; 0 for absent ones."""
    found = np.zeros(values.shape, dtype=np.uint8)
    present = values != 0
    flat = values[present]
    order = np.argsort(flat)
    ordered = flat[order]
    _unique, counts = _runs(ordered)
    back = np.empty(len(flat), dtype=np.uint8)
    back[order] = np.repeat(np.minimum(counts, 255), counts).astype(np.uint8)
    found[present] = back
    return found


def birth_share(rows: Columns) -> Floats:
    """For each record which share of the dated ones was born on its day."""
    births = rows["birth"]
    days, counts = _runs(np.sort(births[births != 0]))
    share = np.zeros(len(births), dtype=np.float32)
    if len(days):
        at = np.minimum(np.searchsorted(days, births), len(days) - 1)
        share = (counts[at] / counts.sum()).astype(np.float32)
        share[births == 0] = 0
    return share


def _frequent(values: npt.NDArray[Any], least: float) -> dict[int, int]:
    unique, counts = _runs(np.sort(values))
    many = counts >= least
    return dict(zip(unique[many].tolist(), counts[many].tolist(), strict=True))


def _frequent_names(rows: Columns) -> dict[tuple[int, int], int]:
    given, surname = rows["given"].astype(np.int64), rows["surname"].astype(np.int64)
    both = (given != 0) & (surname != 0)
    total = int(both.sum())
    if total < NAME_LEAST:
        return {}
    given_count, surname_count = np.bincount(given[both]), np.bincount(surname[both])
    often = both & (given_count[np.minimum(given, len(given_count) - 1)] >= NAME_LEAST)
    often &= surname_count[np.minimum(surname, len(surname_count) - 1)] >= NAME_LEAST
    found = {}
    for pair, count in _frequent((given << 32 | surname)[often], NAME_LEAST).items():
        one, other = pair >> 32, pair & 0xFFFFFFFF
        # what the parts predict: the pair's own records left out, which alone may make them many
        rest = max(total - count, 1)
        expected = (given_count[one] - count) * (surname_count[other] - count) / rest
        if count >= NAME_TIMES * expected:
            found[one, other] = count
    return found


def _runs(ordered: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    """The different values of a sorted array and how often each occurs."""
    if not len(ordered):
        return ordered, np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(np.append(starts, len(ordered)))
