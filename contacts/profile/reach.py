"""How a record is reached: contact points and addresses."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from contacts import contact_points
from contacts.contact_points import Record
from contacts.models import (
    Address,
    Company,
    ContactPointHolder,
    ContactPointKind,
    ContactPointStatus,
    Person,
)
from contacts.profile.origins import Origin, origin_of
from crm.accounts.models import User
from crm.kernel.prepared import prepared

MOST_SHARING = 60
_ORDER = [
    ContactPointKind.PHONE,
    ContactPointKind.MOBILE,
    ContactPointKind.EMAIL,
    ContactPointKind.FAX,
    ContactPointKind.MESSENGER,
    ContactPointKind.SOCIAL,
    ContactPointKind.POSTAL,
]


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point; ``shared_with`` are other holders that the user may see."""

    holder: ContactPointHolder
    origin: Origin
    shared_with: tuple[Record, ...] = ()

    @property
    def is_active(self) -> bool:
        """Whether it can be used: neither bounced nor retired nor given to somebody else."""
        return self.holder.status == ContactPointStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class Place:
    """An address; ``is_over`` says that the record no longer has it."""

    address: Address
    origin: Origin
    is_over: bool


def points_of(record: Record, *, user: User, on: date) -> list[Point]:
    """The contact points in the order phone, mobile, e-mail …, useless ones last (3 queries)."""
    holders = _held(about=contact_points.column_of(record), number=record.pk)
    shared = _others(record, user, [holder.contact_point_id for holder in holders])
    points = [
        Point(holder, origin_of(holder, on=on), tuple(shared[holder.contact_point_id]))
        for holder in holders
    ]
    return sorted(points, key=_rank)


def places_of(record: Record, *, on: date) -> list[Place]:
    """Current addresses, then former ones (one query)."""
    rows = _addresses(about=contact_points.column_of(record), number=record.pk)
    places = [Place(row, origin_of(row, on=on), is_over(row.valid_to, on)) for row in rows]
    return sorted(places, key=lambda place: place.is_over)


def is_over(last_day: date | None, on: date) -> bool:
    """Whether the last day has passed."""
    return last_day is not None and last_day < on


def _rank(point: Point) -> tuple[bool, int, bool, int]:
    holder = point.holder
    kind = _ORDER.index(ContactPointKind(holder.contact_point.kind))
    return not point.is_active, kind, not holder.is_preferred, holder.pk


def _others(record: Record, user: User, ids: list[int]) -> defaultdict[int, list[Record]]:
    found: defaultdict[int, list[Record]] = defaultdict(list)
    for model in (Person, Company):
        for row in _sharing(user=user, model=model, points=tuple(ids)):
            if row.record != record:
                found[row.contact_point_id].append(row.record)
    return found


@prepared
def _held(*, about: str, number: int) -> QuerySet[ContactPointHolder]:
    return contact_points.held(**{about: number})


@prepared
def _addresses(*, about: str, number: int) -> QuerySet[Address]:
    rows = Address.objects.filter(**{about: number})
    return rows.select_related("source", "contact_point")


@prepared
def _sharing(
    *, user: User, model: type[Record], points: tuple[int, ...]
) -> QuerySet[ContactPointHolder]:
    name = str(model._meta.model_name)
    seen: Any = model.objects.visible_to(user).order_by()
    rows = ContactPointHolder.objects.filter(contact_point__in=points, **{f"{name}__in": seen})
    return rows.select_related(name).defer(f"{name}__search").order_by("pk")[:MOST_SHARING]
