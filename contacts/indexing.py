"""Keeps search keys, completeness and signatures of records true; every write path comes here."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from contacts import completeness
from contacts.matching.store import upkeep
from contacts.models import Company, Employment, MatchingKind, Person
from contacts.searching import facts as fact_reading
from contacts.searching.facts import Facts
from contacts.searching.keys import company_keys, person_keys

CHUNK = 2000
_NO_FACTS = Facts()
_PERSON_COLUMNS = {
    "sort_key": "text",
    "given_key": "text",
    "surname_code": "text",
    "given_code": "text",
    "search": "tsvector",
    "completeness": "smallint",
}
_COMPANY_COLUMNS = {
    "sort_key": "text",
    "name_code": "text",
    "search": "tsvector",
    "completeness": "smallint",
}


def refresh_persons(ids: Iterable[int]) -> int:
    """Recompute the keys of these persons; returns how many rows changed.

    The number of queries depends on the number of chunks of 2,000, not of persons.
    """
    return sum(len(_refresh_persons(chunk)) for chunk in _chunks(ids))


def refresh_companies(ids: Iterable[int], *, with_persons: bool = True) -> int:
    """Recompute the keys of these companies; returns how many companies changed.

    Persons are found by their employers' names and places, so those of a changed company are
    refreshed, too (a house number is enough: signatures hold it), unless ``with_persons`` is
    false (a bulk writer that does them anyway).
    """
    changed: list[int] = []
    told: list[int] = []
    for chunk in _chunks(ids):
        keys, signatures = _refresh_companies(chunk)
        changed += keys
        told += sorted({*keys, *signatures})
    if told and with_persons:
        staff = Employment.objects.filter(company__in=told).order_by("person_id")
        refresh_persons(staff.values_list("person_id", flat=True).distinct())
    return len(changed)


def rebuild(*, progress: Callable[[str, int], None] = lambda _kind, _count: None) -> None:
    """Recompute everything, chunk by chunk in transactions of their own.

    ``progress`` is told ("company" or "person", how many are done).
    """
    done = 0
    for chunk in _chunks(_all_ids(Company.objects.all())):
        done += len(chunk)
        refresh_companies(chunk, with_persons=False)
        progress("company", done)
    done = 0
    for chunk in _chunks(_all_ids(Person.objects.all())):
        done += len(chunk)
        refresh_persons(chunk)
        progress("person", done)


@transaction.atomic
def _refresh_persons(ids: Sequence[int]) -> list[int]:
    persons = list(Person.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True))
    facts = fact_reading.of_persons([person.pk for person in persons])
    rows = [_person_row(person, facts.get(person.pk, _NO_FACTS)) for person in persons]
    upkeep.refresh(MatchingKind.PERSON, [person.pk for person in persons])
    return _write("contacts_person", _PERSON_COLUMNS, rows)


@transaction.atomic
def _refresh_companies(ids: Sequence[int]) -> tuple[list[int], list[int]]:
    """The companies whose keys changed, and those whose signatures did."""
    companies = list(
        Company.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    )
    facts = fact_reading.of_companies([company.pk for company in companies])
    rows = [_company_row(company, facts.get(company.pk, _NO_FACTS)) for company in companies]
    signatures = upkeep.refresh(MatchingKind.COMPANY, [company.pk for company in companies])
    return _write("contacts_company", _COMPANY_COLUMNS, rows), signatures


def _person_row(person: Person, facts: Facts) -> tuple[Any, ...]:
    keys = person_keys(
        surname=person.surname,
        given_name=person.given_name,
        particle=person.particle,
        owner_id=person.owner_id,
        team_id=person.team_id,
        company_names=facts.company_names,
        places=facts.places,
    )
    parts = completeness.person_parts(
        given_name=person.given_name,
        surname=person.surname,
        salutation=person.salutation,
        has_email=facts.has_email,
        has_phone=facts.has_phone,
        has_address=facts.has_address,
        has_employment=facts.has_function,
    )
    return (
        person.pk,
        keys.sort_key,
        keys.given_key,
        keys.surname_code,
        keys.given_code,
        keys.search,
        completeness.percentage(parts),
    )


def _company_row(company: Company, facts: Facts) -> tuple[Any, ...]:
    keys = company_keys(
        name=company.name,
        owner_id=company.owner_id,
        team_id=company.team_id,
        places=facts.places,
    )
    parts = completeness.company_parts(
        legal_form=company.legal_form,
        has_address=facts.has_address,
        has_phone=facts.has_phone,
        has_email_or_website=facts.has_email or bool(company.website),
        has_number=bool(company.vat_id or company.erp_number),
        has_industry=bool(company.industry_codes),
    )
    return company.pk, keys.sort_key, keys.name_code, keys.search, completeness.percentage(parts)


def _write(table: str, columns: dict[str, str], rows: list[tuple[Any, ...]]) -> list[int]:
    """Update the rows that differ, in one statement; returns their ids."""
    if not rows:
        return []
    names = list(columns)
    arrays = ", ".join(f"%s::{_sent_as(kind)}[]" for kind in ("bigint", *columns.values()))
    values = ", ".join(f"new.{name}::{columns[name]}" for name in names)
    old = ", ".join(f"old.{name}" for name in names)
    statement = (
        f"UPDATE {table} AS old SET ({', '.join(names)}) = ROW({values}) "
        f"FROM unnest({arrays}) AS new(id, {', '.join(names)}) "
        f"WHERE old.id = new.id AND ROW({old}) IS DISTINCT FROM ROW({values}) RETURNING old.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        return sorted(pk for (pk,) in cursor.fetchall())


def _sent_as(kind: str) -> str:
    return "text" if kind == "tsvector" else kind


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def _all_ids(records: QuerySet[Any]) -> Iterator[int]:
    """All primary keys in order, read page by page."""
    last = 0
    while page := list(
        records.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        yield from page
        last = page[-1]
