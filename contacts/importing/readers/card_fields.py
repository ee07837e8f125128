"""The properties of one vCard as named cells; the columns are those of the ``vcard`` preset."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from vobject.base import ContentLine, VObjectError, textLineToContentLine
from vobject.icalendar import stringToTextValues
from vobject.vcard import splitFields

MANY: Final = " ::: "
SHOWN_NAME: Final = "Ganzer Name"
HANDLES: Final = frozenset({"X-SKYPE", "X-SKYPE-USERNAME", "X-JABBER", "X-ICQ", "X-MSN", "X-AIM"})
SILENT: Final = frozenset(
    {"VERSION", "PRODID", "KIND", "BEGIN", "END", "X-ABLABEL", "X-ABADR", "SORT-STRING"}
)
GENDERS: Final = {
    "M": "Herr",
    "F": "Frau",
    "1": "Frau",
    "2": "Herr",
    "MALE": "Herr",
    "FEMALE": "Frau",
}

Cells = dict[str, list[str]]


class NoProperty(ValueError):
    """A line of a card without name and value; ``args[0]`` is the line."""


def fields(lines: Iterable[str], left_out: Counter[str]) -> Cells:
    """Cells by column. Properties that have no column are counted in ``left_out``.

    :raises NoProperty: a line that is no property at all.
    """
    cells: Cells = {}
    for text in lines:
        if not text.strip():
            continue
        try:
            line = textLineToContentLine(text)
        except VObjectError as error:
            raise NoProperty(text) from error
        read = READERS.get(line.name)
        if read is not None:
            read(line, cells)
        elif line.name not in SILENT:
            left_out[line.name] += 1
    return cells


def row_of(cells: Cells, header: Sequence[str]) -> list[str]:
    """The cells in the order of ``header``; several values of one kind are parted by `` ::: ``.

    The displayed name counts only where the card has no structured one.
    """
    shown = cells.pop(SHOWN_NAME, [])
    if not (cells.get("Nachname") or cells.get("Vorname")) and shown != cells.get("Firma"):
        cells[SHOWN_NAME] = shown
    joints = {"Notiz": "\n", SHOWN_NAME: " "}
    return [joints.get(name, MANY).join(cells.get(name, ())) for name in header]


def _put(cells: Cells, column: str, value: str) -> None:
    value = value.strip()
    if value and value not in cells.setdefault(column, []):
        cells[column].append(value)


def _plain(column: str) -> Callable[[ContentLine, Cells], None]:
    def read(line: ContentLine, cells: Cells) -> None:
        _put(cells, column, stringToTextValues(line.value)[0])

    return read


def _parts(line: ContentLine) -> list[str]:
    """The structured value, lists within it joined by a space."""
    return [part if isinstance(part, str) else " ".join(part) for part in splitFields(line.value)]


def _structured(*columns: str | None) -> Callable[[ContentLine, Cells], None]:
    def read(line: ContentLine, cells: Cells) -> None:
        for column, part in zip(columns, _parts(line), strict=False):
            if column is not None:
                _put(cells, column, part)

    return read


def _types(line: ContentLine) -> frozenset[str]:
    """``TYPE=work,voice``, ``TYPE="work,voice"`` and the bare ``WORK;VOICE`` of version 2.1."""
    words = [*line.params.get("TYPE", []), *line.singletonparams]
    return frozenset(part.strip().upper() for word in words for part in word.split(","))


def _purpose(types: frozenset[str]) -> str:
    if "WORK" in types:
        return " geschäftlich"
    return " privat" if "HOME" in types else ""


def _phone(line: ContentLine, cells: Cells) -> None:
    types = _types(line)
    number = re.sub(r"^tel:", "", line.value.strip(), flags=re.IGNORECASE)
    number = re.sub(r";ext=(\d+)", r"-\1", number)
    if types & {"FAX"}:
        kind, purpose = "Fax", _purpose(types) or " geschäftlich"
    elif types & {"CELL", "MOBILE", "IPHONE"}:
        kind, purpose = "Mobil", _purpose(types)
    else:
        kind, purpose = "Telefon", _purpose(types)
    _put(cells, kind + purpose, number)


def _email(line: ContentLine, cells: Cells) -> None:
    address = re.sub(r"^mailto:", "", line.value.strip(), flags=re.IGNORECASE)
    _put(cells, "E-Mail" + _purpose(_types(line)), address)


def _address(line: ContentLine, cells: Cells) -> None:
    """Business unless it says home; of several of a kind the first counts as a whole."""
    purpose = (
        " privat" if "HOME" in _types(line) and "WORK" not in _types(line) else " geschäftlich"
    )
    names = ("Postfach", "Adresszusatz", "Straße", "Ort", None, "PLZ", "Land")
    if any(cells.get(f"{name}{purpose}") for name in names if name):
        _put(cells, "Notiz", ", ".join(part for part in _parts(line) if part))
        return
    for name, part in zip(names, _parts(line), strict=False):
        if name is not None:
            _put(cells, name + purpose, part.replace("\n", ", "))


def _organisation(line: ContentLine, cells: Cells) -> None:
    name, *units = _parts(line)
    _put(cells, "Firma", name)
    _put(cells, "Abteilung", ", ".join(unit for unit in units if unit))


def _gender(line: ContentLine, cells: Cells) -> None:
    _put(cells, "Geschlecht", GENDERS.get(line.value.split(";")[0].strip().upper(), ""))


def _handle(line: ContentLine, cells: Cells) -> None:
    _put(cells, "Messenger", line.value)


READERS: Final[dict[str, Callable[[ContentLine, Cells], None]]] = {
    "N": _structured("Nachname", "Vorname", "Weitere Vornamen", "Präfix", "Suffix"),
    "FN": _plain(SHOWN_NAME),
    "ORG": _organisation,
    "TITLE": _plain("Position"),
    "ROLE": _plain("Rolle"),
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "BDAY": _plain("Geburtstag"),
    "NOTE": _plain("Notiz"),
    "URL": _plain("Internetseite"),
    "LANG": _plain("Sprache"),
    "UID": _plain("Kennung (UID)"),
    "REV": _plain("Stand (REV)"),
    "GENDER": _gender,
    "X-GENDER": _gender,
    "X-WAB-GENDER": _gender,
    "IMPP": _handle,
    "X-SOCIALPROFILE": _plain("Soziales Netzwerk"),
    **dict.fromkeys(HANDLES, _handle),
}
