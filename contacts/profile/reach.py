"""How a record is reached: contact points and addresses."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

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
    holders = list(contact_points.held_by(record))
    shared = _others(record, user, [holder.contact_point_id for holder in holders])
    points = [
        Point(holder, origin_of(holder, on=on), tuple(shared[holder.contact_point_id]))
        for holder in holders
    ]
    return sorted(points, key=_rank)


def places_of(record: Record, *, on: date) -> list[Place]:
    """Current addresses, then former ones (one query)."""
    rows = record.addresses.select_related("source", "contact_point")
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
    holders = ContactPointHolder.objects.filter(contact_point__in=ids).order_by("pk")
    for name, visible in (
        ("person", Person.objects.visible_to(user)),
        ("company", Company.objects.visible_to(user)),
    ):
        rows = holders.filter(**{f"{name}__in": visible}).select_related(name)
        for row in rows[:MOST_SHARING]:
            if row.record != record:
                found[row.contact_point_id].append(row.record)
    return found
