"""XLSX, XLSM, XLSB, XLS and ODS, read by python-calamine.

Formulas come as their stored results; cells that show an error (``#NV``) come empty.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from contacts.importing.readers.cells import text_of
from contacts.importing.readers.layout import fitted, lay_out
from contacts.importing.readers.options import ReadOptions
from contacts.importing.readers.records import Record
from contacts.importing.readers.refusals import EmptyFile, NoSuchSheet, UnreadableFile
from contacts.importing.readers.table import Table

BROKEN: Final = (CalamineError, XmlError, ZipError, OSError, ValueError)


def open_spreadsheet(path: Path, options: ReadOptions) -> Table:
    """Open a sheet: the one asked for, else the first visible one with rows.

    :raises UnreadableFile: damaged or protected by a password.
    :raises NoSuchSheet: no sheet of that name.
    :raises EmptyFile: no row with anything in it.
    """
    book = _workbook(path)
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    sheet = _sheet(book, names, options.sheet)
    layout = lay_out(_records(sheet), options.header_row)
    if layout is None:
        book.close()
        raise EmptyFile(
            _("Das Blatt „%(sheet)s“ enthält keine Zeilen.") % {"sheet": sheet.name},
            sheet=sheet.name,
        )
    return Table(
        kind="spreadsheet",
        header=layout.header,
        rows=fitted(layout, _("Spalte")),
        options=ReadOptions(sheet=sheet.name, header_row=layout.header_row),
        sheets=tuple(names),
        close=book.close,
    )


def _workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise UnreadableFile(
            _("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.")
        ) from error
    except BROKEN as error:
        raise UnreadableFile(
            _(
                "Die Tabelle ist beschädigt oder kein Tabellenformat. "
                "Bitte öffnen Sie sie in Excel und speichern Sie sie als .xlsx."
            )
        ) from error


def _sheet(book: CalamineWorkbook, names: list[str], wanted: str | None) -> CalamineSheet:
    try:
        if wanted is not None:
            return book.get_sheet_by_name(wanted)
        sheets = [book.get_sheet_by_name(name) for name in names]
    except WorksheetNotFound as error:
        raise NoSuchSheet(
            _("Das Blatt „%(sheet)s“ gibt es nicht. Vorhanden sind: %(names)s.")
            % {"sheet": wanted or "", "names": ", ".join(names)},
            field="sheet",
            sheets=names,
        ) from error
    except BROKEN as error:
        raise UnreadableFile from error
    if not sheets:
        raise NoSuchSheet(_("Die Datei enthält kein sichtbares Tabellenblatt."))
    return next((sheet for sheet in sheets if sheet.height > 1), sheets[0])


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    """Rows under the numbers that Excel shows; calamine leaves out empty columns only."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Record(number, [text_of(cell) for cell in cells])
