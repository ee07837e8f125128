"""Workbooks of every kind come out as the same rows of text."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from contacts.importing.readers import ReadOptions, open_table, preview
from contacts.importing.readers.refusals import EmptyFile, NoSuchSheet

HEADER = ["Vorname", "Nachname", "PLZ", "Geburtstag", "Telefon"]
ROW = ["Änne", "Müller-Voß", "01067", "1971-02-14", "493023125101"]


def xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Deckblatt")
        sheet = book.add_worksheet("Adressen")
        sheet.write_string(0, 0, "Unsere Adressen")
        sheet.write_row(2, 0, HEADER)
        sheet.write_row(3, 0, ROW[:3])
        sheet.write_datetime(3, 3, date(1971, 2, 14), book.add_format({"num_format": "dd.mm.yy"}))
        sheet.write_number(3, 4, 493023125101)


def xls(path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("Deckblatt")
    sheet = book.add_sheet("Adressen")
    sheet.write(0, 0, "Unsere Adressen")
    for column, name in enumerate(HEADER):
        sheet.write(2, column, name)
    for column, cell in enumerate(ROW[:3]):
        sheet.write(3, column, cell)
    sheet.write(3, 3, date(1971, 2, 14), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
    sheet.write(3, 4, 493023125101)
    book.save(str(path))


def ods(path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(Table(name="Deckblatt"))
    table = Table(name="Adressen")
    for cells in (["Unsere Adressen"], [], HEADER, ROW):
        row = TableRow()
        for cell in cells:
            element = TableCell(valuetype="string")
            element.addElement(P(text=cell))
            row.addElement(element)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))


@pytest.mark.parametrize("writer", [xlsx, xls, ods])
def test_every_kind_of_workbook_gives_the_same_rows(tmp_path: Path, writer: object) -> None:
    path = tmp_path / "adressen.bin"
    writer(path)  # type: ignore[operator]

    with open_table(path) as table:
        assert table.options == ReadOptions(sheet="Adressen", header_row=3)
        assert table.sheets == ("Deckblatt", "Adressen")
        assert table.header == tuple(HEADER)
        assert [(row.number, list(row.values)) for row in table.rows] == [(4, ROW)]


def test_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "adressen.xlsx"
    xlsx(path)

    with pytest.raises(EmptyFile) as empty:
        open_table(path, ReadOptions(sheet="Deckblatt"))
    with pytest.raises(NoSuchSheet) as missing:
        open_table(path, ReadOptions(sheet="Kunden"))

    assert empty.value.message == "Das Blatt „Deckblatt“ enthält keine Zeilen."
    assert missing.value.message == (
        "Das Blatt „Kunden“ gibt es nicht. Vorhanden sind: Deckblatt, Adressen."
    )


def test_numbers_lose_the_point_that_excel_gives_them(tmp_path: Path) -> None:
    path = tmp_path / "zahlen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nachname", "PLZ", "Umsatz", "Kunde"])
        sheet.write_row(1, 0, ["Maier", 1067, 12.5, True])

    assert list(preview(path).rows[0].values) == ["Maier", "1067", "12.5", "ja"]


def test_text_beside_the_table_is_told_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "rand.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Vorname", "Nachname"])
        for line in range(1, 40):
            sheet.write_row(line, 0, ["Hans", "Maier"])
        sheet.write(39, 4, "Randnotiz")

    with open_table(path) as table:
        rows = list(table.rows)

    assert [row.number for row in rows if row.problem] == [40]
