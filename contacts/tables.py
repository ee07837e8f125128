"""Tables written as CSV or XLSX, row by row, with formulas made harmless.

A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return would be computed by
a spreadsheet that opens the file. In CSV such a text gets a leading apostrophe (OWASP, *CSV
injection*); in XLSX every text is written as text, so that it needs none. Numbers and days are
written as such.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Any, Protocol

import xlsxwriter

Cell = str | int | float | date | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
MOST_ROWS_IN_A_SHEET = 1_048_576


class Format(StrEnum):
    """File formats; the value is also the file name's ending."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """The type for HTTP."""
        if self is Format.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Table(Protocol):
    """Something to write rows to; nothing is complete before :meth:`close`."""

    def write(self, row: Sequence[Cell]) -> None:
        """Add one row."""

    def close(self) -> None:
        """Finish the file; ``to`` stays open."""


def harmless(text: str) -> str:
    """``text``, with an apostrophe in front if a spreadsheet would compute it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def restored(text: str) -> str:
    """What :func:`harmless` made harmless, as it was: an export can be imported again."""
    return text[1:] if text[:1] == "'" and text[1:2] in DANGEROUS else text


def open_table(*, format: Format, to: IO[bytes], header: Sequence[str]) -> Table:
    """Begin a table with its header in ``to``."""
    table: Table = CsvTable(to) if format is Format.CSV else XlsxTable(to, header)
    table.write(list(header))
    return table


class CsvTable:
    """CSV as German spreadsheets open it: UTF-8 with BOM, semicolons, CR LF, decimal comma."""

    def __init__(self, to: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(to, encoding="utf-8", newline="", write_through=False)
        self._text.write(BOM)
        self._csv = csv.writer(self._text, delimiter=";", lineterminator="\r\n")

    def write(self, row: Sequence[Cell]) -> None:
        """Add one row."""
        self._csv.writerow([_in_csv(cell) for cell in row])

    def close(self) -> None:
        """Finish the file."""
        self._text.flush()
        self._text.detach()


class XlsxTable:
    """One sheet with a fixed header row; rows leave the memory as soon as they are written."""

    def __init__(self, to: IO[bytes], header: Sequence[str]) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._book = xlsxwriter.Workbook(to, options)
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(len(header) - 1, 0), 22)
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._moment = self._book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        self._next = 0

    def write(self, row: Sequence[Cell]) -> None:
        """Add one row."""
        for column, cell in enumerate(row):
            self._write_cell(column, cell)
        self._next += 1

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _write_cell(self, column: int, cell: Cell) -> None:
        place = (self._next, column)
        if isinstance(cell, datetime):
            self._sheet.write_datetime(*place, cell.replace(tzinfo=None), self._moment)
        elif isinstance(cell, date):
            self._sheet.write_datetime(*place, cell, self._day)
        elif isinstance(cell, int | float):
            self._sheet.write_number(*place, cell)
        elif cell:
            self._sheet.write_string(*place, cell, self._bold if self._next == 0 else None)


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, int | float):
        return str(cell).replace(".", ",")
    return harmless(cell)


def write_all(
    *, format: Format, to: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write a whole table; returns the number of rows below the header."""
    table = open_table(format=format, to=to, header=header)
    count = 0
    for row in rows:
        table.write(row)
        count += 1
    table.close()
    return count
