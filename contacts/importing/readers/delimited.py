"""CSV, TSV and their relatives."""

from pathlib import Path
from typing import Final, TextIO

from django.utils.translation import gettext as _

from contacts.importing.readers import delimiters, encodings
from contacts.importing.readers.layout import fitted, lay_out
from contacts.importing.readers.options import DELIMITERS, ReadOptions
from contacts.importing.readers.records import records
from contacts.importing.readers.refusals import EmptyFile
from contacts.importing.readers.table import Table

SAMPLE: Final = 256 * 1024


def open_delimited(path: Path, options: ReadOptions) -> Table:
    """Open a text table; memory does not grow with its length.

    :raises EmptyFile: no row with anything in it.
    """
    encoding = options.encoding or encodings.detect(path)
    with _open(path, encoding) as file:
        sample = file.read(SAMPLE)
    delimiter = options.delimiter or delimiters.detect(sample)
    file = _open(path, encoding)
    stream = records(file, delimiter)
    if delimiters.declared(sample):
        next(stream)
    layout = lay_out(stream, options.header_row)
    if layout is None:
        file.close()
        raise EmptyFile(_("Die Datei enthält keine Zeilen. Bitte prüfen Sie den Export."))
    return Table(
        kind="delimited",
        header=layout.header,
        rows=fitted(layout, str(DELIMITERS.get(delimiter, delimiter))),
        options=ReadOptions(encoding=encoding, delimiter=delimiter, header_row=layout.header_row),
        close=file.close,
    )


def _open(path: Path, encoding: str) -> TextIO:
    """The file as text behind its byte order mark; damaged bytes become ``U+FFFD``."""
    file = path.open(encoding=encoding, errors="replace", newline="")
    if file.read(1) != "\ufeff":
        file.seek(0)
    return file
