"""The profile itself and what persons and companies have in common."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from contacts import completeness, contact_points
from contacts.contact_points import Record
from contacts.difference_texts import LABELS
from contacts.freshness import Freshness
from contacts.models import (
    Company,
    ContactPointKind,
    Employment,
    ExternalId,
    Person,
)
from contacts.profile import origins, reach, replies, shares
from contacts.profile.origins import Origin
from contacts.profile.reach import Place, Point
from contacts.profile.replies import Reply
from contacts.profile.roles import Role
from contacts.profile.shares import Share
from crm.accounts.models import User
from crm.kernel.prepared import prepared

_CALLED = frozenset({ContactPointKind.PHONE, ContactPointKind.MOBILE})


@dataclass(slots=True)
class Profile:
    """What the page of a record shows.

    ``fields`` are the origins of the record's own fields where they differ from ``origin``;
    ``neighbours`` are a person's colleagues, ``subsidiaries`` a company's; ``more`` says that
    there are more colleagues or staff than shown.
    """

    record: Record
    on: date
    origin: Origin
    fields: dict[str, Origin]
    points: list[Point]
    places: list[Place]
    replies: list[Reply]
    numbers: list[ExternalId]
    roles: list[Role] = field(default_factory=list)
    parts: list[completeness.Part] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    neighbours: list[Employment] = field(default_factory=list)
    subsidiaries: list[Company] = field(default_factory=list)
    parent_is_open: bool = False
    more: bool = False

    @property
    def percentage(self) -> int:
        """How complete the record is, 0 to 100."""
        return completeness.percentage(self.parts)

    @property
    def answered(self) -> int:
        """How many criteria have an answer."""
        return sum(1 for reply in self.replies if reply.value is not None)

    @property
    def main_role(self) -> Role | None:
        """A person's primary role, else the first current one."""
        current = [role for role in self.roles if not role.is_over]
        primary = [role for role in current if role.employment.is_primary]
        return next(iter(primary or current), None)

    @property
    def freshnesses(self) -> Counter[Freshness]:
        """How many of the record's current data are fresh, stale, never confirmed."""
        return Counter(origin.freshness for origin in self._current())

    def _current(self) -> Iterator[Origin]:
        yield self.origin
        yield from self.fields.values()
        yield from (point.origin for point in self.points if point.is_active)
        yield from (place.origin for place in self.places if not place.is_over)
        if isinstance(self.record, Person):
            yield from (role.origin for role in self.roles if not role.is_over)
        yield from (reply.origin for reply in self.replies if reply.origin)


def read(record: Record, *, user: User, at: datetime) -> Profile:
    """What persons and companies have in common (nine queries, ``source`` being loaded)."""
    on = at.date()
    return Profile(
        record=record,
        on=on,
        origin=origins.origin_of(record, on=on),
        fields=origins.of_fields(record, on=on),
        points=reach.points_of(record, user=user, on=on),
        places=reach.places_of(record, on=on),
        replies=replies.replies_of(record, at=at),
        numbers=_numbers(about=contact_points.column_of(record), number=record.pk),
    )


@prepared
def _numbers(*, about: str, number: int) -> QuerySet[ExternalId]:
    return ExternalId.objects.filter(**{about: number}).select_related("source")


def finish(profile: Profile, parts: list[completeness.Part]) -> Profile:
    """Add completeness and sources, which follow from the rest."""
    profile.parts = parts
    profile.shares = shares.shares_of(
        own=profile.origin,
        fields=profile.fields,
        labels=LABELS,
        points=profile.points,
        places=profile.places,
        roles=profile.roles if isinstance(profile.record, Person) else [],
        replies=profile.replies,
        on=profile.on,
    )
    return profile


def reached_by(profile: Profile) -> dict[str, Any]:
    """What completeness asks of contact points and addresses."""
    kinds = {point.holder.contact_point.kind for point in profile.points if point.is_active}
    return {
        "email": ContactPointKind.EMAIL in kinds,
        "phone": bool(kinds & _CALLED),
        "address": any(place.address.valid_to is None for place in profile.places),
    }
