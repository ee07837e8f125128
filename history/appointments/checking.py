"""What must hold before something is agreed, and the sentences if it does not."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import errors, working_days
from history.activities import due
from history.activities.phrases import Reason
from history.appointments import calendars, slots
from history.appointments.calendars import Calendar, Closed
from history.appointments.slots import Slot
from history.appointments.spans import Span
from history.models import Appointment, AppointmentKind

OF_AGE = 16


class SlotTaken(errors.Conflict):
    """Somebody else was faster; ``free`` are the next slots, ``data["free"]`` when they begin."""

    code = "slot-taken"

    def __init__(self, found: list[Slot], *, name: str) -> None:
        self.free = found
        taken = _("Diese Zeit ist bei %(name)s inzwischen vergeben; es wurde nichts gesichert.")
        message = taken % {"name": name}
        if found:
            times = " · ".join(told(slot.starts_at) for slot in found)
            message += " " + _("Als Nächstes frei: %(times)s.") % {"times": times}
        super().__init__(
            message,
            field="starts_at",
            free=[timezone.localtime(slot.starts_at).isoformat() for slot in found],
        )


def require_free(
    *,
    kind: AppointmentKind,
    employee: User,
    starts_at: datetime,
    at: datetime,
    but: Appointment | None = None,
) -> None:
    """Pass if the employee can keep such an appointment then. To be asked with the employee's row
    locked, so that it holds until the transaction ends.

    :raises errors.Invalid: past, too far, a holiday, outside of working hours
    :raises SlotTaken: something is agreed for then
    """
    if starts_at.year not in due.YEARS:
        raise errors.Invalid({"starts_at": [due.sentence(Reason.NO_SUCH_DAY)]})
    day = timezone.localtime(starts_at).date()
    (calendar,) = calendars.of([employee], first=day, last=day, but=but)
    length, needed = slots.lengths(kind)
    wanted, blocked = Span(starts_at, starts_at + length), Span(starts_at, starts_at + needed)
    if problem := _closed(calendar, wanted, day, at=at):
        raise errors.Invalid({"starts_at": [problem]})
    if any(each.overlaps(blocked) for each in calendar.taken):
        raise taken(kind=kind, employee=employee, starts_at=starts_at, at=at, but=but)


def taken(
    *,
    kind: AppointmentKind,
    employee: User,
    starts_at: datetime,
    at: datetime,
    but: Appointment | None = None,
) -> SlotTaken:
    """The refusal with what is free instead."""
    found = slots.next_ones(kind=kind, around=starts_at, at=at, employee=employee, but=but)
    return SlotTaken(found, name=employee.full_name)


def require_of_age(person: Person, *, at: datetime) -> None:
    """Pass persons who are not known to be younger than 16.

    :raises errors.Invalid: whom to talk to instead
    """
    if (born := person.birth_date) is None:
        return
    today = timezone.localtime(at).date()
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if years < OF_AGE:
        raise errors.Invalid({"person": [too_young(person.full_name)]})


def too_young(name: str) -> str:
    """Why nothing is agreed with somebody younger than 16, and what to do."""
    return _(
        "%(name)s ist noch keine 16 Jahre alt. Bitte sprechen Sie mit einer sorgeberechtigten "
        "Person, und vereinbaren Sie den Termin auf deren Namen."
    ) % {"name": name}


def told(moment: datetime) -> str:
    """``Do, 19.03.2026, 10:00``."""
    return date_format(timezone.localtime(moment), _("D, d.m.Y, H:i"))


def _closed(calendar: Calendar, wanted: Span, day: date, *, at: datetime) -> str:
    if wanted.begins < at:
        return _("Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren.")
    if wanted.begins > at + slots.FARTHEST:
        return _("Das ist mehr als ein Jahr hin. Wählen Sie einen früheren Zeitpunkt.")
    names = {"day": f"{day:%d.%m.%Y}", "name": calendar.employee.full_name}
    closed = calendar.closed(day)
    if closed is Closed.HOLIDAY:
        holiday = working_days.holiday(day, state=calendar.week.federal_state)
        return _(
            "Am %(day)s ist bei %(name)s Feiertag (%(holiday)s). Wählen Sie einen anderen Tag."
        ) % {**names, "holiday": holiday}
    if closed is Closed.ABSENT:
        return _("Am %(day)s ist %(name)s nicht da. Wählen Sie einen anderen Tag.") % names
    if not any(each.holds(wanted) for each in calendar.working(day)):
        return (
            _("Zu dieser Zeit arbeitet %(name)s am %(day)s nicht. Wählen Sie eine freie Zeit.")
            % names
        )
    return ""
