"""Marketing's Excel list: a title, the header in the third line, split columns, a few bad rows."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import xlsxwriter

from crm.demo.records import Record

TITLE: Final = "Adresslieferung Adresskontor Falk, Anwender von Messtechnik"
COLUMNS: Final = {
    "Firma": 34, "Rechtsform": 16, "Branche": 20, "Mitarbeiter": 14, "Anrede": 8, "Titel": 9,
    "Vorname": 14, "Nachname": 18, "Position": 26, "Straße": 24, "Hausnr.": 8, "PLZ": 8, "Ort": 18,
    "Land": 12, "Zentrale": 20, "Durchwahl": 20, "Mobil": 20, "E-Mail": 32, "Potenzial": 10,
    "Interessen": 34, "Newsletter-Anrede": 30, "geprüft am": 12,
}  # fmt: skip
FIRST_ROW: Final = 4
Cells = list[str | int | date | None]


def write(records: Sequence[Record], path: Path) -> list[int]:
    """Write the file; returns the sheet's row of each record. The bad rows stand in between."""
    bad = _bad_rows(records)
    every = max(1, len(records) // (len(bad) + 1)) if bad else len(records) + 1
    rows: list[int] = []
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Adressen")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_string(0, 0, TITLE, bold)
        for column, (name, width) in enumerate(COLUMNS.items()):
            sheet.write_string(FIRST_ROW - 2, column, name, bold)
            sheet.set_column(column, column, width)
        line = FIRST_ROW - 1
        for index, record in enumerate(records):
            if bad and index and index % every == 0:
                _write_row(sheet, line, bad.pop(0), day)
                line += 1
            _write_row(sheet, line, _cells(record), day)
            rows.append(line + 1)
            line += 1
        for cells in bad:
            _write_row(sheet, line, cells, day)
            line += 1
    return rows


def _write_row(
    sheet: "xlsxwriter.worksheet.Worksheet",
    line: int,
    cells: Cells,
    day: "xlsxwriter.format.Format",
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(line, column, cell, day)
        elif isinstance(cell, int):
            sheet.write_number(line, column, cell)
        elif cell:
            sheet.write_string(line, column, cell)


def _cells(record: Record) -> Cells:
    return [
        record.company_name,
        record.legal_form,
        record.industry,
        record.staff_class,
        record.salutation,
        record.title,
        record.given_name,
        record.whole_surname,
        record.function,
        record.street,
        record.house_number,
        record.postal_code,
        record.city,
        record.country,
        record.switchboard,
        record.phone,
        record.mobile,
        record.email or record.private_email,
        record.potential,
        "; ".join(record.interests),
        record.greeting,
        record.confirmed_on,
    ]


def _bad_rows(records: Sequence[Record]) -> list[Cells]:
    """Rows that cannot be taken over, each made of a good one and put right by hand soon."""
    columns = list(COLUMNS)
    faults: tuple[tuple[str, str | int, int], ...] = (
        ("PLZ", 1067, 6),
        ("Durchwahl", "030/23125-1o2", 4),
        ("Anrede", "Eheleute", 3),
        ("geprüft am", "31.02.2026", 3),
        ("Potenzial", "sehr hoch", 3),
        ("Position", "Ansprechpartner für alles, was mit Messen zu tun hat, " * 12, 2),
    )
    wanted = [(name, value) for name, value, count in faults for _ in range(count)]
    # Names that nobody else has, so that a mended row is a new person.
    sample = [record for record in records if record.country == "DE" and not record.errors]
    rows: list[Cells] = []
    for number, (name, value) in enumerate(wanted[: len(sample) // 8], start=1):
        cells = _cells(sample[number * 7])
        cells[columns.index("Nachname")] = f"{sample[number * 7].surname}-Ostermann"
        for reach in ("Durchwahl", "Mobil", "E-Mail"):
            cells[columns.index(reach)] = None
        if name == "PLZ":
            cells[columns.index("Ort")] = "Dresden"
        cells[columns.index(name)] = value
        rows.append(cells)
    return rows
