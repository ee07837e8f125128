"""Rejected rows as a file: the original columns, the reason behind them, ready to be mended and
imported again. Cells that a spreadsheet would take for a formula are made plain text."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from contacts.importing import settings
from contacts.importing.presets.synonyms import REPORT_COLUMNS
from contacts.models import ImportOutcome, ImportRow, ImportRun

FORMULA: Final = re.compile(r"^[=+\-@\t\r]")
HARMLESS: Final = re.compile(r"^[+\-]?[\d\s()/.,\-]+$")


def rejected(run: ImportRun) -> Iterator[str]:
    """The file, piece by piece: CSV with semicolons and a byte order mark, as Excel likes it."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    header = settings.of(run).header
    writer.writerow([*map(plain_text, header), *REPORT_COLUMNS])
    for row in _rows(run):
        cells = [plain_text(str(cell)) for cell in row.raw or ()]
        within, beyond = cells[: len(header)], cells[len(header) :]
        within += [""] * (len(header) - len(within))
        writer.writerow([*within, row.number, row.column, plain_text(row.reason), *beyond])
        yield _emptied(buffer)
    yield _emptied(buffer)


def plain_text(cell: str) -> str:
    """``cell`` with an apostrophe before it if a spreadsheet would calculate it.

    Numbers stay, phone numbers too; the import takes the apostrophe away again.
    """
    return f"'{cell}" if FORMULA.match(cell) and not HARMLESS.match(cell) else cell


def _rows(run: ImportRun) -> Iterator[ImportRow]:
    found = run.rows.filter(outcome=ImportOutcome.REJECTED).order_by("number")
    return found.defer("journal").iterator(chunk_size=1000)


def _emptied(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
