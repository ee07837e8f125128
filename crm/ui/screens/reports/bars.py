"""Charts as lists of bars: widths of rectangles, since inline styles are forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crm.ui import formats
from history.reports.report import Bar, Chart, Sort, Text

WIDTH: Final = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a bar in thousandths of the longest. Texts, because templates would write
    numbers with a point."""

    code: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One bar: its sum as it is read, and all its parts in words."""

    label: Text
    pieces: list[Piece]
    total: str
    said: str


def drawn(chart: Chart) -> list[Drawn]:
    """The bars in their order, the longest as wide as there is room."""
    most = max((sum(bar.values) for bar in chart.bars), default=0.0)
    return [_drawn(chart, bar, most) for bar in chart.bars]


def shown(value: float, sort: Sort) -> str:
    """A value of a chart or a table as people read it."""
    if sort == "money":
        return formats.euros(value, cents=False)
    return formats.number(round(value))


def _drawn(chart: Chart, bar: Bar, most: float) -> Drawn:
    parts = [
        f"{part.label} {shown(value, chart.sort)}"
        for part, value in zip(chart.parts, bar.values, strict=True)
    ]
    codes = [part.code for part in chart.parts]
    return Drawn(
        label=bar.label,
        pieces=_pieces(codes, bar.values, most),
        total=shown(sum(bar.values), chart.sort),
        said=f"{bar.label}: {', '.join(parts)}",
    )


def _pieces(codes: Sequence[str], values: Sequence[float], most: float) -> list[Piece]:
    pieces: list[Piece] = []
    passed = 0.0
    for code, value in zip(codes, values, strict=True):
        start = round(WIDTH * passed / most) if most else 0
        passed += value
        end = round(WIDTH * passed / most) if most else 0
        if end > start:
            pieces.append(Piece(code, str(start), str(end - start)))
    return pieces
