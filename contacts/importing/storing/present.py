"""Persons as they are at present, with everything an update compares with."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from contacts.importing.storing.context import Context
from contacts.models import (
    Address,
    ContactPointHolder,
    CriterionValue,
    Employment,
    ExternalId,
    Person,
)


@dataclass(slots=True)
class Stored:
    """A person with everything an update compares with."""

    person: Person
    points: set[tuple[str, str]] = field(default_factory=set)
    addresses: list[Address] = field(default_factory=list)
    employments: list[Employment] = field(default_factory=list)
    values: dict[int, CriterionValue] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    @property
    def employer_ids(self) -> set[int]:
        """The companies the person works for at present."""
        return {employment.company_id for employment in self.employments}


def load(ids: Iterable[int], context: Context) -> dict[int, Stored]:
    """Lock the persons and read what hangs on them: six queries."""
    persons = Person.objects.filter(pk__in=set(ids)).order_by("pk").select_for_update(of=("self",))
    stored = {person.pk: Stored(person) for person in persons}
    if not stored:
        return stored
    holders = ContactPointHolder.objects.filter(person__in=stored)
    for pk, kind, value in holders.values_list(
        "person_id", "contact_point__kind", "contact_point__normalised"
    ):
        stored[pk or 0].points.add((kind, value))
    for address in Address.objects.filter(person__in=stored, valid_to=None).select_related(
        "contact_point"
    ):
        stored[address.person_id or 0].addresses.append(address)
    for employment in Employment.objects.filter(person__in=stored, ended_on=None):
        stored[employment.person_id].employments.append(employment)
    for answer in CriterionValue.objects.filter(person__in=stored, superseded_at=None):
        stored[answer.person_id or 0].values[answer.criterion_id] = answer
    numbers = ExternalId.objects.filter(person__in=stored, system=context.system)
    for pk, number in numbers.values_list("person_id", "value"):
        stored[pk or 0].numbers.add(number)
    return stored
