"""Business cards scanned at a fair by three generations of apps: vCard 2.1, 3.0 and 4.0."""

import quopri
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from crm.demo.places import COUNTRY_NAMES
from crm.demo.records import Record

# A grey square of one pixel, where apps put the portrait.
PIXEL: Final = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
HALL: Final = "Halle 4, Stand B 118"
BROKEN: Final = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\r\nNOTE:Karte unlesbar eingescannt\r\nEND:VCARD\r\n",
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Abgebrochen;Scan\r\nTEL;WORK:040 66969\r\n",
)


def write(records: Sequence[Record], path: Path) -> list[int]:
    """Write the file; returns the number of each record's card. Two cards are broken."""
    versions = (_version_3, _version_3, _version_2, _version_4, _version_3, _version_2, _version_3)
    cards = [versions[index % len(versions)](record, index) for index, record in enumerate(records)]
    numbers = list(range(1, len(cards) + 1))
    if len(cards) > 20:
        middle = len(cards) // 2
        cards.insert(middle, BROKEN[0])
        cards.append(BROKEN[1])
        numbers = [number if number <= middle else number + 1 for number in numbers]
    path.write_bytes("".join(cards).encode())
    return numbers


def _name(record: Record) -> tuple[str, ...]:
    return record.whole_surname, record.given_name, "", record.title, ""


def _shown(record: Record) -> str:
    parts = (record.title, record.given_name, record.whole_surname)
    return " ".join(part for part in parts if part) or record.company_full_name


def _address(record: Record) -> tuple[str, ...]:
    if record.street:
        street = f"{record.street} {record.house_number}".strip()
        country = COUNTRY_NAMES[record.country]
        return "", "", street, record.city, "", record.postal_code, country
    street = f"{record.home_street} {record.home_house_number}".strip()
    country = COUNTRY_NAMES.get(record.home_country, "")
    return "", "", street, record.home_city, "", record.home_postal_code, country


def _version_2(record: Record, index: int) -> str:
    """Versit 1996: quoted-printable for umlauts, bare parameters, an empty line ends the photo."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:2.1",
        _quoted("N", *_name(record)),
        _quoted("FN", _shown(record)),
    ]
    add = _adder(lines)
    add(record.company_name, lambda: _quoted("ORG", record.company_full_name))
    add(record.function, lambda: _quoted("TITLE", record.function))
    add(record.phone, lambda: f"TEL;WORK;VOICE:{record.phone}")
    add(record.mobile, lambda: f"TEL;CELL;VOICE:{record.mobile}")
    add(record.fax, lambda: f"TEL;WORK;FAX:{record.fax}")
    add(record.email, lambda: f"EMAIL;INTERNET;WORK:{record.email}")
    add(record.private_email, lambda: f"EMAIL;INTERNET;HOME:{record.private_email}")
    where = "WORK" if record.street else "HOME"
    lines.append(_quoted(f"ADR;{where}", *_address(record)))
    if index % 40 == 2:
        lines += ["PHOTO;ENCODING=BASE64;PNG:", f" {PIXEL}", ""]
    lines += [f"X-SCANNER-STAND:{HALL}", "END:VCARD", ""]
    return "\r\n".join(lines)


def _version_3(record: Record, index: int) -> str:
    """RFC 2426: escaped commas, lines folded at 75 bytes, groups as Apple writes them."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Messe//Scanner 3//DE"]
    lines += [f"N:{_joined(_name(record))}", f"FN:{_escaped(_shown(record))}"]
    add = _adder(lines)
    add(record.company_name, lambda: f"ORG:{_escaped(record.company_full_name)};")
    add(record.function, lambda: f"TITLE:{_escaped(record.function)}")
    add(record.phone, lambda: f"TEL;TYPE=WORK,VOICE:{record.phone}")
    add(record.mobile, lambda: f"TEL;TYPE=CELL:{record.mobile}")
    add(record.fax, lambda: f"TEL;TYPE=WORK,FAX:{record.fax}")
    add(
        record.email,
        lambda: f"item1.EMAIL;TYPE=INTERNET,WORK:{record.email}\r\nitem1.X-ABLabel:Büro",
    )
    add(record.private_email, lambda: f"EMAIL;TYPE=INTERNET,HOME:{record.private_email}")
    where = "WORK" if record.street else "HOME"
    lines.append(f"ADR;TYPE={where}:{_joined(_address(record))}")
    add(record.website, lambda: f"URL:{record.website}")
    if index % 25 == 0:
        lines.append(f"PHOTO;ENCODING=b;TYPE=PNG:{PIXEL}")
    lines += [f"X-SCANNER-STAND:{HALL}", f"X-SCAN-QUALITAET:{90 - index % 30}", "END:VCARD", ""]
    return "\r\n".join(_folded(line) for line in lines)


def _version_4(record: Record, index: int) -> str:
    """RFC 6350: numbers as addresses, quoted types, sex."""
    sex = {"Herr": "M", "Frau": "F"}.get(record.salutation, "")
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"N:{_joined(_name(record))}"]
    lines.append(f"FN:{_escaped(_shown(record))}")
    add = _adder(lines)
    add(sex, lambda: f"GENDER:{sex}")
    add(record.company_name, lambda: f"ORG:{_escaped(record.company_full_name)}")
    add(record.function, lambda: f"TITLE:{_escaped(record.function)}")
    add(record.phone, lambda: f'TEL;VALUE=uri;TYPE="work,voice":tel:{_uri(record.phone)}')
    add(record.mobile, lambda: f'TEL;VALUE=uri;TYPE="cell":tel:{_uri(record.mobile)}')
    add(record.email, lambda: f"EMAIL;TYPE=work:{record.email}")
    add(record.private_email, lambda: f"EMAIL;TYPE=home:{record.private_email}")
    where = "work" if record.street else "home"
    lines.append(f"ADR;TYPE={where}:{_joined(_address(record))}")
    lines += [f"X-SCANNER-STAND:{HALL}", "END:VCARD", ""]
    return "\r\n".join(_folded(line) for line in lines)


def _adder(lines: list[str]) -> Callable[[str, Callable[[], str]], None]:
    def add(value: str, line: Callable[[], str]) -> None:
        if value:
            lines.append(line())

    return add


def _quoted(name: str, *parts: str) -> str:
    """A property of version 2.1, in quoted-printable where it needs to be."""
    value = ";".join(parts)
    if value.isascii():
        return f"{name}:{value}"
    encoded = quopri.encodestring(value.encode()).decode("ascii").replace("=\n", "=\r\n")
    return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{encoded}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _joined(parts: Sequence[str]) -> str:
    return ";".join(_escaped(part) for part in parts)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, no character torn apart."""
    if "\r\n" in line:
        return "\r\n".join(_folded(part) for part in line.split("\r\n"))
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])


def _uri(phone: str) -> str:
    """+49-30-23125101 for +49 30 23125101 and 030 23125101."""
    digits = "".join(letter for letter in phone.replace("(0)", "") if letter.isdigit())
    return (
        f"+{digits}"
        if phone.startswith("+")
        else f"+49-{digits.removeprefix('0049').removeprefix('0')}"
    )
