"""Persons whom nothing holds but where they came from: a fair that led to nothing, a form that
nobody confirmed."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import models
from django.db.models import Q

from consent import standing
from contacts.models import Address, ContactPointHolder, Employment, Person, Source
from crm.kernel import personal_data
from crm.kernel.among import among_keys


def loose(
    persons: Collection[Person],
    *,
    source: Source,
    but: Mapping[type[models.Model], Q] | None = None,
    at: datetime,
) -> list[Person]:
    """Those who came from this source alone, with whom nobody has had to do since, and of whom no
    consent is in force. ``but`` are rows that do not count: those that are to go with them.

    Statements do not depend on how many there are, but for who is left: of each of them it is
    asked which consents are in force.
    """
    by_key = {person.pk: person for person in persons}
    kept = _from_elsewhere(source, by_key) | _with_more(by_key, but or {})
    left = [person for pk, person in sorted(by_key.items()) if pk not in kept]
    return [person for person in left if not standing.of(person, at=at)]


def _from_elsewhere(source: Source, persons: Collection[int]) -> set[int]:
    """Of whom anything has another source, what was merged into them included."""
    whose = {"person__in": among_keys(Person, persons)}
    records = Person.with_aliases.exclude(source=source)
    found: set[int | None] = {
        *records.filter(pk__in=among_keys(Person, persons)).values_list("pk", flat=True),
        *records.filter(merged_into__in=among_keys(Person, persons)).values_list(
            "merged_into", flat=True
        ),
    }
    for model in (Employment, ContactPointHolder, Address):
        rows = model.objects.filter(**whose).exclude(source=source)
        found |= set(rows.order_by().values_list("person", flat=True))
    return {pk for pk in found if pk is not None}


def _with_more(persons: Collection[int], but: Mapping[type[models.Model], Q]) -> set[int]:
    """With whom there is something else than these rows."""
    found: set[int] = set()
    for declaration in personal_data.declarations():
        for path, _field in declaration.signs:
            rows = declaration.model._base_manager.filter(
                **{f"{path}__in": among_keys(Person, persons)}
            )
            if declaration.model in but:
                rows = rows.exclude(but[declaration.model])
            found |= set(rows.order_by().values_list(path, flat=True))
    return found
