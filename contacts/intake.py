"""Taking in a person or a company with all that is known at once: all of it, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from contacts import addresses, companies, contact_points, employments, persons
from contacts.contact_points import Record
from contacts.duplicates import decisions
from contacts.models import Company, Employment, PairDecision, Person, Source
from crm.accounts.models import User
from crm.kernel import errors

Errors = dict[str, list[str]]
POINT_FIELDS = ("value", "kind", "label", "purpose")


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A contact point to be added; ``field`` is where its refusal is shown."""

    field: str
    kind: str
    value: str
    purpose: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class NewRole:
    """What the person does at ``company``, or at a company that is created as ``new_company``."""

    company: Company | None = None
    new_company: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who takes in what from where: the same for every part."""

    actor: User
    source: Source
    confirmed_on: date | None
    at: datetime

    def as_dict(self) -> dict[str, Any]:
        """The keyword arguments that all services share."""
        return {
            "actor": self.actor,
            "source": self.source,
            "confirmed_on": self.confirmed_on,
            "at": self.at,
        }


@transaction.atomic
def create_person_with(
    *,
    actor: User,
    values: Mapping[str, Any],
    role: NewRole | None = None,
    points: Sequence[NewPoint] = (),
    address: Mapping[str, Any] | None = None,
    apart: Sequence[Person] = (),
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> Person:
    """Create a person with role, contact points and address; ``values`` as in :mod:`persons`.

    A new company gets the source and belongs to the actor as the person does. ``apart`` are
    persons who look alike and are somebody else: that is kept as the actor's decision.

    :raises errors.Invalid: with the sentences of all parts by field; nothing was written
    """
    known = Circumstances(actor, source, confirmed_on, at)
    found: Errors = {}
    person: Person | None = None
    with noting(found):
        person = persons.create(values=values, **known.as_dict())
    if role is not None:
        _give_role(known, person, role, found)
    _give(known, person, points, address, found)
    if found or person is None:
        raise errors.Invalid(found)
    _tell_apart(known, person, apart)
    return Person.objects.get(pk=person.pk)


@transaction.atomic
def create_company_with(
    *,
    actor: User,
    values: Mapping[str, Any],
    points: Sequence[NewPoint] = (),
    address: Mapping[str, Any] | None = None,
    apart: Sequence[Company] = (),
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> Company:
    """Create a company with contact points and address; ``values`` as in :mod:`companies`,
    ``apart`` as for a person.

    :raises errors.Invalid: with the sentences of all parts by field; nothing was written
    """
    known = Circumstances(actor, source, confirmed_on, at)
    found: Errors = {}
    company: Company | None = None
    with noting(found):
        company = companies.create(values=values, **known.as_dict())
    _give(known, company, points, address, found)
    if found or company is None:
        raise errors.Invalid(found)
    _tell_apart(known, company, apart)
    return Company.objects.get(pk=company.pk)


@transaction.atomic
def add_role_with(
    *,
    actor: User,
    person: Person,
    role: NewRole,
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> Employment:
    """Give a person a role; a company that is not there yet is created with it.

    :raises errors.Invalid: as :func:`employments.add` does; ``company`` for a wrong new name
    """
    known = Circumstances(actor, source, confirmed_on, at)
    found: Errors = {}
    employment = _give_role(known, person, role, found)
    if found or employment is None:
        raise errors.Invalid(found)
    return employment


def _give_role(
    known: Circumstances, person: Person | None, role: NewRole, found: Errors
) -> Employment | None:
    company = role.company
    if company is None:
        with noting(found, {"name": "company"}):
            company = companies.create(values={"name": role.new_company}, **known.as_dict())
    if person is None or company is None:
        return None
    with noting(found):
        return employments.add(
            person=person, company=company, values=dict(role.values), **known.as_dict()
        )
    return None


def _give(
    known: Circumstances,
    record: Record | None,
    points: Sequence[NewPoint],
    address: Mapping[str, Any] | None,
    found: Errors,
) -> None:
    """Contact points and address; without a record they are only read, to tell all errors."""
    for point in points:
        with noting(found, dict.fromkeys(POINT_FIELDS, point.field)):
            if record is None:
                contact_points.read(kind=point.kind, value=point.value)
                continue
            contact_points.add(
                record=record,
                kind=point.kind,
                value=point.value,
                purpose=point.purpose,
                label=point.label,
                **known.as_dict(),
            )
    if address and record is not None:
        with noting(found, {"value": "street"}):
            addresses.add(record=record, values=dict(address), **known.as_dict())


def _tell_apart(known: Circumstances, record: Record, others: Sequence[Record]) -> None:
    for other in others:
        decisions.decide(
            actor=known.actor,
            first=record,
            second=other,
            verdict=PairDecision.Verdict.DIFFERENT,
            at=known.at,
        )


@contextmanager
def noting(found: Errors, renamed: Mapping[str, str] | None = None) -> Iterator[None]:
    """Collect the refusals of one part; ``renamed`` maps its fields to those they are shown at."""
    try:
        with transaction.atomic():
            yield
    except errors.Invalid as refusal:
        for name, sentences in refusal.errors.items():
            found.setdefault((renamed or {}).get(name, name), []).extend(sentences)
