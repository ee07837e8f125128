"""One fixed-length binary record per person or company: all that matching reads of it.

It is computed when a record is written and kept with it. A record with more values than a
signature has places gets further signatures with the same id, so that none is lost.
"""

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from contacts.matching.hashing import text_hash
from contacts.matching.mailboxes import NO_YEAR, Mailbox, mailbox
from contacts.matching.names import folded
from contacts.matching.normalise.company_words import company_core
from contacts.matching.normalise.folding import loose
from contacts.matching.remembering import remembered

MAILBOXES, PHONES, PLACES, EMPLOYERS = 3, 4, 2, 2
SIGNATURE = np.dtype(
    [
        ("id", "<i8"),
        ("given", "<i4"),  # number of the name in the dictionary, 0 none
        ("surname", "<i4"),  # of a company: the core of its name
        ("birth", "<i4"),  # 19640417, 0 none
        ("number", "<u4"),  # VAT id
        ("spoken", "<u4", (2,)),  # letters of given name and surname, in both orders
        ("mail", "<u4", (MAILBOXES,)),
        ("local", "<u4", (MAILBOXES,)),
        ("domain", "<u4", (MAILBOXES,)),
        ("letters", "<u4", (MAILBOXES,)),
        ("exchanged", "<u4", (MAILBOXES,)),
        ("word", "<u4", (MAILBOXES, 2)),
        ("bag", "<u8", (MAILBOXES,)),
        ("year", "i1", (MAILBOXES,)),
        ("mobile", "u1"),  # bit per place of ``phone``
        ("phone", "<i8", (PHONES,)),  # E.164 without the plus
        ("street", "<i4", (PLACES,)),
        ("postcode", "<i4", (PLACES,)),
        ("city", "<u4", (PLACES,)),
        ("house", "<i2", (PLACES,)),
        ("suffix", "<u2", (PLACES,)),
        ("employer", "<i4", (EMPLOYERS,)),
        ("firm", "<i4", (EMPLOYERS,)),  # the core of the employer's name
    ]
)
"""The layout; what is absent is 0 (``year``: -1)."""
_PACKER = struct.Struct("<q3iI2I3I3I3I3I3I6I3Q3bB4q2i2i2I2h2H2i2i")
_HOUSE = re.compile(r"(\d{1,4})\s*(.*)", re.DOTALL)
_MOBILE = re.compile(r"\+49(1[567])|\+43(6[5-9])|\+41(7[4-9])")
Signatures = npt.NDArray[np.void]
NameIds = Callable[[str], int]
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives or works: street without number, number, postal code, city."""

    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    city: str = ""


@dataclass(slots=True)
class Facts:
    """What is known of a record, normalised: mail in small letters, phones as E.164.

    ``employers`` are (id, name). A company has its name as ``surname`` and no given name.
    The most telling values stand first.
    """

    id: int = 0
    given_name: str = ""
    surname: str = ""
    birth_date: date | None = None
    vat_id: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    employers: list[tuple[int, str]] = field(default_factory=list)

    def names(self) -> Iterator[str]:
        """The folded texts that must be in the dictionary before :func:`packed`."""
        yield folded(self.given_name)
        yield folded(self.surname)
        for place in self.places:
            yield street_name(place.street)
        for _id, name in self.employers:
            yield firm_name(name)


@remembered(1 << 13)
def street_name(street: str) -> str:
    """The dictionary's form of a street: "Lange Straße", "Lange Str." → "lange str"."""
    text = re.sub(r"(?<=\w)\s?str(asse)?$", " str", folded(street))
    return re.sub(r"str(asse)?(?=\s|$)", "str", text)


@remembered(1 << 13)
def firm_name(name: str) -> str:
    """The dictionary's form of a company's name: its core, folded."""
    return folded(company_core(name))


def mailbox_of(address: str, given_name: str, surname: str) -> Mailbox:
    """What a record's address says; remembered for a while, so it may be asked for ahead."""
    return mailbox(address, _letters(given_name), _letters(surname))


def packed(facts: Facts, name_id: NameIds) -> bytes:
    """The record's signature, or several one behind the other.

    ``name_id`` gives the number of a folded name, 0 for the empty one and for those it does
    not know.
    """
    given, surname = folded(facts.given_name), folded(facts.surname)
    joined = _letters(facts.given_name), _letters(facts.surname)
    boxes = [mailbox(address, *joined) for address in facts.emails]
    spoken = (0, 0)
    if joined[0] and joined[1]:
        spoken = text_hash(joined[0] + joined[1]), text_hash(joined[1] + joined[0])
    head = (
        facts.id,
        name_id(given),
        name_id(surname),
        _day(facts.birth_date),
        text_hash(facts.vat_id),
        *spoken,
    )
    employers = [(pk, name_id(firm_name(name))) for pk, name in facts.employers]
    places = [_place(place, name_id) for place in facts.places]
    parts: tuple[list[Any], ...] = (boxes, facts.phones, places, employers)
    if all(len(values) <= size for values, size in zip(parts, _SIZES, strict=True)):
        return _packed(head, *parts)
    portions: Iterator[tuple[Any, ...]] = zip_longest(
        *(_parts(values, size) for values, size in zip(parts, _SIZES, strict=True)), fillvalue=[]
    )
    return b"".join([_packed(head, *portion) for portion in portions])


def read(data: bytes) -> Signatures:
    """Signatures as rows of :data:`SIGNATURE`; the memory is shared, not copied."""
    return np.frombuffer(data, dtype=SIGNATURE)


def _letters(name: str) -> str:
    """A folded name without its spaces."""
    return folded(name).replace(" ", "")


def _parts(values: Sequence[V], size: int) -> list[list[V]]:
    """The values in portions; at least one portion, even if it is empty."""
    return [list(values[at : at + size]) for at in range(0, max(len(values), 1), size)]


_SIZES = (MAILBOXES, PHONES, PLACES, EMPLOYERS)
_NO_BOXES, _NO_NUMBERS = [Mailbox()] * MAILBOXES, [0] * PHONES
_NO_PLACES, _NO_EMPLOYERS = [(0, 0, 0, 0, 0)] * PLACES, [(0, 0)] * EMPLOYERS


def _packed(
    head: tuple[int, ...],
    boxes: Sequence[Mailbox],
    phones: Sequence[str],
    places: Sequence[tuple[int, ...]],
    employers: Sequence[tuple[int, int]],
) -> bytes:
    whole, local, domain, letters, exchanged, one, other, bag, year = zip(
        *boxes, *_NO_BOXES[len(boxes) :], strict=True
    )
    numbers, mobile = [*map(_number, phones), *_NO_NUMBERS[len(phones) :]], 0
    for at, phone in enumerate(phones):
        if _MOBILE.match(phone):
            mobile |= 1 << at
    words = (one[0], other[0], one[1], other[1], one[2], other[2])
    place = chain.from_iterable(zip(*places, *_NO_PLACES[len(places) :], strict=True))
    firm = chain.from_iterable(zip(*employers, *_NO_EMPLOYERS[len(employers) :], strict=True))
    return _PACKER.pack(
        *(*head, *whole, *local, *domain, *letters, *exchanged, *words, *bag, *year, mobile),
        *(*numbers, *place, *firm),
    )


def _day(day: date | None) -> int:
    return day.year * 10000 + day.month * 100 + day.day if day else 0


def _number(phone: str) -> int:
    return int(phone.lstrip("+")[:18] or 0)


def _place(place: Place, name_id: NameIds) -> tuple[int, int, int, int, int]:
    """(street, postcode, city, house, suffix)"""
    found = _HOUSE.match(place.house_number.strip())
    house, suffix = (int(found[1]), loose(found[2])) if found else (0, "")
    return (
        name_id(street_name(place.street)),
        _postcode(place.postal_code),
        text_hash(loose(place.city).replace(" ", "")),
        house,
        text_hash(suffix) & 0xFFFF,
    )


@lru_cache(maxsize=1 << 14)
def _postcode(code: str) -> int:
    """Digits of a German postal code plus one, so that 00000 is something; others hashed."""
    if len(code) == 5 and code.isdecimal():
        return int(code) + 1
    return -(text_hash(code) >> 2) - 1 if code else 0


__all__ = [
    "NO_YEAR", "SIGNATURE", "Facts", "Place", "Signatures", "firm_name", "mailbox_of", "packed",
    "read", "street_name",
]  # fmt: skip
