"""Persons and companies as rows for COPY, with their search keys and completeness."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from contacts import completeness
from contacts.importing.prepared import PreparedCompany, PreparedPerson, PreparedRow
from contacts.importing.storing.batch import Origin
from contacts.importing.storing.employers import Employer
from contacts.models import ContactPointKind
from contacts.searching.keys import PersonKeys, company_keys, person_keys
from crm.kernel.ids import uuid7_hex

CALLED: Final = frozenset({ContactPointKind.PHONE, ContactPointKind.MOBILE})
COMMON: Final = (
    "id",
    "public_id",
    "remark",
    "owner_id",
    "team_id",
    "source_id",
    "confirmed_on",
    "created_at",
    "updated_at",
    "field_sources",
    "version",
    "duplicate_check_due",
)
PERSON_COLUMNS: Final = (
    *COMMON,
    "salutation",
    "title",
    "given_name",
    "particle",
    "surname",
    "birth_date",
    "language",
    "completeness",
    "sort_key",
    "given_key",
    "surname_code",
    "given_code",
    "search",
)
COMPANY_COLUMNS: Final = (
    *COMMON,
    "name",
    "legal_form",
    "vat_id",
    "erp_number",
    "website",
    "industry_codes",
    "completeness",
    "sort_key",
    "name_code",
    "search",
)
Belonging = tuple[int | None, int | None]


def keys_of(row: PreparedRow, belonging: Belonging, employer: Employer | None) -> PersonKeys:
    """Search keys of the row's person; ``employer`` has all its places by now."""
    person = row.person or PreparedPerson()
    own = [f"{each.postal_code} {each.city}" for each in row.addresses]
    return person_keys(
        surname=person.surname,
        given_name=person.given_name,
        particle=person.particle,
        owner_id=belonging[0],
        team_id=belonging[1],
        company_names=[employer.name] if employer else [],
        places=[*own, *(employer.places if employer else [])],
    )


def person_row(
    pk: int,
    row: PreparedRow,
    belonging: Belonging,
    origin: Origin,
    keys: PersonKeys,
    *,
    has_employer: bool,
    is_suspect: bool,
) -> tuple[Any, ...]:
    """Values of :data:`PERSON_COLUMNS`."""
    person = row.person or PreparedPerson()
    kinds = {point.kind for point in row.points if point.holder == "person"}
    share = completeness.person_percentage(
        has_name=bool(person.given_name and person.surname),
        has_salutation=bool(person.salutation),
        has_email=ContactPointKind.EMAIL in kinds,
        has_phone=bool(kinds & CALLED),
        has_address=bool(row.addresses),
        has_employment=has_employer and bool(person.function),
    )
    return (
        *_common(pk, person.remark, belonging, origin, is_suspect=is_suspect),
        person.salutation,
        person.title,
        person.given_name,
        person.particle,
        person.surname,
        person.birth_date,
        person.language or "de",
        share,
        keys.sort_key,
        keys.given_key,
        keys.surname_code,
        keys.given_code,
        keys.search,
    )


def company_row(
    pk: int,
    company: PreparedCompany,
    belonging: Belonging,
    origin: Origin,
    *,
    erp_number: str,
    places: Sequence[str],
    kinds: Collection[str],
    is_suspect: bool,
) -> tuple[Any, ...]:
    """Values of :data:`COMPANY_COLUMNS`; ``kinds`` are those of its contact points."""
    keys = company_keys(
        name=company.name, owner_id=belonging[0], team_id=belonging[1], places=places
    )
    parts = completeness.company_parts(
        legal_form=company.legal_form,
        has_address=bool(places),
        has_phone=bool(CALLED & set(kinds)),
        has_email_or_website=bool(company.website) or ContactPointKind.EMAIL in kinds,
        has_number=bool(company.vat_id or erp_number),
        has_industry=bool(company.industry),
    )
    return (
        *_common(pk, company.remark, belonging, origin, is_suspect=is_suspect),
        company.name,
        company.legal_form,
        company.vat_id,
        erp_number,
        company.website,
        [company.industry] if company.industry else [],
        completeness.percentage(parts),
        keys.sort_key,
        keys.name_code,
        keys.search,
    )


def _common(
    pk: int, remark: str, belonging: Belonging, origin: Origin, *, is_suspect: bool
) -> tuple[Any, ...]:
    at = origin.at
    source, confirmed = origin.source_id, origin.confirmed_on
    return (pk, uuid7_hex(), remark, *belonging, source, confirmed, at, at, "{}", 1, is_suspect)
