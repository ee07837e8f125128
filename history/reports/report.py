"""What a report is: a table, and bars that show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

Sort = Literal["text", "count", "money", "share", "day"]
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; ``code`` is its name for programs."""

    code: str
    label: Text
    sort: Sort = "text"


@dataclass(frozen=True, slots=True)
class Part:
    """What a colour of the bars means."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``values`` belong to the parts of its chart, in their order."""

    label: Text
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of the same parts, of which each is as long as its sum."""

    title: Text
    parts: Sequence[Part]
    bars: Sequence[Bar]
    sort: Sort = "count"


@dataclass(frozen=True, slots=True)
class Report:
    """``rows`` map the codes of the columns to values; ``note`` says what must be known to read
    them, ``empty`` what to do so that there is something to see."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    charts: Sequence[Chart] = field(default_factory=list)
    note: Text = ""
    empty: Text = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows
