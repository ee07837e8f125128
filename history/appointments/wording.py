"""What a person reads of an appointment: in a mail, an SMS, a letter. Nothing in it advertises."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent.models import Controller
from history.appointments import links
from history.appointments.slots import Slot
from history.models import Appointment, MessageOccasion


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and paragraphs; ``facts`` are the lines that tell what, when, with whom, where."""

    subject: str
    greeting: str
    opening: str
    facts: list[str]
    closing: list[str]
    signature: list[str]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        parts = [
            self.greeting,
            self.opening,
            "\n".join(self.facts),
            *self.closing,
            "\n".join(self.signature),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"


def letter(
    appointment: Appointment, occasion: str, *, controller: Controller, is_mail: bool
) -> Letter:
    """What is said on paper or, with the calendar file, in a mail."""
    subjects = {
        MessageOccasion.CONFIRMATION: _("Ihr Termin am %(day)s"),
        MessageOccasion.MOVE: _("Ihr Termin ist verschoben auf den %(day)s"),
        MessageOccasion.CANCELLATION: _("Ihr Termin am %(day)s ist abgesagt"),
        MessageOccasion.REMINDER: _("Erinnerung an Ihren Termin am %(day)s"),
    }
    openings = {
        MessageOccasion.CONFIRMATION: _("wir bestätigen Ihren Termin:"),
        MessageOccasion.MOVE: _("Ihr Termin ist verschoben. Jetzt gilt:"),
        MessageOccasion.CANCELLATION: _("dieser Termin findet nicht statt:"),
        MessageOccasion.REMINDER: _("wir erinnern Sie an Ihren Termin:"),
    }
    place = " ".join(filter(None, (controller.postal_code, controller.city)))
    return Letter(
        subject=subjects[MessageOccasion(occasion)] % {"day": day(appointment)},
        greeting=_("Guten Tag %(name)s,") % {"name": appointment.person.full_name},
        opening=openings[MessageOccasion(occasion)],
        facts=facts(appointment),
        closing=_closing(appointment, occasion, controller, is_mail=is_mail),
        signature=[
            _("Freundliche Grüße"),
            controller.name,
            ", ".join(filter(None, (controller.street, place, controller.phone))),
        ],
    )


def sms(appointment: Appointment, occasion: str, *, controller: Controller) -> str:
    """The same in one or two SMS."""
    texts = {
        MessageOccasion.CONFIRMATION: _("%(firm)s: Ihr Termin am %(when)s ist bestätigt."),
        MessageOccasion.MOVE: _("%(firm)s: Ihr Termin ist verschoben auf %(when)s."),
        MessageOccasion.CANCELLATION: _("%(firm)s: Ihr Termin am %(when)s ist abgesagt."),
        MessageOccasion.REMINDER: _("%(firm)s: Erinnerung an Ihren Termin am %(when)s."),
    }
    values = {"firm": controller.name, "when": when(appointment)}
    said = texts[MessageOccasion(occasion)] % values
    if not appointment.is_booked:
        return said
    return f"{said} " + _("Ändern: %(link)s") % {"link": links.of(appointment)}


def facts(appointment: Appointment) -> list[str]:
    """What, when, with whom, and where."""
    lines = [
        appointment.kind.name,
        f"{day(appointment, with_weekday=True)}, {hours(appointment)}",
        _("mit %(name)s") % {"name": appointment.employee.full_name},
    ]
    if appointment.place:
        lines.append(_("Ort: %(place)s") % {"place": appointment.place})
    return lines


def summary(appointment: Appointment) -> str:
    """``Besuch vor Ort, 19.03.2026, 10:00 Uhr, mit Jonas Brandt``."""
    return _("%(kind)s, %(when)s, mit %(name)s") % {
        "kind": appointment.kind.name,
        "when": when(appointment),
        "name": appointment.employee.full_name,
    }


def when(appointment: Appointment) -> str:
    """``19.03.2026, 10:00 Uhr``."""
    local = timezone.localtime(appointment.starts_at)
    return date_format(local, _("d.m.Y, H:i \\U\\h\\r"))


def day(time: Appointment | Slot, *, with_weekday: bool = False) -> str:
    """``19. März 2026``."""
    local = timezone.localtime(time.starts_at)
    return date_format(local, _("l, j. F Y") if with_weekday else _("j. F Y"))


def hours(time: Appointment | Slot) -> str:
    """``10:00–12:00 Uhr``."""
    begins, ends = (f"{timezone.localtime(each):%H:%M}" for each in (time.starts_at, time.ends_at))
    return _("%(begins)s–%(ends)s Uhr") % {"begins": begins, "ends": ends}


def _closing(
    appointment: Appointment, occasion: str, controller: Controller, *, is_mail: bool
) -> list[str]:
    if occasion == MessageOccasion.CANCELLATION:
        return []
    if not is_mail and controller.phone:
        call = _("Passt es doch nicht? Rufen Sie uns bitte an: %(phone)s")
        return [call % {"phone": controller.phone}]
    way = _("Passt es doch nicht? Hier verschieben oder sagen Sie ab, ohne Anmeldung:")
    change = f"{way}\n{links.of(appointment)}"
    attached = _("Im Anhang liegt der Termin für Ihren Kalender.")
    return [attached, change] if is_mail else [change]
