"""Whose data a request is about: the record, its aliases, their contact points and names."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from contacts.models import Address, ContactPoint, ContactPointHolder, Person
from crm.kernel import personal_data
from crm.kernel.personal_data import Declaration, Erasure, Whose

SHORTEST_NAME = 3
PROOFS = frozenset({"Nachweise"})


def whose(person: Person) -> Whose:
    """Everything by which the person's data are found."""
    return whose_of([person.pk])


def whose_of(numbers: Iterable[int], *, with_values: bool = True) -> Whose:
    """The same for many persons at once; without ``values`` no text of others is looked through."""
    wanted = list(numbers)
    records = list(Person.with_aliases.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted)))
    own_numbers = tuple(each.pk for each in records)
    held = _points(Q(person__in=own_numbers))
    others = _points(~Q(person__in=own_numbers) | Q(person=None), among=held)
    own = ContactPoint.objects.filter(pk__in=held - others)
    values = {
        text
        for kind, normalised, display in own.values_list("kind", "normalised", "display")
        for text in ((normalised, display) if kind != "POSTAL" else (display,))
    }
    names = {
        name
        for each in records
        for name in (each.full_name, each.name_for_lists, each.surname, each.given_name)
        if len(name) >= SHORTEST_NAME
    }
    return Whose(
        persons=own_numbers,
        points=tuple(sorted(held - others)),
        shared_points=tuple(sorted(held & others)),
        words=tuple(sorted(names | values)),
        values=tuple(sorted(values)) if with_values else (),
    )


def _points(of: Q, *, among: set[int] | None = None) -> set[int]:
    found: set[int] = set()
    for model in (ContactPointHolder, Address):
        rows = model.objects.filter(of)
        if among is not None:
            rows = rows.filter(contact_point__in=among)
        found |= set(rows.values_list("contact_point", flat=True))
    return found


def rows_with_files(whose: Whose) -> Iterator[tuple[Declaration, QuerySet[Any]]]:
    """Rows with files that are the person's alone: files of imports tell of many."""
    for declaration in personal_data.declarations():
        if declaration.erasure != Erasure.ANONYMISE or declaration.data_kind in PROOFS:
            fields = declaration.model._meta.fields
            if any(isinstance(field, models.FileField) for field in fields):
                yield declaration, personal_data.rows_of(declaration, whose)
