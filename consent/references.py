"""Random references of persons and contact points, made when the ledger first tells of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, F, QuerySet, When

from consent.models import PointReference, Subject
from contacts.models import ContactPoint, Person
from crm.kernel.prepared import prepared


def subject_of(person: Person) -> UUID:
    """The reference under which new events of the person are written: its own one."""
    found = Subject.objects.filter(made_for=person.pk, person=person).first()
    if found is None:
        found, _created = Subject.objects.get_or_create(
            made_for=person.pk, defaults={"person": person}
        )
    return found.ref


def subjects_of(person_ids: Iterable[int]) -> dict[int, list[UUID]]:
    """All references of each person, its own one first; more than one after a merge (one query)."""
    refs: dict[int, list[UUID]] = {}
    for person_id, ref in _subjects(persons=tuple(person_ids)):
        refs.setdefault(person_id, []).append(ref)
    return refs


@prepared
def _subjects(*, persons: tuple[int, ...]) -> "QuerySet[Subject, tuple[int, UUID]]":
    rows = Subject.objects.filter(person__in=persons).order_by(
        Case(When(made_for=F("person_id"), then=0), default=1), "id"
    )
    return rows.values_list("person_id", "ref")


def own_of(person_ids: Iterable[int]) -> dict[int, UUID]:
    """The references that were made for persons, wherever they are now (one query)."""
    rows = Subject.objects.filter(made_for__in=list(person_ids))
    return dict(rows.values_list("made_for", "ref"))


def point_of(contact_point: ContactPoint) -> UUID:
    """The reference of a contact point."""
    found = PointReference.objects.filter(contact_point=contact_point).first()
    if found is None:
        found, _created = PointReference.objects.get_or_create(contact_point=contact_point)
    return found.ref


def points_of(contact_point_ids: Iterable[int]) -> dict[int, UUID]:
    """The references of contact points that the ledger has told of (one query)."""
    return dict(_points(points=tuple(contact_point_ids)))


@prepared
def _points(*, points: tuple[int, ...]) -> "QuerySet[PointReference, tuple[int, UUID]]":
    rows = PointReference.objects.filter(contact_point__in=points)
    return rows.values_list("contact_point_id", "ref")


def make_for(*, persons: Iterable[int], points: Iterable[int]) -> None:
    """Make the references that are missing: own ones of persons, and those of contact points."""
    wanted = set(persons)
    made = set(Subject.objects.filter(made_for__in=wanted).values_list("made_for", flat=True))
    Subject.objects.bulk_create(
        [Subject(made_for=pk, person_id=pk) for pk in sorted(wanted - made)], ignore_conflicts=True
    )
    wanted = set(points)
    rows = PointReference.objects.filter(contact_point__in=wanted)
    wanted -= set(rows.values_list("contact_point_id", flat=True))
    PointReference.objects.bulk_create(
        [PointReference(contact_point_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )
