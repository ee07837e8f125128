"""What somebody agreed to, as it stands: by contact point, channel and purpose.

For people to read and to withdraw from. Whether a contact is allowed is asked at the gate, which
looks at more than this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from consent import channels, consents
from consent.models import Controller, EventKind, LedgerEvent, PointReference
from contacts.models import ContactPoint, Person

NO_CHANNEL = ""
WORTHLESS = frozenset({EventKind.DISPUTED, EventKind.REQUESTED})


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of one consent. ``key`` names it in a form.

    A consent that an answer to a criterion is kept has neither contact point nor channel.
    """

    consent: LedgerEvent
    point: ContactPoint | None
    channel: str
    purposes: tuple[str, ...]
    is_pending: bool

    @property
    def key(self) -> str:
        """``<consent>:<channel>``."""
        return f"{self.consent.public_id}:{self.channel}"

    @property
    def criterion(self) -> str:
        """Code of the criterion that it is about; empty if it is about contact."""
        return str(self.consent.details.get("criterion", ""))

    @property
    def label(self) -> str:
        """The channel or the criterion in words."""
        return str(self.consent.details.get("named") or self.channel_label)

    @property
    def since(self) -> datetime:
        """When it was declared."""
        return self.consent.effective_at

    @property
    def channel_label(self) -> str:
        """What the channel is called."""
        return channels.label(self.channel)

    @property
    def purpose_labels(self) -> str:
        """What it is for, in words."""
        return ", ".join(channels.purpose(code) for code in self.purposes)


def of(person: Person, *, controller: Controller | None = None, at: datetime) -> list[Line]:
    """What the person's consents still allow, by channel; the newest first (5 queries).

    Withdrawn, refused, expired and unproved ones are left out.
    """
    roots = [
        each
        for each in consents.alive(consents.of_person(person))
        if each.kind not in WORTHLESS
        and controller in (None, _controller(each, controller))
        and not _is_over(each, at)
    ]
    later = _later(roots)
    points = _points({each.point for each in roots if each.point})
    lines = []
    for root in roots:
        point = points.get(root.point) if root.point else None
        if point is None and "criterion" not in root.details:
            continue
        events = later.get(root.public_id, [])
        is_pending = root.kind == EventKind.PENDING and not any(
            each.kind == EventKind.CONFIRMED for each in events
        )
        for channel in root.channels or [NO_CHANNEL]:
            left = _left(root, channel, events)
            if left:
                lines.append(Line(root, point, channel, left, is_pending))
    return lines


def withdrawn_channels(lines: Iterable[Line]) -> list[str]:
    """What a withdrawal of these lines of one consent names: nothing if it is all of it."""
    lines = list(lines)
    named = {line.channel for line in lines} - {NO_CHANNEL}
    return [] if named == set(lines[0].consent.channels) else sorted(named)


def _controller(root: LedgerEvent, controller: Controller | None) -> Controller | None:
    return controller if controller and root.controller == controller.public_id else None


def _is_over(root: LedgerEvent, at: datetime) -> bool:
    until = root.details.get("valid_until")
    return bool(until) and str(until) < timezone.localdate(at).isoformat()


def _left(root: LedgerEvent, channel: str, events: Iterable[LedgerEvent]) -> tuple[str, ...]:
    """Purposes of the channel that no partial withdrawal took away."""
    gone: set[str] = set()
    for event in events:
        if event.kind == EventKind.WITHDRAWN and (not event.channels or channel in event.channels):
            gone.update(event.purposes or root.purposes)
    return tuple(purpose for purpose in root.purposes if purpose not in gone)


def _later(roots: list[LedgerEvent]) -> dict[UUID, list[LedgerEvent]]:
    found: dict[UUID, list[LedgerEvent]] = {}
    rows = LedgerEvent.objects.filter(
        about__in=[root.public_id for root in roots],
        kind__in=[EventKind.CONFIRMED, EventKind.WITHDRAWN],
    )
    for event in rows:
        if event.about:
            found.setdefault(event.about, []).append(event)
    return found


def _points(refs: set[UUID]) -> dict[UUID, ContactPoint]:
    rows = PointReference.objects.filter(ref__in=refs).select_related("contact_point")
    return {row.ref: row.contact_point for row in rows}
