"""Random references of persons and contact points, made when the ledger first tells of them."""

from collections.abc import Iterable
from uuid import UUID

from consent.models import PointReference, Subject
from contacts.models import ContactPoint, Person


def subject_of(person: Person) -> UUID:
    """The reference under which new events of the person are written: its oldest one."""
    found = Subject.objects.filter(person=person).first()
    return (found or Subject.objects.create(person=person)).ref


def subjects_of(person_ids: Iterable[int]) -> dict[int, list[UUID]]:
    """All references of each person: more than one after a merge (one query)."""
    refs: dict[int, list[UUID]] = {}
    rows = Subject.objects.filter(person__in=list(person_ids))
    for person_id, ref in rows.values_list("person_id", "ref"):
        refs.setdefault(person_id, []).append(ref)
    return refs


def point_of(contact_point: ContactPoint) -> UUID:
    """The reference of a contact point."""
    found = PointReference.objects.filter(contact_point=contact_point).first()
    if found is None:
        found, _created = PointReference.objects.get_or_create(contact_point=contact_point)
    return found.ref


def points_of(contact_point_ids: Iterable[int]) -> dict[int, UUID]:
    """The references of contact points that the ledger has told of (one query)."""
    rows = PointReference.objects.filter(contact_point__in=list(contact_point_ids))
    return dict(rows.values_list("contact_point_id", "ref"))
