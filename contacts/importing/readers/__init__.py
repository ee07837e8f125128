"""One door to every file format: :func:`open_table` and, for a look at the beginning,
:func:`preview`."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from contacts.importing.readers.delimited import open_delimited
from contacts.importing.readers.filetypes import kind_of
from contacts.importing.readers.options import ReadOptions
from contacts.importing.readers.spreadsheets import open_spreadsheet
from contacts.importing.readers.table import Row, Table
from contacts.importing.readers.vcards import open_vcards

OPENERS: Final[dict[str, Callable[[Path, ReadOptions], Table]]] = {
    "delimited": open_delimited,
    "spreadsheet": open_spreadsheet,
    "vcard": open_vcards,
}
_AUTOMATIC: Final = ReadOptions()


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a table; see :class:`Table` for the fields."""

    kind: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    options: ReadOptions
    sheets: tuple[str, ...]


def open_table(path: Path, options: ReadOptions = _AUTOMATIC) -> Table:
    """Open a file; whatever ``options`` leave open is found out. Close the table after use.

    :raises UnreadableFile: the file as a whole cannot be read; see :mod:`.refusals`.
    """
    return OPENERS[kind_of(path)](path, options)


def preview(path: Path, options: ReadOptions = _AUTOMATIC, *, limit: int = 20) -> Preview:
    """The first rows of a file, read anew with the given options.

    :raises UnreadableFile: see :func:`open_table`.
    """
    with open_table(path, options) as table:
        rows = tuple(islice(table.rows, limit))
        return Preview(table.kind, table.header, rows, table.options, table.sheets)
