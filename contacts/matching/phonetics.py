"""Kölner Phonetik: German names that sound alike get the same digits.

Source: Hans Joachim Postel, „Die Kölner Phonetik. Ein Verfahren zur Identifizierung von
Personennamen auf der Grundlage der Gestaltanalyse“, IBM-Nachrichten 19 (1969), 925-931.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase

from contacts.matching.normalise.folding import fold

_ALWAYS = {
    **dict.fromkeys("aeijouy", "0"),
    **dict.fromkeys("bp", "1"),
    **dict.fromkeys("dt", "2"),
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    **dict.fromkeys("mn", "6"),
    **dict.fromkeys("sz", "8"),
    "h": "",
    "l": "5",
    "r": "7",
}
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_REPEATED = [(2 * digit, digit) for digit in "012345678"]


def _digits(before: str, letter: str, after: str) -> str:
    """What one letter sounds like between its neighbours (Postel's table)."""
    if letter == "p" and after == "h":
        return "3"
    if letter in "dt" and after in "csz":
        return "8"
    if letter == "x":
        return "8" if before in "ckq" else "48"
    if letter == "c":
        hard = "ahkloqrux" if before == " " else "ahkoqux"
        return "4" if before not in "sz" and after in hard else "8"
    return _ALWAYS[letter]


_TABLE = {
    before + letter + after: _digits(before, letter, after)
    for before in " " + ascii_lowercase
    for letter in ascii_lowercase
    for after in " " + ascii_lowercase
}


@lru_cache(maxsize=1 << 16)
def cologne(text: str) -> str:
    """Code of one name, e.g. ``cologne("Müller-Lüdenscheidt")`` → ``"65752682"``.

    Signs that are not Latin letters are passed over, so a double name is one word.
    Empty when nothing is left to be heard.
    """
    letters = fold(text)
    if not (letters.isascii() and letters.isalpha()):
        letters = _NOT_A_LETTER.sub("", letters)
    framed = f" {letters} "
    sounds = "".join([_TABLE[framed[at : at + 3]] for at in range(len(letters))])
    for twice, once in _REPEATED:
        while twice in sounds:
            sounds = sounds.replace(twice, once)
    return sounds[:1] + sounds[1:].replace("0", "")


def cologne_words(text: str) -> tuple[str, ...]:
    """Codes of the single words of a name: ``("657", "5268")`` style, silent words left out."""
    return tuple(code for word in fold(text).split() if (code := cologne(word)))


def cologne_all(names: Iterable[str]) -> list[str]:
    """Codes of many names, equal ones computed once."""
    return list(map(cologne, names))
