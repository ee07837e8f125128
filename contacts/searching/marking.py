"""Which letters of a shown text were found: as typed, or whole words by their sound."""

import re
from dataclasses import dataclass

from contacts.matching import phonetics
from contacts.matching.normalise import loose
from contacts.searching.query import Query

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text and whether it is marked."""

    text: str
    marked: bool = False


def marked(text: str, query: Query) -> tuple[Part, ...]:
    """``text`` in pieces: "Mayr Hebetechnik" for "maier" → "Mayr" marked, the rest not."""
    parts: list[Part] = []
    at = 0
    for token in _TOKEN.finditer(text):
        length = _found_length(token[0], query)
        if length:
            parts += [Part(text[at : token.start()]), Part(token[0][:length], marked=True)]
            at = token.start() + length
    parts.append(Part(text[at:]))
    return tuple(part for part in parts if part.text)


def wholly(text: str) -> tuple[Part, ...]:
    """The text as one marked piece."""
    return (Part(text, marked=True),) if text else ()


def _found_length(token: str, query: Query) -> int:
    """How many letters of the token were found: the beginning typed, all of it if by sound."""
    folded = loose(token)
    for word in query.words:
        if folded.startswith(word):
            return next(n for n in range(1, len(token) + 1) if loose(token[:n]).startswith(word))
    code = phonetics.cologne(token)
    return len(token) if code and code in query.sounds else 0
