"""Rows that belong to a person or to a company, and say where they come from."""

from typing import Any

from django.db import models
from django.db.models import Q

from contacts.models.company import Company
from contacts.models.person import Person
from contacts.models.source import Source
from crm.kernel.labels import Labelled


class Sourced(Labelled):
    """A datum with its source and the day on which somebody last confirmed it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class Held(Sourced):
    """A datum of exactly one person or one company."""

    person: models.ForeignKey[Person | None, Person | None]
    company: models.ForeignKey[Company | None, Company | None]

    class Meta:
        abstract = True

    @property
    def record(self) -> Person | Company:
        """Whom the datum belongs to."""
        return self.person or self.company  # type: ignore[return-value]  # one is set: constraint


def held_by_person(related_name: str) -> "models.ForeignKey[Person | None, Person | None]":
    """The foreign key to the person, under which its rows are found."""
    return models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name=related_name
    )


def held_by_company(related_name: str) -> "models.ForeignKey[Company | None, Company | None]":
    """The foreign key to the company, under which its rows are found."""
    return models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name=related_name
    )


def belongs_to_one(name: str) -> models.CheckConstraint:
    """A person or a company, not both, not neither."""
    one: Any = Q(person__isnull=False, company__isnull=True)
    other: Any = Q(person__isnull=True, company__isnull=False)
    return models.CheckConstraint(condition=one | other, name=name)
