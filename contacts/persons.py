"""Persons: every change of a person's own fields is one function here."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import writing
from contacts.matching import normalise
from contacts.models import Person, Source
from crm.accounts.models import Team, User
from crm.kernel import errors

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
    actor: User | None,
    values: Mapping[str, Any],
    source: Source,
    owner: User | None = None,
    team: Team | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> Person:
    """Create a person from ``values`` (keys: :data:`FIELDS`).

    Without owner and team it belongs to the actor and the actor's first team. ``actor`` is None
    only for whoever enters themselves; then it belongs to nobody yet.

    :raises errors.Invalid: no name, a value too long or malformed
    """
    return writing.create(
        Person(source=source),
        actor=actor,
        values=values,
        allowed=FIELDS,
        check=partial(_check, at=at),
        confirmed_on=confirmed_on,
        owner=owner,
        team=team,
        at=at,
    )


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
    return writing.update(
        person,
        actor=actor,
        values=values,
        allowed=FIELDS,
        check=partial(_check, at=at),
        source=source,
        version=version,
        confirmed_on=confirmed_on,
        at=at,
    )


def parts_of_name(text: str) -> dict[str, str]:
    """A name as somebody wrote it, in the fields of a person.

    :raises errors.Invalid: it is none, or that of several people (field ``name``)
    """
    try:
        found = normalise.person_name(text)
    except normalise.Unreadable as error:
        raise errors.Invalid({"name": [str(error)]}) from error
    names = ("title", "given_name", "particle", "surname")
    parts = {name: getattr(found, name) for name in names}
    return {**parts, "salutation": found.salutation.upper()}


def _check(person: Person, *, at: datetime) -> None:
    writing.checked(person)
    if not (person.given_name or person.surname):
        raise errors.Invalid(
            {"surname": [_("Bitte geben Sie wenigstens einen Vor- oder Nachnamen an.")]}
        )
    if person.birth_date and person.birth_date > at.date():
        raise errors.Invalid({"birth_date": [_("Das Geburtsdatum liegt in der Zukunft.")]})
