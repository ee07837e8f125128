"""Rows and cells of a file: what is written there, read or refused with its column."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contacts import contact_points
from contacts.contact_points import Reading
from crm.kernel import errors

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "kontakt", "kontaktweg", "wert"),
    "channels": ("channels", "channel", "kanal", "kanäle"),
    "purposes": ("purposes", "purpose", "zweck", "zwecke"),
    "granted_at": ("granted_at", "erteilt", "erteilt_am"),
    "method": ("method", "art", "methode"),
    "source": ("source", "quelle", "herkunft"),
    "text": ("text", "textfassung", "fassung"),
    "evidence": ("evidence", "nachweis", "beleg"),
    "opted_out_at": ("opted_out_at", "opt_out", "widerspruch", "widerruf"),
}
NEEDED = ("value", "channels")
MOST_ROWS = 100_000
MOST_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file; ``number`` counts from 1 with the headings."""

    number: int
    cells: Mapping[str, str]


class Unreadable(Exception):
    """What is wrong with a row, and in which column."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def read(content: bytes, *, most: int = MOST_ROWS) -> list[Row]:
    """The lines below the headings that say anything.

    :raises errors.Invalid: it is no CSV file, lacks a column or has too many lines (``file``)
    """
    text = decoded(content)
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise bad_file(
            _("Die Datei ist nicht als CSV lesbar (%(why)s).") % {"why": error}
        ) from error
    if len(lines) < 2:
        raise bad_file(_("Die Datei enthält keine Zeile unter den Überschriften."))
    if len(lines) - 1 > most:
        sentence = _("Die Datei hat mehr als %(most)s Zeilen. Bitte teilen Sie sie.")
        raise bad_file(sentence % {"most": number_format(most, force_grouping=True)})
    titles = [title.strip().lower().replace(" ", "_") for title in lines[0]]
    place = {
        name: next((titles.index(each) for each in known if each in titles), None)
        for name, known in COLUMNS.items()
    }
    if missing := [COLUMNS[name][0] for name in NEEDED if place[name] is None]:
        raise bad_file(
            _("Es fehlt die Spalte %(names)s. Mögliche Spalten: %(known)s.")
            % {"names": ", ".join(missing), "known": ", ".join(COLUMNS)}
        )
    return [
        Row(number, {name: _cell(line, index) for name, index in place.items()})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def reading(value: str) -> Reading:
    """An e-mail address or a number.

    :raises Unreadable: it is neither
    """
    kind = "EMAIL" if "@" in value else "PHONE"
    try:
        return contact_points.read(kind=kind, value=value)
    except errors.DomainError as refusal:
        raise Unreadable("value", refusal.message) from refusal


def codes(row: Row, column: str, known: set[str]) -> list[str]:
    """The codes of a cell, each once, separated by commas, bars or slashes.

    :raises Unreadable: there is none, or one is not known
    """
    given = row.cells[column].replace("|", ",").replace("/", ",").lower().split(",")
    named = [each.strip() for each in given if each.strip()]
    unknown = [each for each in named if each not in known]
    if not named:
        raise Unreadable(column, _("Bitte ausfüllen."))
    if unknown:
        raise Unreadable(
            column,
            _("Unbekannt: %(value)s. Möglich sind: %(known)s.")
            % {"value": ", ".join(unknown), "known": ", ".join(sorted(known))},
        )
    return list(dict.fromkeys(named))


def moment(cell: str, column: str) -> datetime:
    """A day or an instant, in the installation's time zone unless it tells its own.

    :raises Unreadable: it is none
    """
    for pattern in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"):
        try:
            return timezone.make_aware(datetime.strptime(cell, pattern))  # noqa: DTZ007 - made aware
        except ValueError:
            continue
    try:
        found = parse_datetime(cell)
        day = None if found else parse_date(cell)
    except ValueError:
        found, day = None, None
    if day is not None:
        found = datetime.combine(day, time.min)
    if found is None:
        raise Unreadable(
            column,
            _("%(value)s ist kein Zeitpunkt. Möglich ist z. B. 17.03.2026 10:12.")
            % {"value": cell},
        )
    return found.astimezone(UTC) if timezone.is_aware(found) else timezone.make_aware(found)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or, as older programs write, Windows-1252.

    :raises errors.Invalid: it is too large or no text (``file``)
    """
    if len(content) > MOST_BYTES:
        raise bad_file(_("Die Datei ist größer als 50 MB. Bitte teilen Sie sie."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise bad_file(_("Das ist keine Textdatei. Bitte speichern Sie sie als CSV (UTF-8)."))
    return text


def _cell(line: Sequence[str], index: int | None) -> str:
    return line[index].strip() if index is not None and index < len(line) else ""


def bad_file(message: str) -> errors.Invalid:
    return errors.Invalid({"file": [message]})
