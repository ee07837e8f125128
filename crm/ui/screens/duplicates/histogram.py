"""The histogram of weights: bars of logarithmic height, since most pairs are nothing at all."""

from dataclasses import dataclass
from math import log10
from typing import Any, Final

from django.utils.translation import gettext as _

from contacts.matching import explain
from crm.ui.formats import number
from crm.ui.screens.duplicates.words import BANDS

WIDTH, HEIGHT, FLOOR = 800, 180, 176
STEP_OF_LABELS: Final = 10  # bits
LEAST_BAR: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One column; ``code`` is its band, empty below the threshold."""

    code: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A bound on the axis, or a line of the grid."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Range:
    """A row of the table beside it."""

    code: str
    label: str
    bounds: str
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Everything that the picture and its table show."""

    bars: list[Bar]
    bounds: list[Mark]
    ticks: list[Mark]
    grid: list[Mark]
    ranges: list[Range]
    said: str


def histogram(figures: dict[str, Any]) -> Histogram | None:
    """The histogram of a run's figures; None if it was not reached."""
    found = figures.get("histogram") or {}
    edges, counts = found.get("edges", []), found.get("counts", [])
    if not any(counts):
        return None
    top = max(1.0, log10(max(counts)))
    low, high = edges[0], edges[-1]

    def across(bits: float) -> float:
        return WIDTH * (bits - low) / (high - low)

    bars = [
        _bar(start, end, count, top, across)
        for start, end, count in zip(edges, edges[1:], counts, strict=False)
        if count
    ]
    marks = [Mark(_text(across(band.least)), number(int(band.least))) for band in BANDS.values()]
    ticks = range(int(low), int(high) + 1, STEP_OF_LABELS)
    ranges = _ranges(edges, counts)
    return Histogram(
        bars=bars,
        bounds=marks,
        ticks=[Mark(_text(across(bits)), number(bits)) for bits in ticks],
        grid=[Mark(_text(_height_at(10**power, top)), number(10**power))
              for power in range(int(top) + 1)],
        ranges=ranges,
        said=", ".join(f"{each.label} {number(each.count)}" for each in ranges),
    )  # fmt: skip


def _bar(start: float, end: float, count: int, top: float, across: Any) -> Bar:
    y = _height_at(count, top)
    code = explain.band(start) if start >= 0 else ""
    left, right = across(start), across(end)
    return Bar(code, _text(left), _text(y), _text(right - left), _text(FLOOR - y))


def _height_at(count: int, top: float) -> float:
    """Where a count lies above the floor; a single pair is seen, too."""
    return FLOOR - LEAST_BAR - (FLOOR - LEAST_BAR - 14) * log10(count) / top


def _ranges(edges: list[float], counts: list[int]) -> list[Range]:
    sums = {"": 0, **dict.fromkeys(BANDS, 0)}
    for start, count in zip(edges, counts, strict=False):
        sums[explain.band(start) if start >= 0 else ""] += count
    bands = list(BANDS.values())
    told = [
        Range(
            band.code,
            str(band.label),
            _("ab %(least)s Bit") % {"least": number(int(band.least))},
            sums[band.code],
        )
        for band in bands
    ]
    below = Range("", _("keine Dublette"), _("unter %(least)s Bit") % {"least": "0"}, sums[""])
    return [*told, below]


def _text(value: float) -> str:
    """Attributes of SVG want a point, whatever the language."""
    return f"{value:.1f}"
