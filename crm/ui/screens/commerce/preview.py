"""The mapping of a take-over as its page shows it: columns, examples, rows as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from contacts.importing.readers.table import Row
from history.commerce import cleaning
from history.commerce.cleaning import Unreadable
from history.commerce.columns import Columns
from history.commerce.fields import FIELDS, Field
from history.models import Takeover

EXAMPLES: Final = 3
ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the file and what it is taken for."""

    place: int
    name: str
    examples: list[str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the first rows come to: how many can be read, and the first reasons why not."""

    rows: int
    readable: int
    problems: list[tuple[int, Unreadable]]


def lines(takeover: Takeover, sample: Sequence[Row]) -> list[Line]:
    """The columns in the order of the file."""
    return [
        Line(place, name, _examples(sample, place), takeover.columns.get(name, ""))
        for place, name in enumerate(takeover.header)
    ]


def look(takeover: Takeover, sample: Sequence[Row]) -> Look:
    """Read the sample as the take-over would."""
    plan = cleaning.plan_of(
        kind=takeover.kind, header=takeover.header, columns=takeover.columns, sample=sample
    )
    problems = []
    for row in sample:
        try:
            cleaning.clean(row, plan)
        except Unreadable as problem:
            problems.append((row.number, problem))
    return Look(len(sample), len(sample) - len(problems), problems[:ROWS])


def choices(kind: str) -> Sequence[Field]:
    """The fields that a column can be."""
    return FIELDS[kind]


def posted(data: QueryDict, takeover: Takeover) -> Columns:
    """The columns as the form sends them."""
    found: dict[str, Any] = {}
    for place, name in enumerate(takeover.header):
        if code := data.get(f"column-{place}", ""):
            found[name] = code
    return found


def _examples(sample: Sequence[Row], place: int) -> list[str]:
    cells = (row.values[place].strip() for row in sample if row.problem is None)
    return list(dict.fromkeys(cell for cell in cells if cell))[:EXAMPLES]
