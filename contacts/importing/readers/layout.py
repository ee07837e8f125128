"""From records to a table: which one is the header, and which rows fit under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from django.utils.translation import gettext as _

from contacts.importing.readers import headers
from contacts.importing.readers.records import Record
from contacts.importing.readers.table import Problem, Row
from contacts.tables import restored

END_OF_DOS_FILE: Final = "\x1a"


@dataclass(slots=True)
class Layout:
    """``header_row`` is 0 if there is none; ``body`` are the records below, read as they come."""

    header: tuple[str, ...]
    header_row: int
    body: Iterator[Record]


def lay_out(stream: Iterator[Record], header_row: int | None) -> Layout | None:
    """Find the header (or take the row asked for); ``None`` if there is no row at all."""
    filled = (record for record in stream if any(map(str.strip, record.cells)))
    head = list(islice(filled, headers.LOOK_AT))
    if not head:
        return None
    if header_row is None:
        header_row = headers.find(head)
    while head[-1].line < header_row and (following := next(filled, None)):
        head.append(following)
    if header_row == 0:
        width = max(len(record.cells) for record in head)
        header = tuple(headers.unnamed(position + 1) for position in range(width))
        return Layout(header, 0, chain(head, filled))
    lines = [record.line for record in head]
    position = next((i for i, line in enumerate(lines) if line >= header_row), len(lines) - 1)
    rest = head[position + 1 :]
    cells = head[position].cells
    header = headers.named(cells[: _width(cells, rest)])
    return Layout(header, header_row, chain(rest, filled))


def fitted(layout: Layout, separator: str) -> Iterator[Row]:
    """The rows of a table; what has too few or too many cells carries its problem."""
    width = len(layout.header)
    for record in layout.body:
        cells = [restored(cell) for cell in record.cells]
        if len(cells) == width and not record.unclosed:
            yield Row(record.line, cells)
        elif record.unclosed:
            yield Row(record.line, cells, _unclosed())
        elif len(cells) > width and not any(map(str.strip, cells[width:])):
            yield Row(record.line, cells[:width])
        elif cells != [END_OF_DOS_FILE]:
            yield Row(record.line, cells, _uneven(len(cells), width, separator))


def _width(cells: Sequence[str], rest: Sequence[Record]) -> int:
    """How many columns the table has: nameless last ones only count if a row uses them."""
    width = len(cells)
    rows = [cells, *(record.cells for record in rest)]
    while width > 1 and not any(row[width - 1].strip() for row in rows if len(row) >= width):
        width -= 1
    return width


def _unclosed() -> Problem:
    return Problem(
        code="unclosed-quote",
        message=_("Ein Anführungszeichen wird geöffnet und nicht geschlossen."),
        proposal=_("Schließen Sie es oder entfernen Sie es."),
    )


def _uneven(found: int, expected: int, separator: str) -> Problem:
    return Problem(
        code="ragged-row",
        message=_("Die Zeile hat %(found)d statt %(expected)d Spalten.")
        % {"found": found, "expected": expected},
        proposal=_(
            "Prüfen Sie, ob ein Trennzeichen (%(separator)s) fehlt oder zu viel ist; "
            "gehört es zum Text, setzen Sie die Zelle in Anführungszeichen."
        )
        % {"separator": separator},
    )
