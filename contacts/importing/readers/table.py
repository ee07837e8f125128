"""What every reader returns: a header and a stream of rows of text."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from contacts.importing.readers.options import ReadOptions


class Problem(NamedTuple):
    """Why a row or a cell cannot be taken: for programs, for people, and what would help."""

    code: str
    message: str
    column: str = ""
    proposal: str = ""


class Row(NamedTuple):
    """One row: its line in the file (cards: its number), its cells, and what makes it unreadable.

    A readable row has exactly one cell per header column. An unreadable one carries what could be
    made out, so that it can be reported, mended and imported again.
    """

    number: int
    values: Sequence[str]
    problem: Problem | None = None


@dataclass(slots=True)
class Table:
    """An opened file. ``rows`` can be walked once; ``notices`` fills up meanwhile.

    ``kind`` is a code of :mod:`~contacts.importing.readers.filetypes`; ``options`` are complete and
    reproduce the reading; ``notices`` counts what was left out on purpose (photos, unknown
    properties); ``sheets`` are the names to choose from (empty for text files).
    """

    kind: str
    header: tuple[str, ...]
    rows: Iterator[Row]
    options: ReadOptions
    sheets: tuple[str, ...] = ()
    notices: Counter[str] = field(default_factory=Counter)
    close: Callable[[], None] = lambda: None

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
