"""Persons: every change of a person's own fields is one function here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access, writing
from contacts.models import Person, Source
from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.kernel import audit, errors

FIELDS = frozenset(
    {
        "salutation",
        "title",
        "given_name",
        "particle",
        "surname",
        "birth_date",
        "language",
        "remark",
    }
)


@transaction.atomic
def create(
    *,
    actor: User,
    values: Mapping[str, Any],
    source: Source,
    owner: User | None = None,
    team: Team | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> Person:
    """Create a person from ``values`` (keys: :data:`FIELDS`).

    Without owner and team it belongs to the actor and the actor's first team.

    :raises errors.Invalid: no name, a value too long or malformed
    """
    policy.require(actor, policy.Permission.CONTACTS_EDIT)
    owner, team = belonging(actor=actor, owner=owner, team=team)
    person = Person(
        source=source,
        owner=owner,
        team=team,
        confirmed_on=confirmed_on,
        created_at=at,
        updated_at=at,
    )
    changes = writing.assign_values(
        person, values, allowed=FIELDS, source=source, confirmed_on=confirmed_on
    )
    _check(person, at=at)
    person.save()
    writing.reindex(person)
    audit.record(actor=actor, action="person.created", at=at, target=person, changes=changes)
    return Person.objects.get(pk=person.pk)


@transaction.atomic
def update(
    *,
    actor: User,
    person: Person,
    values: Mapping[str, Any],
    source: Source,
    version: int | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> Person:
    """Change the fields in ``values``; nothing happens if nothing differs.

    :raises errors.Conflict: somebody saved the person since ``version`` was read
    :raises errors.Invalid: a value too long or malformed
    """
    access.require_editable(user=actor, record=person)
    person = writing.locked(person, version=version)
    changes = writing.assign_values(
        person, values, allowed=FIELDS, source=source, confirmed_on=confirmed_on
    )
    if not changes:
        return person
    _check(person, at=at)
    person.save()
    writing.touch(person, actor=actor, action="person.updated", changes=changes, at=at)
    return Person.objects.get(pk=person.pk)


def belonging(
    *, actor: User, owner: User | None, team: Team | None
) -> tuple[User | None, Team | None]:
    """Owner and team of a new record: those given, else the actor and the actor's first team."""
    if owner is None and team is None:
        return actor, actor.teams.order_by("pk").first()
    return owner, team


def _check(person: Person, *, at: datetime) -> None:
    writing.checked(person)
    if not (person.given_name or person.surname):
        raise errors.Invalid(
            {"surname": [_("Bitte geben Sie wenigstens einen Vor- oder Nachnamen an.")]}
        )
    if person.birth_date and person.birth_date > at.date():
        raise errors.Invalid({"birth_date": [_("Das Geburtsdatum liegt in der Zukunft.")]})
