"""Given name and surname of pairs."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from contacts.matching import strings
from contacts.matching.columns import Columns, Gathered
from contacts.matching.comparison.levels import GIVEN, SURNAME, Field
from contacts.matching.signatures import MAILBOXES
from contacts.matching.stock import Floats, Ints, Pairs, Stock

Levels = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
SAME_BOUNDS: Final = np.array([1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2], dtype=np.float32)
_NEAR, _SWAPPED = 0.8, 0.88
_SWAPPED_RARE = 3e-8


class _Differing:
    """The pairs whose names differ: the names' features, similarity and shares."""

    def __init__(self, pairs: Pairs, field: Field, share: Floats) -> None:
        a, b = pairs.each(field.name)
        self.field = field
        self.levels, self.where = _same(a, b, share)
        a, b = a[self.where], b[self.where]
        names = pairs.stock.names
        self.one, self.other = Gathered(names, a), Gathered(names, b)
        self.similarity = _similarity(pairs.stock, a, b, self.one, self.other)
        self.shares = share[a], share[b]
        self.found = np.full(len(self.where), field.number("other"), dtype=np.uint8)
        self.mark("near", self.similarity >= _NEAR)

    def mark(self, code: str, which: Flags) -> None:
        """Give some of them this level; what is marked later counts."""
        self.found[which] = self.field.number(code)

    def alike(self, at_least: float, *, of_one_sound: float) -> Flags:
        """Similar as they are written, or of one sound and not too differently written."""
        sound = self.one["code"] == self.other["code"]
        found: Flags = (self.similarity >= at_least) | (sound & (self.similarity >= of_one_sound))
        return found

    def all_levels(self) -> Levels:
        """Levels of all pairs, those with equal and with missing names included."""
        self.levels[self.where] = self.found
        return self.levels


def given(pairs: Pairs) -> Levels:
    """Levels of the given names, for themselves."""
    names = _Differing(pairs, GIVEN, pairs.stock.given_share)
    names.mark("initial", _initial(names.one, names.other))
    names.mark("word", names.one["first"] == names.other["first"])
    names.mark("nickname", _nickname(names.one, names.other))
    similar = names.alike(0.9, of_one_sound=0.75)
    _mark_similar(names.found, similar, names.shares, GIVEN, rare=5e-5, bounds=(3e-4, 3e-3))
    return names.all_levels()


def surname(pairs: Pairs) -> Levels:
    """Levels of the surnames, for themselves."""
    names = _Differing(pairs, SURNAME, pairs.stock.surname_share)
    sounds, words = ("first_code", "last_code"), ("first", "last")
    names.mark("similar_word", _shares_word(names.one, names.other, sounds))
    names.mark("word", _shares_word(names.one, names.other, words))
    similar = names.alike(0.92, of_one_sound=0.6)
    _mark_similar(names.found, similar, names.shares, SURNAME, rare=1e-5, bounds=(3e-5, 3e-4))
    return names.all_levels()


def mark_swapped(pairs: Pairs, given_levels: Levels, surname_levels: Levels) -> None:
    """Where the given name of one is the surname of the other, and the reverse, say so."""
    weak = given_levels >= GIVEN.number("similar_common")
    weak &= surname_levels >= SURNAME.number("similar_common")
    where = weak.nonzero()[0]
    if not len(where):
        return
    one, other = pairs.one.at(where), pairs.other.at(where)
    names = pairs.stock.names
    initial = names["prefix"] & np.uint32(0xFF)
    crossed = initial[one["given"]] == initial[other["surname"]]
    crossed &= initial[one["surname"]] == initial[other["given"]]
    if not crossed.any():
        return
    where, one, other = where[crossed], one.at(crossed), other.at(crossed)
    texts = pairs.stock.texts
    straight = _equal_or_similar(names, texts, one["given"], other["surname"])
    back = _equal_or_similar(names, texts, one["surname"], other["given"])
    swapped = straight & back
    where, one, other = where[swapped], one.at(swapped), other.at(swapped)
    joint = np.maximum(_joint(pairs.stock, one), _joint(pairs.stock, other))
    rare = joint < _SWAPPED_RARE
    for levels, field in ((given_levels, GIVEN), (surname_levels, SURNAME)):
        levels[where[rare]] = field.number("swapped_rare")
        levels[where[~rare]] = field.number("swapped_common")


def mark_mailbox(pairs: Pairs, levels: Levels, field: Field) -> None:
    """Where names differ but the mailbox of one holds the other's name, say so."""
    where = (levels == field.number("other")).nonzero()[0]
    if not len(where):
        return
    one, other = pairs.one.at(where), pairs.other.at(where)
    names = pairs.stock.names
    holds = np.zeros(len(where), dtype=bool)
    for holder, named in ((one, other), (other, one)):
        name = Gathered(names, named[field.name])
        words = holder["word"].reshape(-1, 2 * MAILBOXES)
        told = ((words != 0).any(axis=1) & (name["length"] > 1)).nonzero()[0]
        for column in ("joined", "first" if field is GIVEN else "last"):
            holds[told] |= (words[told] == name[column][told, None]).any(axis=1)
    levels[where[holds]] = field.number("mailbox")


def _same(a: Ints, b: Ints, share: Floats) -> tuple[Levels, npt.NDArray[np.int64]]:
    """Levels where the names are equal or one is missing; the places where they differ."""
    present = (a != 0) & (b != 0)
    equal = (a == b) & present
    levels = np.zeros(len(a), dtype=np.uint8)
    levels[equal] = 1 + np.searchsorted(SAME_BOUNDS, share[a[equal]], side="right")
    return levels, (present & ~equal).nonzero()[0]


def _similarity(stock: Stock, a: Ints, b: Ints, one: Gathered, other: Gathered) -> Floats:
    """Similarity of the names; equal codes are compared further down."""
    at_least = np.where(one["code"] == other["code"], 0.6, _NEAR).astype(np.float32)
    return strings.jaro_winkler(stock.names, stock.texts, a, b, at_least=at_least)


def _mark_similar(
    found: Levels,
    similar: Flags,
    shares: tuple[Floats, Floats],
    field: Field,
    *,
    rare: float,
    bounds: tuple[float, float],
) -> None:
    """A rare spelling beside a common one is a slip; two common ones are two names."""
    is_rare = np.minimum(*shares) < rare
    step = np.searchsorted(np.array(bounds, dtype=np.float32), np.maximum(*shares), side="right")
    levels = np.where(
        is_rare, field.number("similar_rare_1") + step, field.number("similar_common")
    )
    found[similar] = levels[similar]


def _initial(one: Gathered, other: Gathered) -> Flags:
    single = (one["length"] == 1) | (other["length"] == 1)
    found: Flags = single & (((one["prefix"] ^ other["prefix"]) & np.uint32(0xFF)) == 0)
    return found


def _nickname(one: Gathered, other: Gathered) -> Flags:
    a, b = one["nickname"], other["nickname"]
    found: Flags = ((a[:, :, None] == b[:, None, :]) & (a[:, :, None] != 0)).any(axis=(1, 2))
    return found


def _shares_word(one: Gathered, other: Gathered, columns: tuple[str, str]) -> Flags:
    several = (one["words"] > 1) | (other["words"] > 1)
    shared = np.zeros(len(one), dtype=bool)
    for left in columns:
        for right in columns:
            shared |= (one[left] == other[right]) & (one[left] != 0)
    found: Flags = several & shared
    return found


def _equal_or_similar(names: Columns, texts: Sequence[str], a: Any, b: Any) -> Flags:
    found: Flags = (a == b) & (a != 0)
    rest = (~found & (a != 0) & (b != 0)).nonzero()[0]
    similarity = strings.jaro_winkler(
        names,
        texts,
        a[rest],
        b[rest],
        at_least=_SWAPPED,
    )
    found[rest] = similarity >= _SWAPPED
    return found


def _joint(stock: Stock, rows: Gathered) -> Floats:
    found: Floats = stock.given_share[rows["given"]] * stock.surname_share[rows["surname"]]
    return found
