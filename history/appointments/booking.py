"""Agreeing on an appointment: one function, one transaction, or nothing at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, transaction
from django.utils.translation import gettext as _

from consent import circumstances
from consent.models import NoticeVersion
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import audit, errors
from history import touchpoints
from history.activities import planning
from history.appointments import checking, informing, kinds, messages, places, slots, wording
from history.appointments.informing import Reading, Told
from history.channels import Channel, Direction
from history.models import (
    ActivityKind,
    Appointment,
    AppointmentChannel,
    AppointmentKind,
    MessageOccasion,
    Outcome,
    ParticipantRole,
)
from history.touchpoints import Times

PURPOSES = ("appointment_confirm", "appointment_reminder")
_LOST = frozenset({"23P01", "40P01"})  # excluded by another row; deadlock with its transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How the person is told: ``channel`` (:class:`AppointmentChannel`) over ``point``."""

    channel: str = AppointmentChannel.NONE
    point: ContactPoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTaken:
    """The call in which it was agreed: the number as it came and when the call began. With
    ``is_written`` the telephone system writes the call down, and only the agreement is noted."""

    number: str = ""
    began_at: datetime | None = None
    is_written: bool = False


@transaction.atomic
def book(
    *,
    actor: User,
    person: Person,
    kind: AppointmentKind,
    employee: User,
    starts_at: datetime,
    telling: Telling | None = None,
    place: str = "",
    note: str = "",
    call: CallTaken | None = None,
    notice: Told | None = None,
    at: datetime,
) -> Appointment:
    """Agree on an appointment: in the calendar of the employee, in the line of the person, and
    what the person is to be told waits to be sent when the transaction is through. ``notice`` is
    what was read to the caller of Art. 13 (None: it was agreed without a call).

    :raises errors.NotPermitted: the role records no history
    :raises errors.NotFound: the actor may not see the person
    :raises errors.Invalid: the time cannot be agreed, the kind is out of use, the person is
        younger than 16, or cannot be told over that contact point; nothing was read and no
        reason is given
    :raises checking.SlotTaken: somebody else was faster
    """
    told = telling or Telling()
    kinds.require_active(kind)
    checking.require_of_age(person, at=at)
    messages.require_reachable(person=person, channel=told.channel, point=told.point)
    User.objects.select_for_update(no_key=True).get(pk=employee.pk)
    checking.require_free(kind=kind, employee=employee, starts_at=starts_at, at=at)
    length, needed = slots.lengths(kind)
    appointment = Appointment(
        kind=kind,
        person=person,
        employee=employee,
        starts_at=starts_at,
        ends_at=starts_at + length,
        blocked_until=starts_at + needed,
        place=places.checked(place) or places.usual(kind=kind, person=person),
        note=note.strip(),
        channel=told.channel,
        contact_point=told.point,
        booked_at=at,
        booked_by=actor,
        changed_at=at,
    )
    appointment.touchpoint = _written(appointment, call or CallTaken(), actor=actor, at=at)
    appointment.activity = planning.plan(actor=actor, values=_entry(appointment), at=at)
    save_alone(appointment, at=at)
    note_relation(appointment, actor=actor, at=at)
    audit.record(
        actor=actor, action="appointment.booked", at=at, target=appointment,
        changes=audit.diff({}, {"starts_at": starts_at, "employee": employee, "person": person}),
    )  # fmt: skip
    rest = (
        informing.record(actor=actor, appointment=appointment, told=notice, at=at)
        if notice
        else None
    )
    messages.queue(
        appointment=appointment,
        occasion=MessageOccasion.CONFIRMATION,
        at=at,
        **(_enclosed(*rest) if rest else {}),
    )
    return appointment


def save_alone(appointment: Appointment, *, at: datetime) -> None:
    """Save it if the employee has no other one then; the database decides.

    :raises checking.SlotTaken: another transaction was faster
    """
    try:
        with transaction.atomic():
            appointment.save()
    except Error as error:
        if getattr(error.__cause__, "sqlstate", None) not in _LOST:
            raise
        raise checking.taken(
            kind=appointment.kind,
            employee=appointment.employee,
            starts_at=appointment.starts_at,
            at=at,
            but=appointment if appointment.pk else None,
        ) from error


def note_relation(appointment: Appointment, *, actor: User | None, at: datetime) -> None:
    """What is agreed allows to confirm it and to remind of it, and nothing else."""
    circumstances.note_service(
        actor=actor,
        person=appointment.person,
        relation="appointment",
        since=at,
        until=appointment.ends_at.date(),
        purposes=PURPOSES,
        at=at,
    )


def _written(appointment: Appointment, call: CallTaken, *, actor: User, at: datetime) -> Any:
    """The call in the line, or only a note of the agreement if the call is written by itself."""
    agreed = _("Termin vereinbart: %(what)s") % {"what": wording.summary(appointment)}
    common: dict[str, Any] = {
        "actor": actor,
        "persons": [(appointment.person, ParticipantRole.PARTNER)],
        "subject": agreed,
        "body": appointment.note,
        "at": at,
    }
    if call.is_written:
        return touchpoints.record(channel=Channel.NOTE, happened_at=at, **common)
    return touchpoints.record(
        channel=Channel.PHONE,
        direction=Direction.INBOUND,
        happened_at=min(call.began_at or at, at),
        contact_value=call.number,
        outcome=Outcome.REACHED,
        times=Times(ended_at=at),
        **common,
    )


def _enclosed(version: NoticeVersion, shown: Reading) -> dict[str, Any]:
    return {
        "notice": version,
        "language": shown.script.language,
        "new": shown.due.answer.new,
    }


def _entry(appointment: Appointment) -> dict[str, Any]:
    return {
        "kind": ActivityKind.APPOINTMENT,
        "subject": appointment.kind.name,
        "note": appointment.note,
        "due_at": appointment.starts_at,
        "has_time": True,
        "ends_at": appointment.ends_at,
        "place": appointment.place,
        "assignee": appointment.employee,
        "person": appointment.person,
        "touchpoint": appointment.touchpoint,
    }


def require_open(appointment: Appointment, *, at: datetime) -> None:
    """Pass what is agreed and has not begun.

    :raises errors.Conflict: it was cancelled, or has begun
    """
    if not appointment.is_booked:
        raise errors.Conflict(_("Dieser Termin ist schon abgesagt."))
    if appointment.starts_at <= at:
        raise errors.Conflict(_("Dieser Termin hat schon begonnen und lässt sich nicht ändern."))
