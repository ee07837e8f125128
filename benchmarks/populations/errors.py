"""What goes wrong when people write a name, a place or a date a second time."""

import random
import re
from collections.abc import Callable

import numpy as np

from benchmarks.populations.names import nicknames
from benchmarks.populations.urns import Dice, Strings

_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
_NEIGHBOURS = {
    letter: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in _ROWS
    for at, letter in enumerate(row)
} | {str(digit): str((digit + 1) % 10) for digit in range(10)}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_SOUNDS = [
    ("ei", "ai"), ("ei", "ey"), ("ei", "ay"), ("ai", "ei"), ("ay", "ei"), ("ey", "ei"),
    ("aier", "ayer"), ("th", "t"), ("t", "th"), ("dt", "tt"), ("tt", "dt"), ("dt", "d"),
    ("ck", "k"), ("k", "ck"), ("c", "k"), ("k", "c"), ("ph", "f"), ("f", "ph"), ("v", "f"),
    ("f", "v"), ("w", "v"), ("d", "t"), ("t", "d"), ("b", "p"), ("p", "b"), ("g", "k"), ("k", "g"),
    ("ie", "i"), ("i", "ie"), ("i", "y"), ("y", "i"), ("z", "tz"), ("tz", "z"), ("sch", "sh"),
    ("chs", "x"), ("ah", "a"), ("eh", "e"), ("oh", "o"), ("a", "ah"), ("ss", "s"), ("ä", "e"),
    ("eu", "oi"), ("oi", "eu"), ("ae", "e"),
]  # fmt: skip
_CONSONANTS = set("bdfgklmnprst")
_TWICE = re.compile(r"([bdfgklmnprst])\1")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe",
                          "Ü": "Ue"})  # fmt: skip
_BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"})
_SPECIAL = re.compile("[äöüßÄÖÜ]|ss")
_TOWN_SUFFIX = re.compile(r" (?:am|an|in|im|bei|unter|\().*$")

Error = Callable[[str], str]


class Scribe:
    """Makes errors with one stream of chance."""

    def __init__(self, dice: Dice) -> None:
        self._chance = random.Random(int(dice.integers(0, 2**63)))
        self._dice = dice

    def spoil(self, column: Strings, rate: float, error: Error) -> None:
        """Put ``error`` to a share of the texts of a column."""
        for at in np.flatnonzero(self._dice.random(len(column)) < rate).tolist():
            if column[at]:
                column[at] = error(column[at])

    def slip(self, text: str) -> str:
        """One letter too many, too few, a neighbouring one, or two exchanged."""
        at = self._chance.randrange(len(text))
        kind = self._chance.randrange(4)
        if kind == 0:
            return f"{text[:at]}{self._chance.choice(_ALPHABET)}{text[at:]}"
        if kind == 1 and len(text) > 2:
            return text[:at] + text[at + 1 :]
        if kind == 2 and at + 1 < len(text):
            return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
        near = _NEIGHBOURS.get(text[at].lower()) or _ALPHABET
        return f"{text[:at]}{self._chance.choice(near)}{text[at + 1 :]}"

    def mishear(self, name: str) -> str:
        """Another spelling of the same sound."""
        lower = name.lower()
        heard = self._doubled(lower) if self._chance.random() < 0.3 else self._respelt(lower)
        return heard[:1].upper() + heard[1:] if name[:1].isupper() else heard

    def _doubled(self, name: str) -> str:
        """One of two equal consonants left out, or a single one doubled."""
        if pairs := list(_TWICE.finditer(name)):
            at = self._chance.choice(pairs).start()
            return name[:at] + name[at + 1 :]
        singles = [at for at, letter in enumerate(name) if letter in _CONSONANTS]
        if not singles:
            return self._respelt(name)
        at = self._chance.choice(singles)
        return name[:at] + name[at] + name[at:]

    def _respelt(self, name: str) -> str:
        fitting = [pair for pair in _SOUNDS if pair[0] in name]
        if not fitting:
            return name
        heard, spelling = self._chance.choice(fitting)
        places = [found.start() for found in re.finditer(heard, name)]
        at = self._chance.choice(places)
        return name[:at] + spelling + name[at + len(heard) :]

    def transliterate(self, text: str) -> str:
        """ä as ae, seldom as a; ß as ss or ss as ß."""
        if not _SPECIAL.search(text):
            return text
        if "ss" in text and self._chance.random() < 0.5:
            return text.replace("ss", "ß", 1)
        return text.translate(_BARE if self._chance.random() < 0.35 else _UMLAUTS)

    def change_digit(self, text: str) -> str:
        """One digit one or a few steps off."""
        places = [at for at, sign in enumerate(text) if sign.isdigit()]
        if not places:
            return text
        at = self._chance.choice(places)
        digit = (int(text[at]) + self._chance.choice([1, 2, 3, 7, 8, 9])) % 10
        return f"{text[:at]}{digit}{text[at + 1 :]}"

    def exchange_digits(self, text: str) -> str:
        """Two neighbouring digits exchanged, or one wrong."""
        at = self._chance.randrange(1, len(text) - 1)
        if self._chance.random() < 0.5 or text[at] == text[at + 1]:
            return self.change_digit(text[:at] + text[at]) + text[at + 1 :]
        return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"

    def other_house(self, number: str) -> str:
        """The same number with, without or with another suffix."""
        digits = number.rstrip("abc")
        if digits != number:
            return self._chance.choice([digits, digits, f"{digits} {number[-1]}"])
        added = ["a", "b", "a", f"-{int(digits) + 2}", " a"]
        return digits + self._chance.choice(added)

    def other_case(self, mail: str) -> str:
        """A mail address in capitals or with a capital letter."""
        return mail.upper() if self._chance.random() < 0.57 else mail[:1].upper() + mail[1:]

    def short_town(self, town: str) -> str:
        """A town without what tells it from others of its name."""
        return _TOWN_SUFFIX.sub("", town)

    def misdate(self, iso: str) -> str:
        """A birth date with one of the usual errors."""
        year, month, day = map(int, iso.split("-"))
        kind = self._chance.random()
        if kind < 0.52 and day <= 12:
            return f"{year}-{day:02}-{month:02}"
        if kind < 0.13:
            return f"{year}-01-01"
        if kind < 0.62:
            step = self._chance.choice([-1, 1, -10, 10])
            return f"{year + step}-{month:02}-{28 if (month, day) == (2, 29) else day:02}"
        steps = (-1, 1, -1, 1, 10, -10) if kind < 0.82 else (-18, -9, 9, 18, 19, -19)
        found = [day + step for step in steps if 1 <= day + step <= 28]
        return f"{year}-{month:02}-{self._chance.choice(found):02}"


def nicknamed(dice: Dice, firsts: Strings, share: float) -> None:
    """Replace a share of the first names that have other forms by one of them."""
    known = nicknames()
    draw = dice.random(len(firsts))
    for at in np.flatnonzero(draw < share).tolist():
        if others := known.get(firsts[at]):
            firsts[at] = others[int(draw[at] / share * len(others))]
