"""A German Outlook's contact export: all columns it has, quoted, Windows-1252."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from crm.demo.formats.erp import ENCODING, encodable
from crm.demo.places import COUNTRY_NAMES
from crm.demo.records import Record

HEADER: Final = (
    "Anrede", "Vorname", "Weitere Vornamen", "Nachname", "Suffix", "Firma", "Abteilung",
    "Position", "Straße geschäftlich", "Straße geschäftlich 2", "Straße geschäftlich 3",
    "Ort geschäftlich", "Region geschäftlich", "Postleitzahl geschäftlich",
    "Land/Region geschäftlich", "Straße privat", "Straße privat 2", "Straße privat 3",
    "Ort privat", "Bundesland/Kanton privat", "Postleitzahl privat", "Land/Region privat",
    "Weitere Straße", "Weitere Straße 2", "Weitere Straße 3", "Weiterer Ort",
    "Weiterer/s Bundesland/Kanton", "Weitere Postleitzahl", "Weiteres/e Land/Region",
    "Telefon Assistent", "Fax geschäftlich", "Telefon geschäftlich", "Telefon geschäftlich 2",
    "Rückmeldung", "Autotelefon", "Telefon Firma", "Fax privat", "Telefon privat",
    "Telefon privat 2", "ISDN", "Mobiltelefon", "Weiteres Fax", "Weiteres Telefon", "Pager",
    "Haupttelefon", "Mobiltelefon 2", "Telefon für Hörbehinderte", "Telex",
    "Abrechnungsinformation", "Benutzer 1", "Benutzer 2", "Benutzer 3", "Benutzer 4", "Beruf",
    "Büro", "E-Mail-Adresse", "E-Mail-Typ", "E-Mail: Angezeigter Name", "E-Mail 2: Adresse",
    "E-Mail 2: Typ", "E-Mail 2: Angezeigter Name", "E-Mail 3: Adresse", "E-Mail 3: Typ",
    "E-Mail 3: Angezeigter Name", "Empfohlen von", "Geburtstag", "Geschlecht", "Hobby",
    "Initialen", "Internet Frei/Gebucht", "Jahrestag", "Kategorien", "Kinder", "Konto",
    "Name Assistent", "Name des/der Vorgesetzten", "Notizen", "Organisationsnr.", "Ort", "Partner",
    "Postfach geschäftlich", "Postfach privat", "Priorität", "Privat", "Regierungsnr.",
    "Reisekilometer", "Sprache", "Stichwörter", "Vertraulichkeit", "Verzeichnisserver", "Webseite",
)  # fmt: skip
NO_DAY: Final = "0.0.00"  # what Outlook writes where no birthday or anniversary is entered


def write(records: Sequence[Record], path: Path) -> list[int]:
    """Write the file; returns the line of each record."""
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(HEADER)
        for record in records:
            cells = _cells(record)
            writer.writerow([encodable(cells.get(name, "")) for name in HEADER])
    return list(range(2, len(records) + 2))


def _cells(record: Record) -> dict[str, str]:
    mail = record.email or record.private_email
    shown = f"{record.given_name} {record.whole_surname}".strip()
    cells = {
        "Anrede": f"{record.salutation} {record.title}".strip(),
        "Vorname": record.given_name,
        "Nachname": record.whole_surname,
        "Firma": record.company_full_name,
        "Abteilung": record.department,
        "Position": record.function,
        "Straße geschäftlich": f"{record.street} {record.house_number}".strip(),
        "Ort geschäftlich": record.city,
        "Postleitzahl geschäftlich": record.postal_code,
        "Land/Region geschäftlich": COUNTRY_NAMES.get(record.country, ""),
        "Straße privat": f"{record.home_street} {record.home_house_number}".strip(),
        "Ort privat": record.home_city,
        "Postleitzahl privat": record.home_postal_code,
        "Land/Region privat": COUNTRY_NAMES.get(record.home_country, ""),
        "Fax geschäftlich": record.fax,
        "Telefon geschäftlich": record.phone,
        "Mobiltelefon": record.mobile,
        "E-Mail-Adresse": mail,
        "Geburtstag": f"{record.birth_date:%d.%m.%Y}" if record.birth_date else NO_DAY,
        "Geschlecht": "Keine Angabe",
        "Jahrestag": NO_DAY,
        "Kategorien": "Kunden;Messtechnik",
        "Priorität": "Normal",
        "Privat": "Aus",
        "Sprache": {"en": "Englisch", "de": "Deutsch"}.get(record.language, ""),
        "Vertraulichkeit": "Normal",
        "Webseite": record.website,
    }
    if mail:
        cells |= {"E-Mail-Typ": "SMTP", "E-Mail: Angezeigter Name": f"{shown} ({mail})"}
    if record.email and record.private_email:
        cells |= {"E-Mail 2: Adresse": record.private_email, "E-Mail 2: Typ": "SMTP"}
    return cells
