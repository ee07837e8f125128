"""Bars of parts that make up a whole: widths of rectangles, since inline styles are forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from contacts.duplicates.tallies import OpenGroups
from contacts.listing.quality import Figure, SourceFigure

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """One part: where its rectangle begins and how wide it is, in thousandths.

    Texts, because templates would write the number 1000 with a point.
    """

    code: str
    start: str
    width: str


def bar(figures: Sequence[Figure]) -> list[Piece]:
    """The parts side by side."""
    return _pieces([(figure.measure.code, figure.count) for figure in figures])


def freshness_bar(figure: SourceFigure) -> list[Piece]:
    """When the records of a source were confirmed."""
    return _pieces([("fresh", figure.fresh), ("stale", figure.stale), ("never", figure.never)])


def bands_bar(groups: OpenGroups) -> list[Piece]:
    """How strong the open suspicions are."""
    return _pieces(list(groups.by_band.items()))


def _pieces(parts: Sequence[tuple[str, int]]) -> list[Piece]:
    total = sum(count for _code, count in parts)
    pieces: list[Piece] = []
    passed = 0
    for code, count in parts:
        start = round(WIDTH * passed / total) if total else 0
        passed += count
        end = round(WIDTH * passed / total) if total else 0
        pieces.append(Piece(code, str(start), str(end - start)))
    return pieces
