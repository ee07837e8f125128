"""Candidates fetched once more, through the user's access, with what is shown of them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from contacts.models import Address, Company, ContactPointHolder, Employment, Person
from contacts.searching.lookups import Candidate
from contacts.searching.marking import Part, marked, wholly
from contacts.searching.query import Kind, Query
from crm.accounts.models import User

_CALLED = ("PHONE", "MOBILE")
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record: ``title`` and ``details`` in marked pieces, as text in ``name``."""

    kind: Kind
    public_id: UUID
    name: str
    title: tuple[Part, ...]
    details: tuple[Part, ...]
    by_sound: bool = False

    @property
    def details_text(self) -> str:
        """The second line without marks."""
        return "".join(part.text for part in self.details)


def of_persons(
    candidates: Sequence[Candidate], *, query: Query, user: User, alike: Set[int]
) -> list[Hit]:
    """Hits in the order of the candidates; what the user may not see is missing.

    ``alike``: the ids of those that were found by their sound.
    """
    ids = [candidate.pk for candidate in candidates]
    persons = Person.objects.visible_to(user).filter(pk__in=ids).in_bulk() if ids else {}
    roles, numbers = _roles(list(persons)), _numbers(list(persons))
    return [
        Hit(
            kind="person",
            public_id=person.public_id,
            name=person.full_name,
            title=marked(person.full_name, query),
            details=_details(
                candidate.matched,
                [roles.get(person.pk, ""), numbers.get(person.pk, "")],
                query,
            ),
            by_sound=candidate.pk in alike,
        )
        for candidate in candidates
        if (person := persons.get(candidate.pk))
    ]


def of_companies(
    candidates: Sequence[Candidate], *, query: Query, user: User, alike: Set[int]
) -> list[Hit]:
    """Hits in the order of the candidates; what the user may not see is missing.

    ``alike``: the ids of those that were found by their sound.
    """
    ids = [candidate.pk for candidate in candidates]
    companies = Company.objects.visible_to(user).filter(pk__in=ids).in_bulk() if ids else {}
    cities = _cities(list(companies))
    return [
        Hit(
            kind="company",
            public_id=company.public_id,
            name=company.full_name,
            title=marked(company.full_name, query),
            details=_details(
                candidate.matched, [cities.get(company.pk, ""), company.erp_number], query
            ),
            by_sound=candidate.pk in alike,
        )
        for candidate in candidates
        if (company := companies.get(candidate.pk))
    ]


def _details(matched: str, texts: list[str], query: Query) -> tuple[Part, ...]:
    """What the record was found by comes first and is marked as a whole."""
    shown = [text for text in texts if text and text != matched]
    pieces = [wholly(matched)] if matched else []
    pieces += [marked(text, query) for text in shown]
    parts: list[Part] = []
    for piece in pieces:
        parts += [Part(_BETWEEN)] if parts else []
        parts += piece
    return tuple(parts)


def _roles(ids: list[int]) -> dict[int, str]:
    """Person → "Leiter Technik, Havelberg Anlagenbau GmbH", of the present main role."""
    rows = (
        Employment.objects.filter(person__in=ids, ended_on=None)
        .order_by("person_id", "-is_primary", "-id")
        .distinct("person_id")
        .values_list("person_id", "function", "company__name", "company__legal_form")
    )
    return {
        person: ", ".join(part for part in (function, f"{name} {form}".strip()) if part)
        for person, function, name, form in rows
    }


def _numbers(ids: list[int]) -> dict[int, str]:
    """Person → the number to call first."""
    rows = (
        ContactPointHolder.objects.filter(
            person__in=ids, status="ACTIVE", contact_point__kind__in=_CALLED
        )
        .order_by("person_id", "-is_preferred", "id")
        .distinct("person_id")
        .values_list("person_id", "contact_point__display")
    )
    return dict(rows)


def _cities(ids: list[int]) -> dict[int, str]:
    """Company → city of the first address still valid."""
    rows = (
        Address.objects.filter(company__in=ids, valid_to=None)
        .order_by("company_id", "id")
        .distinct("company_id")
        .values_list("company_id", "city")
    )
    return {company: city for company, city in rows if company}
