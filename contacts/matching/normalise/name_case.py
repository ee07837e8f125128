"""Names in capitals, or without any, given back their usual case."""

import re
from functools import lru_cache

_SMALL = {
    "von", "vom", "van", "zu", "zum", "zur", "der", "den", "dem", "de", "di", "da", "del",
    "della", "dos", "das", "do", "du", "la", "le", "ter", "ten", "te", "und", "af", "av", "bin",
    "ibn", "geb", "jun", "sen", "jr", "sr",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_WRITTEN_UMLAUT = re.compile(r"(?<=[AOU])e")  # MUeLLER: capitals all the same
_ROMAN = re.compile(r"[IVX]+")
_AFTER_APOSTROPHE = re.compile(r"^([A-Z]['’])([^\W\d_])|^(Mc)([^\W\d_])")


@lru_cache(maxsize=1 << 14)
def unshouted(text: str) -> str:
    """``"MÜLLER-LÜDENSCHEIDT"`` → ``"Müller-Lüdenscheidt"``, ``"hans MAIER"`` → ``"Hans Maier"``.

    Words of one or two capitals among others are initials and stay ("Hans R. Maier").
    """
    if is_shouted(text):
        return " ".join([_word_in_case(word) for word in text.split(" ")])
    return " ".join([_word_in_case(word) if _is_odd(word) else word for word in text.split(" ")])


def is_shouted(text: str) -> bool:
    """Whether the text is in capitals and long enough not to be a set of initials."""
    text = _WRITTEN_UMLAUT.sub("E", text)
    return text.isupper() and any(len(word) > 2 for word in _WORD.findall(text))


def _is_odd(word: str) -> bool:
    return is_shouted(word) or (word.islower() and len(word) > 2)


def _word_in_case(word: str) -> str:
    low = word.lower()
    if low.strip(".,") in _SMALL:
        return low
    if _ROMAN.fullmatch(word):
        return word
    capital = _WORD.sub(lambda part: part[0].capitalize(), low)
    return _AFTER_APOSTROPHE.sub(lambda m: f"{m[1] or m[3]}{(m[2] or m[4]).upper()}", capital)
