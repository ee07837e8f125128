"""vCard 2.1, 3.0 and 4.0, good and bad."""

from pathlib import Path

import pytest

from contacts.importing.readers import open_table
from contacts.importing.readers.table import Row

VERSION_2 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller-Vo=C3=9F;=C3=84nne;;Dr.;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dr. =C3=84nne =\r\nM=C3=BCller-Vo=C3=9F\r\n"
    "ORG:Havelberg Anlagenbau GmbH;Technik\r\nTEL;WORK;VOICE:030 23125-101\r\n"
    "TEL;CELL:0171 3920012\r\nADR;WORK:;;Am Speicher 14;Berlin;;10997;Deutschland\r\n"
    "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j/4AAQSkZJRgABAQAAAQABAAD\r\n /9j/4AAQ==\r\n\r\n"
    "LOGO;ENCODING=BASE64:\r\n/9j/4AAQSkZJRgABAQ\r\nAAQABAAD==\r\n"
    "X-MS-OL-DESIGN;CHARSET=utf-8:<card/>\r\nEMAIL;PREF;INTERNET:ae@havelberg.example\r\n"
    "END:VCARD\r\n"
)
VERSION_3 = (
    "BEGIN:VCARD\nVERSION:3.0\nN:von der Heide;Johannes;Maria,Luise;;\nFN:Johannes von der Heide\n"
    "item1.EMAIL;TYPE=INTERNET,WORK:heide@havelberg.example\nitem1.X-ABLabel:Büro\n"
    "item2.TEL:+49 30 23125102\nTEL;TYPE=HOME,FAX:030 23125199\n"
    "NOTE:Erste Zeile\\nzweite\\, mit Komma\nADR;TYPE=HOME:;;Uferstr. 3;Kiel;;24103;\n"
    "ADR;TYPE=HOME:;;Seestr. 4;Plön;;24306;\nBDAY:1971-02-14\nEND:VCARD\n"
)
VERSION_4 = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Anna Beispiel\nGENDER:F\n"
    'TEL;VALUE=uri;TYPE="voice,home":tel:+49-30-23125-103\n'
    "EMAIL;TYPE=home:anna@beispiel.example\nEMAIL:anna@firma.example\nIMPP:sip:anna@x.example\n"
    "LANG:en\nUID:urn:uuid:4711\nEND:VCARD\n"
)


def read(tmp_path: Path, content: str | bytes) -> tuple[list[Row], dict[str, int]]:
    path = tmp_path / "karten.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_table(path) as table:
        rows = list(table.rows)
        named = [
            row._replace(values={n: v for n, v in zip(table.header, row.values, strict=True) if v})  # type: ignore[arg-type]
            for row in rows
        ]
        return named, dict(table.notices)


def test_version_2_1_with_quoted_printable_and_pictures(tmp_path: Path) -> None:
    (row,), left_out = read(tmp_path, VERSION_2)

    assert row.problem is None
    assert row.values == {
        "Nachname": "Müller-Voß",
        "Vorname": "Änne",
        "Präfix": "Dr.",
        "Firma": "Havelberg Anlagenbau GmbH",
        "Abteilung": "Technik",
        "E-Mail": "ae@havelberg.example",
        "Telefon geschäftlich": "030 23125-101",
        "Mobil": "0171 3920012",
        "Straße geschäftlich": "Am Speicher 14",
        "PLZ geschäftlich": "10997",
        "Ort geschäftlich": "Berlin",
        "Land geschäftlich": "Deutschland",
    }
    assert left_out == {"PHOTO": 1, "LOGO": 1, "X-MS-OL-DESIGN": 1}


def test_version_3_with_groups_escapes_and_a_second_address(tmp_path: Path) -> None:
    (row,), left_out = read(tmp_path, VERSION_3)

    assert row.values == {
        "Nachname": "von der Heide",
        "Vorname": "Johannes",
        "Weitere Vornamen": "Maria Luise",
        "Geburtstag": "1971-02-14",
        "Notiz": "Erste Zeile\nzweite, mit Komma\nSeestr. 4, Plön, 24306",
        "E-Mail geschäftlich": "heide@havelberg.example",
        "Telefon": "+49 30 23125102",
        "Fax privat": "030 23125199",
        "Straße privat": "Uferstr. 3",
        "PLZ privat": "24103",
        "Ort privat": "Kiel",
    }
    assert left_out == {}


def test_version_4_with_addresses_for_numbers(tmp_path: Path) -> None:
    (row,), _left_out = read(tmp_path, VERSION_4)

    assert row.values == {
        "Kennung (UID)": "urn:uuid:4711",
        "Ganzer Name": "Anna Beispiel",
        "Geschlecht": "Frau",
        "Sprache": "en",
        "E-Mail privat": "anna@beispiel.example",
        "E-Mail": "anna@firma.example",
        "Telefon privat": "+49-30-23125-103",
        "Messenger": "sip:anna@x.example",
    }


def test_a_broken_card_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    broken = "BEGIN:VCARD\nVERSION:3.0\nN:Kaputt;Karl;;;\nDas ist keine Zeile\nEND:VCARD\n"
    cut_off = "BEGIN:VCARD\nVERSION:3.0\nN:Abgebrochen;Anna;;;\n"

    rows, _left_out = read(tmp_path, VERSION_2 + broken + VERSION_3 + cut_off)

    assert [(row.number, row.problem.code if row.problem else "") for row in rows] == [
        (1, ""),
        (2, "broken-card"),
        (3, ""),
        (4, "unclosed-card"),
    ]
    assert rows[1].values == {"Nachname": "Kaputt", "Vorname": "Karl"}
    assert rows[1].problem is not None
    assert "„Das ist keine Zeile“" in rows[1].problem.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_cards_may_be_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Müller;Jörg;;;\nEND:VCARD\n"

    rows, _left_out = read(tmp_path, (card * 3).encode(encoding))

    assert [row.values for row in rows] == [{"Nachname": "Müller", "Vorname": "Jörg"}] * 3


def test_a_picture_of_megabytes_takes_no_memory(tmp_path: Path) -> None:
    picture = "PHOTO;ENCODING=b:" + "\n ".join(["A" * 70] * 40_000)
    card = f"BEGIN:VCARD\nVERSION:3.0\nN:Maier;Hans;;;\n{picture}\nEND:VCARD\n"

    (row,), left_out = read(tmp_path, card)

    assert row.problem is None
    assert left_out == {"PHOTO": 1}
