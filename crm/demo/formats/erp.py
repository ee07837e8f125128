"""The ERP's customer export: semicolons, Windows-1252, headers in capitals, names cut at 35."""

import csv
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from crm.demo.records import Record

HEADER: Final = (
    "KUNDENNR", "NAME1", "NAME2", "STRASSE", "HAUSNR", "PLZ", "ORT", "LAND", "TELEFON1", "TELEFAX",
    "HOMEPAGE", "USTID", "BRANCHE", "BONITAET", "AP_NR", "ANREDE", "TITEL", "ANSPRECHPARTNER",
    "FUNKTION", "ABTEILUNG", "DURCHWAHL", "MOBIL", "EMAIL", "GEBURTSDATUM", "BETREUER_EMAIL",
    "LETZTE_PRUEFUNG",
)  # fmt: skip
NAME_WIDTH: Final = 35
ENCODING: Final = "cp1252"


def write(records: Sequence[Record], path: Path) -> list[int]:
    """Write the file; returns the line of each record."""
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows([encodable(cell) for cell in _cells(record)] for record in records)
    return list(range(2, len(records) + 2))


def encodable(text: str) -> str:
    """``text`` with letters that Windows-1252 lacks reduced to their base: ć to c, ş to s."""
    return "".join(
        letter
        if letter.encode(ENCODING, errors="ignore")
        else unicodedata.normalize("NFKD", letter)[0]
        for letter in text
    )


def day(value: date | None) -> str:
    """31.12.2026, or nothing."""
    return f"{value:%d.%m.%Y}" if value else ""


def _cells(record: Record) -> tuple[str, ...]:
    name1, name2 = _in_two(record.company_full_name)
    return (
        record.company_number,
        name1,
        name2,
        record.street,
        record.house_number,
        record.postal_code,
        record.city,
        record.country,
        record.switchboard,
        record.fax,
        record.website,
        record.vat_id,
        record.wz_code,
        record.credit,
        record.person_number,
        record.salutation,
        record.title,
        ", ".join(part for part in (record.whole_surname, record.given_name) if part),
        record.function,
        record.department,
        record.phone,
        record.mobile,
        record.email or record.private_email,
        day(record.birth_date),
        record.owner_email,
        day(record.confirmed_on),
    )


def _in_two(name: str) -> tuple[str, str]:
    if len(name) <= NAME_WIDTH:
        return name, ""
    at = name.rindex(" ", 0, NAME_WIDTH + 1)
    return name[:at], name[at + 1 :]
