"""Reminders: a day ahead, once, through the gate like every other message."""

from datetime import datetime, timedelta

from django.db import transaction

from history.appointments import messages
from history.models import Appointment, AppointmentState, MessageOccasion

AHEAD = timedelta(hours=24)
MOST = 500


def remind(*, at: datetime) -> int:
    """Remind of what begins within a day; gives of how many. Safe to be run twice, or by two.

    Whoever booked it less than a day before it begins was told just then, and is not reminded.
    """
    rows = Appointment.objects.filter(
        state=AppointmentState.BOOKED,
        reminded_at=None,
        starts_at__gt=at,
        starts_at__lte=at + AHEAD,
    )
    numbers = list(rows.order_by("starts_at").values_list("pk", flat=True)[:MOST])
    return sum(_remind(number, at=at) for number in numbers)


@transaction.atomic
def _remind(number: int, *, at: datetime) -> bool:
    rows = Appointment.objects.with_all().select_for_update(of=("self",), skip_locked=True)
    appointment = rows.filter(
        pk=number, state=AppointmentState.BOOKED, reminded_at=None, starts_at__gt=at
    ).first()
    if appointment is None:
        return False
    appointment.reminded_at = at
    appointment.save(update_fields=["reminded_at"])
    if appointment.changed_at > appointment.starts_at - AHEAD:
        return False
    queued = messages.queue(appointment=appointment, occasion=MessageOccasion.REMINDER, at=at)
    return queued is not None
