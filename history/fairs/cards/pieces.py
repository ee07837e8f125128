"""What a card says, cut where printers separate things: lines, strokes, dots in the middle."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contacts.matching.normalise import unreadable

_SEPARATORS = re.compile(r"\s*[|¦•·●■▪◆*]\s*|\s{3,}")
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
_EDGES = " \t|¦_—=~<>«»‘’‚“”„\"'`´•·●■*,;:/\\-–"


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it was recognised. ``confidence`` is from 0 to 1, ``height`` that of its letters;
    ``left`` and ``top`` say where it begins (all in pixels, 0 if nobody knows)."""

    text: str
    confidence: float = 1.0
    height: float = 0.0
    left: int = 0
    top: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a row that belongs together; ``row`` is its number from the top, ``size`` how
    high its letters are compared with the usual ones of the card."""

    text: str
    confidence: float
    row: int
    size: float = 1.0
    left: int = 0
    top: int = 0

    def without(self, spans: Iterable[tuple[int, int]]) -> list["Piece"]:
        """What is left once the spans of its text are taken out."""
        kept, at = [], 0
        for start, end in sorted(spans):
            kept.append(self.text[at:start])
            at = max(at, end)
        kept.append(self.text[at:])
        return [replace(self, text=text) for part in kept if (text := part.strip(_EDGES))]


def of(rows: Sequence[Row]) -> list[Piece]:
    """The pieces of all rows in reading order; what holds neither letter nor digit is dropped."""
    heights = sorted(row.height for row in rows if row.height > 0)
    usual = heights[len(heights) // 2] if heights else 1.0
    found = []
    for number, row in enumerate(rows):
        text = unreadable.cleaned(row.text.translate(_LIGATURES))
        size = row.height / usual if row.height else 1.0
        for part in _SEPARATORS.split(text):
            bare = part.strip(_EDGES)
            if any(sign.isalnum() for sign in bare):
                piece = Piece(bare, row.confidence, number, size, row.left, row.top)
                found.append(piece)
    return found
