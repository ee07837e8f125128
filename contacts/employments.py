"""Roles at companies over time: every change is one function here."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access, datum_names, writing
from contacts.merging import locks
from contacts.models import Company, Employment, Person, Source
from crm.accounts.models import User
from crm.kernel import audit, errors

FIELDS = frozenset({"function", "department", "is_primary", "started_on", "ended_on"})


@transaction.atomic
def add(
    *,
    actor: User,
    person: Person,
    company: Company,
    values: dict[str, Any],
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> Employment:
    """Say that the person works at the company (keys: :data:`FIELDS`).

    The first current role of a person is its primary one.

    :raises errors.Invalid: the person works there already, or the dates are the wrong way round
    """
    locks.no_merge_meanwhile()
    access.require_editable(user=actor, record=person)
    company = access.company_for(user=actor, public_id=company.public_id)
    person = writing.locked(person, version=None)
    current = person.employments.filter(ended_on__isnull=True)
    if not values.get("ended_on") and current.filter(company=company).exists():
        raise errors.Invalid(
            {"company": [_("%(person)s arbeitet dort schon.") % {"person": person.full_name}]}
        )
    employment = Employment(
        person=person,
        company=company,
        source=source,
        confirmed_on=confirmed_on,
        created_at=at,
    )
    is_first = not values.get("ended_on") and not current.filter(is_primary=True).exists()
    _fill(employment, {**values, "is_primary": values.get("is_primary") or is_first})
    _save(employment)
    changes = {datum_names.EMPLOYER: ["", str(employment)]}
    writing.touch(person, actor=actor, action="employment.added", changes=changes, at=at)
    return employment


@transaction.atomic
def update(
    *,
    actor: User,
    employment: Employment,
    values: dict[str, Any],
    version: int | None = None,
    at: datetime,
) -> Employment:
    """Change function, department, primary or dates (keys: :data:`FIELDS`).

    :raises errors.Conflict: somebody changed the person since ``version`` was read
    """
    access.require_editable(user=actor, record=employment.person)
    person = writing.locked(employment.person, version=version)
    employment = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    before = {name: getattr(employment, name) for name in FIELDS}
    _fill(employment, values)
    changes = audit.diff(before, {name: getattr(employment, name) for name in FIELDS})
    if not changes:
        return employment
    _save(employment)
    label = str(employment.company)
    named = {f"{label}: {name}": pair for name, pair in changes.items()}
    writing.touch(person, actor=actor, action="employment.updated", changes=named, at=at)
    return employment


@transaction.atomic
def end(*, actor: User, employment: Employment, last_day: date, at: datetime) -> Employment:
    """The person left; the role stays in the history and is no longer the primary one."""
    return update(
        actor=actor,
        employment=employment,
        values={"ended_on": last_day, "is_primary": False},
        at=at,
    )


def _fill(employment: Employment, values: dict[str, Any]) -> None:
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    for name, value in values.items():
        setattr(employment, name, value.strip() if isinstance(value, str) else value)
    started, ended = employment.started_on, employment.ended_on
    if started and ended and started > ended:
        raise errors.Invalid({"ended_on": [_("Das Ende liegt vor dem Beginn.")]})
    writing.checked(employment)


def _save(employment: Employment) -> None:
    if employment.is_primary:
        others = employment.person.employments.exclude(pk=employment.pk)
        others.filter(is_primary=True).update(is_primary=False)
    employment.save()
