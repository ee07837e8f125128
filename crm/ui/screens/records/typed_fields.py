"""What stands in the fields of a record's forms, for the check at entry."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contacts.contact_points import Record
from contacts.duplicates import typed
from contacts.duplicates.typed import Typed, TypedPlace, TypedPoint
from contacts.matching.signatures import Facts, Place
from contacts.models import Company, Person
from crm.accounts.models import User
from crm.kernel import clock
from crm.ui.screens.records.forms.new_reach import POINTS

Fields = Mapping[str, Any]


def new_person(fields: Fields, *, user: User) -> Facts:
    """The person in the quick add; its name as :class:`NewPersonForm` reads it."""
    name = _text(fields, "name")
    mended = not name or _text(fields, "parts_of") in (name, "")
    known = Typed(
        name=name,
        given_name=_text(fields, "given_name") if mended else "",
        surname=_text(fields, "surname") if mended else "",
        points=_points(fields),
        places=[_place(fields)],
        company=_chosen(_text(fields, "company_choice"), user=user),
        company_name=_text(fields, "company"),
    )
    return typed.of_person(known, today=clock.today())


def new_company(fields: Fields) -> Facts:
    """The company in the quick add."""
    known = Typed(
        name=_text(fields, "name"),
        vat_id=_text(fields, "vat_id"),
        points=_points(fields),
        places=[_place(fields)],
    )
    return typed.of_company(known)


def identity(fields: Fields, record: Record) -> Facts:
    """The record with the name, birth date and number that are typed."""
    stored = typed.of_record(record)
    if isinstance(record, Person):
        stored.given_name, stored.surname = _text(fields, "given_name"), _text(fields, "surname")
        day = _text(fields, "birth_date")
        stored.birth_date = typed.read_birth_date(day, today=clock.today())
        return stored
    own = typed.of_company(Typed(name=_text(fields, "name"), vat_id=_text(fields, "vat_id")))
    stored.surname, stored.vat_id = own.surname, own.vat_id
    return stored


def point(fields: Fields, record: Record, *, pk: int) -> Facts:
    """The record with a further contact point, or with another one in place of that number."""
    stored = typed.of_record(record)
    held = record.contact_points.select_related("contact_point").filter(pk=pk).first()
    value = TypedPoint(_text(fields, "kind"), _text(fields, "value"))
    typed.add_point(stored, value, instead_of=held.contact_point.normalised if held else "")
    return stored


def place(fields: Fields, record: Record, *, pk: int) -> Facts:
    """The record with a further address, or with another one in place of that number."""
    stored = typed.of_record(record)
    held = record.addresses.filter(pk=pk).first()
    former = Place(held.street, held.house_number, held.postal_code, held.city) if held else None
    typed.add_place(stored, _place(fields), instead_of=former)
    return stored


def public_ids(texts: list[str]) -> list[UUID]:
    """Those of these texts that are public ids."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _points(fields: Fields) -> list[TypedPoint]:
    return [
        TypedPoint(kind, _text(fields, name)) for name, kind in POINTS.items() if fields.get(name)
    ]


def _place(fields: Fields) -> TypedPlace:
    names = ("street", "postal_code", "city", "country")
    return TypedPlace(**{name: _text(fields, name) for name in names})


def _chosen(text: str, *, user: User) -> Company | None:
    wanted = public_ids([text])
    return Company.objects.visible_to(user).filter(public_id__in=wanted).first() if wanted else None


def _text(fields: Fields, name: str) -> str:
    return str(fields.get(name) or "").strip()
