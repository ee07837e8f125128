"""Candidates fetched once more, through the user's access, with what is shown of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from contacts.models import Company, Person
from contacts.models.record import RecordQuerySet
from contacts.searching.lookups import Candidate, fetch
from contacts.searching.marking import Part, marked, wholly
from contacts.searching.query import Kind, Query
from crm.accounts.models import User

_BETWEEN = " · "
_PERSON_FIELDS = ("public_id", "title", "given_name", "particle", "surname")
_COMPANY_FIELDS = ("public_id", "name", "legal_form", "erp_number")
_LINES: dict[Kind, tuple[str, ...]] = {"person": ("role", "number"), "company": ("city",)}
# "Leiter Technik, Havelberg Anlagenbau GmbH" of the present main role
_ROLES = """
    SELECT DISTINCT ON (person_id) 'role', person_id,
        concat_ws(', ', nullif(function, ''), trim(name || ' ' || legal_form))
    FROM contacts_employment AS role JOIN contacts_company AS firm ON firm.id = company_id
    WHERE person_id = ANY(%s) AND ended_on IS NULL
    ORDER BY person_id, is_primary DESC, role.id DESC
"""
# the number to call first
_NUMBERS = """
    SELECT DISTINCT ON (person_id) 'number', person_id, display
    FROM contacts_contactpointholder AS held
    JOIN contacts_contactpoint AS point ON point.id = contact_point_id
    WHERE person_id = ANY(%s) AND status = 'ACTIVE' AND kind IN ('PHONE', 'MOBILE')
    ORDER BY person_id, is_preferred DESC, held.id
"""
# the city of the first address still valid
_CITIES = """
    SELECT DISTINCT ON (company_id) 'city', company_id, city
    FROM contacts_address
    WHERE company_id = ANY(%s) AND valid_to IS NULL AND city <> ''
    ORDER BY company_id, id
"""
Lines = dict[tuple[str, int], str]
R = TypeVar("R", Person, Company)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate that gets a place, and whether its name only sounds as typed."""

    candidate: Candidate
    by_sound: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record: ``title`` and ``details`` in marked pieces, as text in ``name``.

    ``matched`` is the number or address it was found by, "" if found by its name.
    """

    kind: Kind
    public_id: UUID
    name: str
    title: tuple[Part, ...]
    details: tuple[Part, ...]
    by_sound: bool = False
    matched: str = ""

    @property
    def details_text(self) -> str:
        """The second line without marks."""
        return "".join(part.text for part in self.details)


def of(
    persons: Sequence[Chosen], companies: Sequence[Chosen], *, query: Query, user: User
) -> tuple[list[Hit], list[Hit]]:
    """Hits in the order of the candidates; what the user may not see is missing."""
    people = _seen(Person.objects.visible_to(user).only(*_PERSON_FIELDS), persons)
    firms = _seen(Company.objects.visible_to(user).only(*_COMPANY_FIELDS), companies)
    lines = _lines(list(people), list(firms))
    return (
        [
            _hit("person", found, people[found.candidate.pk], lines, query)
            for found in persons
            if found.candidate.pk in people
        ],
        [
            _hit("company", found, firms[found.candidate.pk], lines, query)
            for found in companies
            if found.candidate.pk in firms
        ],
    )


def _seen(records: RecordQuerySet[R], chosen: Sequence[Chosen]) -> dict[int, R]:
    return records.in_bulk([found.candidate.pk for found in chosen]) if chosen else {}


def _hit(kind: Kind, found: Chosen, record: Person | Company, lines: Lines, query: Query) -> Hit:
    texts = [lines.get((what, record.pk), "") for what in _LINES[kind]]
    if isinstance(record, Company):
        texts.append(record.erp_number)
    return Hit(
        kind=kind,
        public_id=record.public_id,
        name=record.full_name,
        title=marked(record.full_name, query),
        details=_details(found.candidate.matched, texts, query),
        by_sound=found.by_sound,
        matched=found.candidate.matched,
    )


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


def _lines(persons: list[int], companies: list[int]) -> Lines:
    """What is shown of records besides their names, read in one statement."""
    selects: list[str] = []
    values: list[list[int]] = []
    if persons:
        selects += [_ROLES, _NUMBERS]
        values += [persons, persons]
    if companies:
        selects.append(_CITIES)
        values.append(companies)
    if not selects:
        return {}
    rows = fetch(" UNION ALL ".join(f"({select})" for select in selects), values)
    return {(what, pk): text for what, pk, text in rows}
