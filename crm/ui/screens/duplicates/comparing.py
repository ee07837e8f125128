"""Records side by side: a row per kind of datum, with what differs marked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from string import ascii_uppercase
from typing import Any, Final

from django.utils.translation import gettext as _

from contacts.contact_points import Record
from contacts.models import Address, ContactPointKind, ContactPointStatus, Employment, Person
from crm.ui import formats
from crm.ui.screens.records import subject

Pieces = list[tuple[str, bool]]  # text, and whether it differs
ALIKE: Final = 0.65  # from which likeness on single letters are marked, not the whole word
_WORDS: Final = re.compile(r"\w+|\W")
NUMBERS = (ContactPointKind.PHONE, ContactPointKind.MOBILE, ContactPointKind.FAX)
OTHERS = (ContactPointKind.MESSENGER, ContactPointKind.SOCIAL)


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that a record says; ``key`` tells whether two are the same."""

    text: str
    note: str = ""
    key: str = ""

    @property
    def same_as(self) -> str:
        """What is compared."""
        return self.key or self.text


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with its differing parts."""

    pieces: Pieces
    note: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says in a row; ``letter`` is that of its column."""

    letter: str
    values: list[Shown]


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of datum; ``is_same`` if all records say the same."""

    label: str
    cells: list[Cell]
    is_same: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A record: its letter, its page, its name with what differs, and how old its data are."""

    letter: str
    record: Record
    url: str
    name: Pieces
    source: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some records side by side."""

    columns: list[Column]
    rows: list[Row]


def compare(records: Sequence[Record]) -> Comparison:
    """The records in columns A, B, C …; rows about which nobody says anything are left out."""
    columns = [_column(letter, record, records[0]) for letter, record in lettered(records)]
    rows = [_row(label, records, read) for label, read in _fields(records[0])]
    return Comparison(columns, [row for row in rows if row is not None])


def lettered(records: Sequence[Record]) -> list[tuple[str, Record]]:
    """Each record with its letter; behind Z come numbers."""
    letters = ascii_uppercase
    return [
        (letters[at] if at < len(letters) else str(at + 1), record)
        for at, record in enumerate(records)
    ]


def differences(text: str, reference: str) -> Pieces:
    """The text in pieces; marked is what the reference has not: words, or letters of words that
    are much alike."""
    words, known = _WORDS.findall(text), _WORDS.findall(reference)
    if text == reference or not reference:
        return [(text, False)]
    if sorted(words) == sorted(known):  # another order
        return [(text, True)]
    pieces: Pieces = []
    for act, start, end, first, last in SequenceMatcher(None, known, words, False).get_opcodes():
        before, after = known[start:end], words[first:last]
        if act == "replace" and len(before) == len(after):
            for word, other in zip(after, before, strict=True):
                pieces += _letters(word, other)
        elif after:
            pieces.append(("".join(after), act != "equal"))
    if not any(differs for _text, differs in pieces):  # shorter, nothing of its own
        return [(text, True)]
    return pieces


def _letters(word: str, reference: str) -> Pieces:
    """A word in pieces; as a whole if it is not much like the other, or only shorter."""
    matcher = SequenceMatcher(None, reference, word, False)
    acts = matcher.get_opcodes()
    if matcher.ratio() < ALIKE or all(act in ("equal", "delete") for act, *_at in acts):
        return [(word, True)]
    return [
        (word[start:end], act != "equal") for act, _from, _to, start, end in acts if start < end
    ]


def _column(letter: str, record: Record, first: Record) -> Column:
    return Column(
        letter,
        record,
        subject.url_of(record),
        differences(record.full_name, first.full_name),
        record.source.name,
        formats.day(record.confirmed_on) if record.confirmed_on else "",
    )


def _row(label: str, records: Sequence[Record], read: Callable[[Any], list[Value]]) -> Row | None:
    values = [read(record) for record in records]
    if not any(values):
        return None
    reference = next(each for each in values if each)
    cells = [
        Cell(letter, [_shown(value, reference) for value in said])
        for (letter, _record), said in zip(lettered(records), values, strict=True)
    ]
    keys = {frozenset(value.same_as for value in said) for said in values}
    return Row(label, cells, len(keys) == 1)


def _shown(value: Value, reference: list[Value]) -> Shown:
    """Several values are the same or not; of single ones the letters are compared."""
    if any(value.same_as == other.same_as for other in reference):
        return Shown([(value.text, False)], value.note)
    if len(reference) == 1:
        return Shown(differences(value.text, reference[0].text), value.note)
    return Shown([(value.text, True)], value.note)


def _fields(record: Record) -> list[tuple[str, Callable[[Any], list[Value]]]]:
    shared: list[tuple[str, Callable[[Any], list[Value]]]] = [
        (_("Anschrift"), _places),
        (_("Telefon"), lambda record: _points(record, NUMBERS)),
        (_("E-Mail"), lambda record: _points(record, (ContactPointKind.EMAIL,))),
        (_("Weitere Wege"), lambda record: _points(record, OTHERS)),
    ]
    if isinstance(record, Person):
        return [(_("Firma"), _employers), (_("Geburtsdatum"), _birth), *shared]
    return [
        *shared,
        (_("Website"), lambda record: _texts(record.website)),
        (_("USt-IdNr."), lambda record: _texts(record.vat_id)),
        (_("ERP-Nummer"), lambda record: _texts(record.erp_number)),
    ]


def _texts(text: str) -> list[Value]:
    return [Value(text)] if text else []


def _birth(record: Person) -> list[Value]:
    return _texts(formats.day(record.birth_date) if record.birth_date else "")


def _employers(record: Person) -> list[Value]:
    roles: list[Employment] = list(record.employments.all())
    return [
        Value(role.company.full_name, note=", ".join(filter(None, (role.function, _until(role)))))
        for role in roles
    ]


def _until(role: Employment) -> str:
    return _("bis %(day)s") % {"day": formats.day(role.ended_on)} if role.ended_on else ""


def _places(record: Record) -> list[Value]:
    places: list[Address] = list(record.addresses.all())
    return [Value(str(place), note=_ended(place)) for place in places]


def _ended(place: Address) -> str:
    return _("bis %(day)s") % {"day": formats.day(place.valid_to)} if place.valid_to else ""


def _points(record: Record, kinds: Sequence[str]) -> list[Value]:
    held = [each for each in record.contact_points.all() if each.contact_point.kind in kinds]
    return [
        Value(
            each.contact_point.display,
            note="" if each.status == ContactPointStatus.ACTIVE else each.get_status_display(),
            key=each.contact_point.normalised,
        )
        for each in held
    ]
