"""What a report is made of, whatever it is printed on."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 begins a part, 2 a piece of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody was shown or said, word by word."""

    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a machine computed: hashes, signatures."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one below the other."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the page's width."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what stands below it. ``content`` is a JPEG in sRGB."""

    content: bytes
    width: int
    height: int
    caption: str


Block = Heading | Text | Quote | Proof | Facts | Table | Picture
