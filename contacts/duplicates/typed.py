"""What somebody has typed so far, as matching reads it: half a value says nothing, none is refused.

A form sends its fields as they stand there, the API the same in JSON. The record that is being
edited keeps what it has where nothing was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from contacts.contact_points import Record, read
from contacts.matching import normalise
from contacts.matching.normalise import NameParts, Unreadable
from contacts.matching.signatures import Facts, Place
from contacts.matching.store import facts
from contacts.models import Company, ContactPointKind, Person
from crm.kernel import errors

CALLED: Final = (ContactPointKind.PHONE, ContactPointKind.MOBILE)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """An address; ``street`` may hold the house number."""

    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class TypedPoint:
    """A contact point in any notation."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """``name`` is a whole name in one line, read only if its parts are not given. A company has
    nothing but a name and a VAT id. ``company`` is where the person works, chosen among the
    records that the user may see, or only its name."""

    name: str = ""
    given_name: str = ""
    surname: str = ""
    birth_date: str = ""
    vat_id: str = ""
    points: Sequence[TypedPoint] = ()
    places: Sequence[TypedPlace] = ()
    company: Company | None = None
    company_name: str = ""


def of_person(typed: Typed, *, today: date) -> Facts:
    """What is known of the person so far. Who has no address has the employer's."""
    parts = NameParts(given_name=typed.given_name.strip(), surname=typed.surname.strip())
    if not (parts.given_name or parts.surname):
        parts = _read(normalise.person_name, typed.name) or NameParts()
    found = Facts(
        given_name=parts.given_name,
        surname=parts.surname,
        birth_date=read_birth_date(typed.birth_date, today=today),
    )
    _add_reach(found, typed)
    if typed.company:
        found.employers.append((typed.company.pk & 0x7FFFFFFF, typed.company.name))
        if not found.places:
            found.places += facts.of_companies([typed.company.pk])[typed.company.pk].places
    elif firm := _read(normalise.company_name, typed.company_name):
        found.employers.append((0, firm.name))
    return found


def of_company(typed: Typed) -> Facts:
    """What is known of the company so far."""
    name = _read(normalise.company_name, typed.name)
    found = Facts(
        surname=name.name if name else "", vat_id=_read(normalise.vat_id, typed.vat_id) or ""
    )
    _add_reach(found, typed)
    return found


def of_record(record: Record) -> Facts:
    """What is stored of the record, to be changed by what is typed."""
    found = facts.of_persons if isinstance(record, Person) else facts.of_companies
    return found([record.pk])[record.pk]


def read_birth_date(text: str, *, today: date) -> date | None:
    """The day, if it is one."""
    return _read(lambda day: normalise.birth_date(day, today=today), text)


def add_point(known: Facts, point: TypedPoint, *, instead_of: str = "") -> None:
    """Let the facts have the contact point, in place of another one (normalised)."""
    for values in (known.emails, known.phones):
        if instead_of in values:
            values.remove(instead_of)
    try:
        reading = read(kind=point.kind, value=point.value)
    except errors.Invalid:
        return
    if reading.kind == ContactPointKind.EMAIL:
        known.emails.append(reading.normalised)
    elif reading.kind in CALLED:
        known.phones.append(reading.normalised)


def add_place(known: Facts, place: TypedPlace, *, instead_of: Place | None = None) -> None:
    """Let the facts have the address, in place of another one."""
    if instead_of in known.places:
        known.places.remove(instead_of)
    street = _read(normalise.street, place.street)
    country = place.country or "DE"
    read_place = Place(
        street=street.name if street else "",
        house_number=place.house_number or (street.house_number if street else ""),
        postal_code=_read(lambda code: normalise.postal_code(code, country), place.postal_code)
        or "",
        city=place.city.strip(),
    )
    if read_place != Place():
        known.places.append(read_place)


def _add_reach(known: Facts, typed: Typed) -> None:
    for point in typed.points:
        add_point(known, point)
    for place in typed.places:
        add_place(known, place)


def _read(reader: Callable[[str], T], text: str) -> T | None:
    """What the reader makes of the text, if it can be read yet."""
    try:
        return reader(text) if text.strip() else None
    except Unreadable:
        return None
