"""Candidates fetched once more, through the user's access, with what is shown of them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from contacts.models import Company, Person
from contacts.searching.lookups import Candidate, fetch
from contacts.searching.marking import Part, marked, wholly
from contacts.searching.query import Kind, Query
from crm.accounts.models import User

_BETWEEN = " · "
_PERSON_FIELDS = ("public_id", "title", "given_name", "particle", "surname")
_COMPANY_FIELDS = ("public_id", "name", "legal_form", "erp_number")


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
    if not candidates:
        return []
    seen = Person.objects.visible_to(user).only(*_PERSON_FIELDS)
    persons = seen.in_bulk([candidate.pk for candidate in candidates])
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
    if not candidates:
        return []
    seen = Company.objects.visible_to(user).only(*_COMPANY_FIELDS)
    companies = seen.in_bulk([candidate.pk for candidate in candidates])
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
    rows = fetch(
        "SELECT DISTINCT ON (person_id) person_id, function, name, legal_form "
        "FROM contacts_employment AS role JOIN contacts_company AS firm ON firm.id = company_id "
        "WHERE person_id = ANY(%s) AND ended_on IS NULL "
        "ORDER BY person_id, is_primary DESC, role.id DESC",
        [ids],
    )
    return {
        person: ", ".join(part for part in (function, f"{name} {form}".strip()) if part)
        for person, function, name, form in rows
    }


def _numbers(ids: list[int]) -> dict[int, str]:
    """Person → the number to call first."""
    rows = fetch(
        "SELECT DISTINCT ON (person_id) person_id, display "
        "FROM contacts_contactpointholder AS held "
        "JOIN contacts_contactpoint AS point ON point.id = contact_point_id "
        "WHERE person_id = ANY(%s) AND status = 'ACTIVE' AND kind IN ('PHONE', 'MOBILE') "
        "ORDER BY person_id, is_preferred DESC, held.id",
        [ids],
    )
    return dict(rows)


def _cities(ids: list[int]) -> dict[int, str]:
    """Company → city of the first address still valid."""
    rows = fetch(
        "SELECT DISTINCT ON (company_id) company_id, city FROM contacts_address "
        "WHERE company_id = ANY(%s) AND valid_to IS NULL AND city <> '' "
        "ORDER BY company_id, id",
        [ids],
    )
    return dict(rows)
