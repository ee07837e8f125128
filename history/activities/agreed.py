"""Entries of appointments that were agreed with a person: their time is changed with the person."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.kernel import errors
from history.models import Activity, Appointment, AppointmentState

TIED = frozenset({"kind", "due_at", "has_time", "ends_at", "assignee", "person", "recurrence"})
"""What of such an entry follows the appointment."""


def require_untied(activity: Activity) -> None:
    """Pass entries that nobody agreed on with a person.

    :raises errors.Conflict: it is an appointment; the sentence says where it is changed
    """
    rows = Appointment.objects.filter(activity=activity, state=AppointmentState.BOOKED)
    if rows.exists():
        raise errors.Conflict(
            _(
                "Dieser Termin ist mit jemandem vereinbart. Verschieben oder sagen Sie ihn auf "
                "seiner Seite unter Termine ab, damit die Person es erfährt."
            )
        )


def untied(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """The entries that are no appointments with somebody."""
    return rows.exclude(appointment__state=AppointmentState.BOOKED)
