"""Foldings: one for sorting (DIN 5007-1), one for finding, and the spellings of a word.

DIN 5007-1 sorts ä as a, ö as o, ü as u, ß as ss and ignores accents. Names are *searched*
wider: Müller, Mueller and Muller are to find one another.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
        "ı": "i", "ŋ": "n", "ſ": "s", "ß": "ss", "ĸ": "k", "ŧ": "t", "ƶ": "z",
    }
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "a", "Ö": "o", "Ü": "u", "ß": "ss"})
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´ʼ](?=\w)")
_OTHER_SIGNS = re.compile(r"[\W_]+")
_UMLAUT_E = re.compile(r"([aou])e+")
_WRITTEN_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_MOST_SPELLINGS = 8


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """Lower-case letters and digits, words joined by one space, folded as DIN 5007-1 sorts.

    ``fold("Müller-Lüdenscheidt")`` → ``"muller ludenscheidt"``; ``fold("O’Brien")`` →
    ``"obrien"``. Signs other than letters and digits separate words; scripts other than
    Latin are kept.
    """
    if not text.isascii() and not (text := text.translate(_GERMAN)).isascii():
        text = _plain_letters(text)
    if text.isascii() and text.isalpha():
        return text.lower()
    text = _APOSTROPHES.sub("", text.lower())
    return _OTHER_SIGNS.sub(" ", text).strip()


def _plain_letters(text: str) -> str:
    """Case and accents gone; the second round folds what the first one brought to light."""
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        marks = "".join([sign for sign in text if not unicodedata.combining(sign)])
        text = unicodedata.normalize("NFKC", marks)
    return text


@lru_cache(maxsize=1 << 15)
def loose(text: str) -> str:
    """Fold further: ae, oe, ue as a, o, u, so that every spelling of an umlaut is one.

    Never less than a prefix of what longer text folds to: if x begins with p, then
    ``loose(x)`` begins with ``loose(p)``. That makes it fit for prefix search.
    """
    return _UMLAUT_E.sub(r"\1", fold(text))


def spellings(text: str) -> tuple[str, ...]:
    """Foldings under which a name typed like this may be stored, the likeliest first.

    ``spellings("Mueller")`` → ``("mueller", "muller")``; ``spellings("Muller")`` →
    ``("muller", "mueller")``. At most eight.
    """
    found = dict.fromkeys([fold(text), fold(text.lower().translate(_WRITTEN_UMLAUT)), loose(text)])
    plain = loose(text)
    for vowel in re.finditer(r"[aou]", plain):
        found.setdefault(f"{plain[: vowel.end()]}e{plain[vowel.end() :]}")
    return tuple(found)[:_MOST_SPELLINGS]


def sort_key(*, surname: str, given_name: str = "", particle: str = "") -> str:
    r"""Key that, compared byte by byte, sorts persons as DIN 5007-1 does.

    Surname, given name and particle stand apart by a tab, which sorts before every sign that
    a folded name can hold: Meier, Meier-Voß, Meierhofer. "von der Heide" sorts under Heide.
    """
    parts = [fold(surname), fold(given_name), fold(particle)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return "\t".join(parts)
