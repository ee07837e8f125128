"""Moving and cancelling what was agreed: by the house, or by the person over the signed link."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import audit
from history import touchpoints
from history.activities import planning
from history.appointments import access, booking, checking, messages, slots, wording
from history.channels import Channel, Direction
from history.models import (
    ActivityState,
    Appointment,
    AppointmentState,
    MessageOccasion,
    ParticipantRole,
)


@transaction.atomic
def move(
    *,
    actor: User | None,
    appointment: Appointment,
    starts_at: datetime,
    employee: User | None = None,
    at: datetime,
) -> Appointment:
    """Another time, or another employee; the person is told as before. ``actor`` is None if the
    person does it. To where it is already nothing happens.

    :raises errors.NotPermitted: the role records no history
    :raises errors.Conflict: it was cancelled, or has begun
    :raises errors.Invalid: nobody can keep it then
    :raises checking.SlotTaken: somebody else was faster
    """
    appointment = access.locked(actor=actor, appointment=appointment)
    booking.require_open(appointment, at=at)
    before = {"starts_at": appointment.starts_at, "employee": appointment.employee}
    to = employee or appointment.employee
    if before == {"starts_at": starts_at, "employee": to}:
        return appointment
    _lock({appointment.employee_id, to.pk})
    checking.require_free(
        kind=appointment.kind, employee=to, starts_at=starts_at, at=at, but=appointment
    )
    length, blocked = appointment.ends_at - appointment.starts_at, slots.lengths(appointment.kind)
    pause = blocked[1] - blocked[0]
    appointment.starts_at, appointment.employee = starts_at, to
    appointment.ends_at = starts_at + length
    appointment.blocked_until = appointment.ends_at + pause
    appointment.reminded_at = None
    changes = audit.diff(before, {"starts_at": starts_at, "employee": to})
    _changed(appointment, at=at)
    booking.save_alone(appointment, at=at)
    _move_entry(appointment, actor=actor, at=at)
    booking.note_relation(appointment, actor=actor, at=at)
    audit.record(
        actor=actor, action="appointment.moved", at=at, target=appointment, changes=changes
    )
    _write(appointment, _("Termin verschoben: %(what)s"), actor=actor, at=at)
    messages.queue(appointment=appointment, occasion=MessageOccasion.MOVE, at=at)
    return appointment


@transaction.atomic
def cancel(*, actor: User | None, appointment: Appointment, at: datetime) -> Appointment:
    """It does not take place, and the time is free again. Cancelling twice changes nothing.

    :raises errors.NotPermitted: the role records no history
    :raises errors.Conflict: it has begun
    """
    appointment = access.locked(actor=actor, appointment=appointment)
    if not appointment.is_booked:
        return appointment
    booking.require_open(appointment, at=at)
    appointment.state, appointment.cancelled_at = AppointmentState.CANCELLED, at
    _changed(appointment, at=at)
    appointment.save()
    _cancel_entry(appointment, actor=actor, at=at)
    changes: audit.Changes = {
        "state": [AppointmentState.BOOKED.value, AppointmentState.CANCELLED.value]
    }
    audit.record(
        actor=actor, action="appointment.cancelled", at=at, target=appointment, changes=changes
    )
    _write(appointment, _("Termin abgesagt: %(what)s"), actor=actor, at=at)
    messages.queue(appointment=appointment, occasion=MessageOccasion.CANCELLATION, at=at)
    return appointment


def _changed(appointment: Appointment, *, at: datetime) -> None:
    appointment.sequence += 1
    appointment.changed_at = at


def _lock(numbers: set[int]) -> None:
    """Nobody else books with these employees until the transaction ends; in one order always."""
    rows = User.objects.filter(pk__in=numbers).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _move_entry(appointment: Appointment, *, actor: User | None, at: datetime) -> None:
    entry = appointment.activity
    if entry is None:
        return
    before = {"due_at": entry.due_at, "assignee": entry.assignee}
    entry.due_at = entry.starts_at = appointment.starts_at
    entry.ends_at, entry.assignee = appointment.ends_at, appointment.employee
    changes = audit.diff(before, {"due_at": entry.due_at, "assignee": entry.assignee})
    planning.keep(entry, actor=actor, action="activity.postponed", changes=changes, at=at)


def _cancel_entry(appointment: Appointment, *, actor: User | None, at: datetime) -> None:
    entry = appointment.activity
    if entry is None or not entry.is_open:
        return
    changes: audit.Changes = {"state": [entry.state, ActivityState.CANCELLED.value]}
    entry.state, entry.closed_at, entry.closed_by = ActivityState.CANCELLED, at, actor
    planning.keep(entry, actor=actor, action="activity.cancelled", changes=changes, at=at)


def _write(appointment: Appointment, sentence: str, *, actor: User | None, at: datetime) -> None:
    """In the line: a note of ours, or what the person did on the page of the link."""
    whose: dict[str, Any] = {"channel": Channel.NOTE}
    if actor is None:
        whose = {"channel": Channel.WEB_FORM, "direction": Direction.INBOUND}
    touchpoints.record(
        actor=actor,
        persons=[(appointment.person, ParticipantRole.PARTNER)],
        subject=sentence % {"what": wording.summary(appointment)},
        happened_at=at,
        at=at,
        **whose,
    )
