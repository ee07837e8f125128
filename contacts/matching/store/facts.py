"""What matching needs to know of persons and companies, read in few queries."""

from collections.abc import Mapping, Sequence
from typing import Any

from contacts.matching.signatures import Facts, Place
from contacts.models import (
    Address,
    Company,
    ContactPointHolder,
    ContactPointKind,
    ContactPointStatus,
    Employment,
    Person,
)

_CALLED = (ContactPointKind.PHONE, ContactPointKind.MOBILE)


def of_persons(ids: Sequence[int]) -> dict[int, Facts]:
    """Facts by person; five queries. Persons without an address have their employer's."""
    rows = Person.objects.filter(pk__in=ids).values_list(
        "pk", "given_name", "surname", "birth_date"
    )
    facts = {
        pk: Facts(id=pk, given_name=given, surname=surname, birth_date=born)
        for pk, given, surname, born in rows
    }
    _add_points(facts, "person")
    _add_places(facts, "person")
    _add_employers(facts)
    return facts


def of_companies(ids: Sequence[int]) -> dict[int, Facts]:
    """Facts by company; three queries."""
    rows = Company.objects.filter(pk__in=ids).values_list("pk", "name", "vat_id")
    facts = {pk: Facts(id=pk, surname=name, vat_id=vat) for pk, name, vat in rows}
    _add_points(facts, "company")
    _add_places(facts, "company")
    return facts


def _add_points(facts: dict[int, Facts], holder: str) -> None:
    """Kinds are told apart here: a condition on them tempts the planner to begin with them."""
    held: Any = ContactPointHolder.objects.filter(**{f"{holder}__in": list(facts)}).order_by()
    rows = held.values_list(
        "is_preferred",
        "id",
        f"{holder}_id",
        "status",
        "contact_point__kind",
        "contact_point__normalised",
    )
    for *_order, pk, status, kind, value in sorted(rows, key=lambda row: (not row[0], row[1])):
        if status != ContactPointStatus.REASSIGNED:
            add_point(facts[pk], kind, value)


def add_point(facts: Facts, kind: str, normalised: str) -> None:
    """Add a contact point, if it is of a kind that tells who somebody is."""
    if kind in _CALLED:
        facts.phones.append(normalised)
    elif kind == ContactPointKind.EMAIL:
        facts.emails.append(normalised)


def employer(company_id: int, name: str) -> tuple[int, str]:
    """A company as :attr:`Facts.employers` holds it."""
    return company_id & 0x7FFFFFFF, name


def _add_places(facts: dict[int, Facts], holder: str) -> None:
    for pk, place in _places(holder, list(facts)):
        facts[pk].places.append(place)


def _places(holder: str, ids: Sequence[int]) -> list[tuple[int, Place]]:
    """(record, place), those that are still valid first."""
    rows: Any = Address.objects.filter(**{f"{holder}__in": ids}).values_list(
        f"{holder}_id", "street", "house_number", "postal_code", "city"
    )
    return [(pk, Place(*fields)) for pk, *fields in rows]


def _add_employers(facts: dict[int, Facts]) -> None:
    roles = Employment.objects.filter(person__in=list(facts)).values_list(
        "person_id", "company_id", "company__name"
    )
    works_at: dict[int, list[int]] = {}
    for pk, company, name in roles:
        facts[pk].employers.append(employer(company, name))
        if not facts[pk].places:
            works_at.setdefault(company, []).append(pk)
    add_business_places(facts, works_at)


def add_business_places(facts: dict[int, Facts], works_at: Mapping[int, Sequence[int]]) -> None:
    """Give persons the addresses of the companies they work at (persons by company)."""
    for company, place in _places("company", list(works_at)) if works_at else []:
        for pk in works_at[company]:
            facts[pk].places.append(place)
