"""May I? The answer for every way to a person, for the purposes that somebody has in mind.

The whole person is read once; each light is what the gate would answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from consent import channels, controllers, facts, gate, references, suppression
from consent.decision import Decision, Question
from consent.decision.codes import Channel, Code, Outcome
from consent.models import ABOUT_THE_POINT, ROOTS, Controller, LedgerEvent, SuppressionEntry
from contacts.models import Address, ContactPoint, ContactPointHolder, Person
from contacts.profile import Profile
from crm.kernel.prepared import prepared

State = Literal["yes", "if", "no", "ask", "check"]
CALLS = (Channel.PHONE, Channel.ROBOCALL, Channel.VIDEO)
SERVICE, APPOINTMENT = "contract_info", "appointment_reminder"
FIRST = {
    "EMAIL": (Channel.EMAIL,),
    "PHONE": (Channel.PHONE,),
    "MOBILE": (Channel.PHONE, Channel.SMS),
    "FAX": (Channel.FAX,),
    "POSTAL": (Channel.POST,),
    "MESSENGER": (Channel.MESSENGER,),
    "SOCIAL": (Channel.SOCIAL_DM,),
}
"""The channels that stand beside a contact point of a kind; further ones are told on demand."""
_NEVER_DECLARED = frozenset(
    {
        *(Code.CONSENT_MISSING, Code.CONSENT_OTHER_CHANNEL, Code.CONSENT_OTHER_PURPOSE),
        *(Code.CONSENT_OTHER_CP, Code.CONSENT_OTHER_CONTROLLER, Code.CONSENT_OTHER_PERSON),
        *(Code.UNKNOWN_RECIPIENT_TYPE, Code.PRESUMED_NOT_DOCUMENTED, Code.SEC7_3_NO_SALE),
        *(Code.SEC7_3_NOT_EMAIL, Code.NO_SERVICE_RELATION),
    }
)
"""Deciding codes of a no that nobody ever said: there was just never a question."""


@dataclass(frozen=True, slots=True)
class Light:
    """One answer in one word."""

    channel: str
    purpose: str
    state: State
    decision: Decision

    @property
    def channel_label(self) -> str:
        """What the channel is called."""
        return channels.label(self.channel)

    @property
    def purpose_label(self) -> str:
        """What the purpose is called."""
        return channels.purpose(self.purpose)


@dataclass(frozen=True, slots=True)
class Way:
    """One contact point: ``advertising`` for each channel, the usual ones first; ``service`` and
    ``appointment`` of its first channel."""

    point: ContactPoint
    advertising: tuple[Light, ...]
    service: Light
    appointment: Light

    @property
    def first(self) -> tuple[Light, ...]:
        """The lights that stand beside it."""
        usual = FIRST[self.point.kind]
        return tuple(light for light in self.advertising if light.channel in usual)

    @property
    def further(self) -> tuple[Light, ...]:
        """The lights of its other channels."""
        return tuple(light for light in self.advertising if light not in self.first)


def of(
    person: Person,
    *,
    at: datetime,
    controller: Controller | None = None,
    profile: Profile | None = None,
) -> dict[int, Way]:
    """The ways to a person by the number of the contact point (7 or 8 queries; 5 if the person's
    ``profile`` was read already)."""
    known = _Known(person, at, controller or controllers.default(), profile)
    return {point.pk: _way(known, point) for point in known.rows}


def advertising_purpose(channel: str) -> str:
    """What somebody has in mind who wants to advertise over a channel."""
    return "sales_call" if channel in CALLS else "product_offer"


def _way(known: "_Known", point: ContactPoint) -> Way:
    first = FIRST[point.kind]
    further = [each for each in channels.of(point.kind) if each not in first]
    return Way(
        point=point,
        advertising=tuple(
            known.light(point, channel, advertising_purpose(channel))
            for channel in (*first, *further)
        ),
        service=known.light(point, first[0], SERVICE),
        appointment=known.light(point, first[0], APPOINTMENT),
    )


class _Known:
    """Everything about one person, read when it is first asked for."""

    def __init__(
        self, person: Person, at: datetime, controller: Controller, profile: Profile | None
    ) -> None:
        self.person, self.at, self.controller, self.profile = person, at, controller, profile
        self.rows = _rows_of(person, profile)
        self.subjects = [str(ref) for ref in references.subjects_of([person.pk]).get(person.pk, [])]
        self.points = {
            pk: str(ref)
            for pk, ref in references.points_of(point.pk for point in self.rows).items()
        }
        self.opened = _suppressed_by(self.rows)
        self.events = self._read()

    def light(self, point: ContactPoint, channel: str, purpose: str) -> Light:
        around = self._circumstances(point)
        events = [event for event in self.events if _bears_on(event, around)]
        question = Question(
            person=around.person,
            subjects=frozenset(around.subjects),
            point=around.point,
            channel=channel,
            purpose=purpose,
            controller=str(self.controller.public_id),
            at=self.at,
        )
        decision = gate.answer(question, around, events)
        return Light(channel, purpose, _state(decision, question, events), decision)

    def _circumstances(self, point: ContactPoint) -> facts.Circumstances:
        held = facts.holding_of(self.rows[point], lambda: self.has_job)
        born = self.person.birth_date
        return facts.Circumstances(
            subjects=self.subjects,
            point=self.points.get(point.pk, ""),
            is_held=True,
            status=held.status,
            source=held.source,
            recipient_type=held.recipient_type,
            born=born.isoformat() if born else None,
            suppressed_by=self.opened.get(point.pk, []),
        )

    @cached_property
    def has_job(self) -> bool:
        """Whether the person works anywhere."""
        if self.profile is not None:
            return any(role.employment.ended_on is None for role in self.profile.roles)
        return self.person.employments.filter(ended_on=None).exists()

    def _read(self) -> list[LedgerEvent]:
        opened = [event for events in self.opened.values() for event in events]
        return _events(
            persons=tuple(map(UUID, self.subjects)),
            points=tuple(map(UUID, self.points.values())),
            opened=tuple(map(UUID, opened)),
        )


@prepared
def _events(
    *, persons: tuple[UUID, ...], points: tuple[UUID, ...], opened: tuple[UUID, ...]
) -> QuerySet[LedgerEvent]:
    concerned = (
        Q(person__in=persons)
        | Q(point__in=points, kind__in=ABOUT_THE_POINT)
        | Q(public_id__in=opened)
        | Q(about__in=opened)
    )
    return LedgerEvent.objects.filter(concerned).order_by("seq")


def _rows_of(
    person: Person, profile: Profile | None
) -> dict[ContactPoint, ContactPointHolder | Address]:
    """Contact points, then addresses, current ones before former ones (2 queries, or none)."""
    holders: Iterable[ContactPointHolder]
    addresses: Iterable[Address]
    if profile is not None:
        holders = [point.holder for point in profile.points]
        addresses = [place.address for place in profile.places]
    else:
        holders = person.contact_points.select_related("source", "contact_point")
        addresses = person.addresses.select_related("source", "contact_point")
    rows: dict[ContactPoint, ContactPointHolder | Address] = {
        holder.contact_point: holder for holder in holders
    }
    for address in sorted(addresses, key=lambda each: (each.valid_to is not None, each.pk)):
        if address.contact_point is not None:
            rows.setdefault(address.contact_point, address)
    return rows


def _suppressed_by(points: Iterable[ContactPoint]) -> dict[int, list[str]]:
    """Events that opened suppressions, by the number of the contact point (one query)."""
    keyed = {
        suppression.match_key(kind=point.kind, normalised=point.normalised): point.pk
        for point in points
    }
    found: dict[int, list[str]] = {}
    entries = SuppressionEntry.objects.filter(match_key__in=keyed).values_list(
        "match_key", "opened"
    )
    for key, event in entries:
        found.setdefault(keyed[bytes(key)], []).append(str(event))
    return {pk: sorted(events) for pk, events in found.items()}


def _bears_on(event: LedgerEvent, around: facts.Circumstances) -> bool:
    """What :func:`consent.facts.events_for` selects for one contact point."""
    return (
        str(event.person) in around.subjects
        or (event.kind in ABOUT_THE_POINT and str(event.point) == around.point)
        or str(event.public_id) in around.suppressed_by
        or str(event.about) in around.suppressed_by
    )


def _state(decision: Decision, question: Question, events: list[LedgerEvent]) -> State:
    if decision.outcome is Outcome.ALLOW:
        return "yes"
    if decision.outcome is Outcome.ALLOW_IF:
        return "if"
    if decision.outcome is Outcome.REVIEW:
        return "check"
    was_asked = any(
        event.kind in ROOTS
        and str(event.point) == question.point
        and question.channel in event.channels
        and question.purpose in event.purposes
        for event in events
    )
    return "ask" if not was_asked and decision.codes[0] in _NEVER_DECLARED else "no"
