"""Names in capitals, or without any, given back their usual case."""

import re

_SMALL = {
    "von", "vom", "van", "zu", "zum", "zur", "der", "den", "dem", "de", "di", "da", "del",
    "della", "dos", "das", "do", "du", "la", "le", "ter", "ten", "te", "und", "af", "av", "bin",
    "ibn", "geb",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_AFTER_APOSTROPHE = re.compile(r"^([A-Z]['’])([^\W\d_])|^(Mc)([^\W\d_])")


def unshouted(text: str) -> str:
    """``"MÜLLER-LÜDENSCHEIDT"`` → ``"Müller-Lüdenscheidt"``; mixed case stays as it is.

    Also for text in small letters only. Words of one or two capitals among mixed ones
    ("Hans R. MAIER") are left to :func:`is_shouted`.
    """
    if not (is_shouted(text) or (text.islower() and len(text) > 2)):
        return text
    return " ".join([_word_in_case(word) for word in text.split(" ")])


def is_shouted(text: str) -> bool:
    """Whether the text is in capitals and long enough not to be a set of initials."""
    return text.isupper() and any(len(word) > 2 for word in _WORD.findall(text))


def _word_in_case(word: str) -> str:
    low = word.lower()
    if low.strip(".,") in _SMALL:
        return low
    capital = _WORD.sub(lambda part: part[0].capitalize(), low)
    return _AFTER_APOSTROPHE.sub(lambda m: f"{m[1] or m[3]}{(m[2] or m[4]).upper()}", capital)
