"""How a message about an appointment leaves the house, each with a permit of the gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from consent import gate, links
from consent.models import ContactDecision, Controller
from consent.notices import delivering
from consent.sending import mail, sms
from history.activities import planning
from history.appointments import enclosing, invitations, letters, wording
from history.attachments import Upload
from history.channels import TRAITS, Channel, Direction
from history.models import (
    ActivityKind,
    AppointmentChannel,
    AppointmentMessage,
    MessageOccasion,
    ParticipantRole,
)

SYSTEM: Final = "einklang-termine"


@dataclass(frozen=True, slots=True)
class Carried:
    """``told`` are the values with which it stands in the line of the person."""

    message_id: str
    decision: ContactDecision
    told: dict[str, Any]


def carry(message: AppointmentMessage, *, controller: Controller, at: datetime) -> Carried:
    """Send it.

    :raises gate.NotAllowed: the gate refuses it
    :raises mail.NotSent: the mail server did not take it
    :raises gateways.GatewayFailed: the SMS gateway did not take it
    """
    carrier = {
        AppointmentChannel.EMAIL: _by_mail,
        AppointmentChannel.SMS: _by_sms,
        AppointmentChannel.LETTER: _by_letter,
    }[AppointmentChannel(message.channel)]
    decision = gate.permit(
        actor=None,
        person=message.appointment.person,
        point=message.contact_point,
        channel=TRAITS[message.channel].consent,
        purpose=_purpose(message),
        controller=controller,
        at=at,
    )
    return carrier(message, decision, controller, at)


def _by_mail(
    message: AppointmentMessage, decision: ContactDecision, controller: Controller, at: datetime
) -> Carried:
    appointment, enclosed = message.appointment, enclosing.of(message)
    said = wording.letter(appointment, message.occasion, controller=controller, is_mail=True)
    body = f"{said.text}\n\n{delivering.text_of(enclosed)}" if enclosed else said.text
    file = mail.File(
        name=invitations.NAME,
        content=invitations.of(appointment, controller=controller, at=at),
        media_type="text/calendar",
    )
    sent = mail.send(
        actor=None, decision=decision, person=appointment.person, point=message.contact_point,
        purpose=_purpose(message), controller=controller, subject=said.subject, body=body,
        files=[file], at=at,
    )  # fmt: skip
    told = _told(message, said.subject, body, external_id=sent.message_id)
    return Carried(sent.message_id, decision, told)


def _by_sms(
    message: AppointmentMessage, decision: ContactDecision, controller: Controller, at: datetime
) -> Carried:
    text = wording.sms(message.appointment, message.occasion, controller=controller)
    if message.notice is not None:
        where = links.notice_version(message.notice)
        text += " " + _("Datenschutzhinweise: %(link)s") % {"link": where}
    sent = sms.send(
        actor=None, decision=decision, person=message.appointment.person,
        point=message.contact_point, purpose=_purpose(message), controller=controller, text=text,
        at=at,
    )  # fmt: skip
    told = _told(message, message.get_occasion_display(), text, external_id=sent.message_id)
    return Carried(sent.message_id, decision, told)


def _by_letter(
    message: AppointmentMessage, decision: ContactDecision, controller: Controller, at: datetime
) -> Carried:
    """The letter lies in the line as a PDF; whoever booked prints it: that is a task."""
    appointment = message.appointment
    said = wording.letter(appointment, message.occasion, controller=controller, is_mail=False)
    paper = letters.to_pdf(
        said,
        appointment=appointment,
        controller=controller,
        at=at,
        enclosed=enclosing.of(message),
    )
    told = _told(message, said.subject, said.text) | {
        "decision": decision,
        "files": [Upload(name=_("Brief.pdf"), content=paper)],
    }
    if (who := appointment.booked_by) is not None and who.is_active:
        planning.plan(
            actor=who,
            values={
                "kind": ActivityKind.TASK,
                "subject": _("Brief drucken und zur Post geben: %(subject)s")
                % {"subject": said.subject},
                "due_at": at,
                "person": appointment.person,
            },
            at=at,
        )
    return Carried("", decision, told)


def _told(
    message: AppointmentMessage, subject: str, body: str, *, external_id: str = ""
) -> dict[str, Any]:
    return {
        "channel": Channel(message.channel),
        "direction": Direction.OUTBOUND,
        "persons": [(message.appointment.person, ParticipantRole.TO)],
        "subject": subject,
        "body": body,
        "system": SYSTEM if external_id else "",
        "external_id": external_id[:300],
        "agent": message.appointment.booked_by,
    }


def _purpose(message: AppointmentMessage) -> str:
    is_reminder = message.occasion == MessageOccasion.REMINDER
    return "appointment_reminder" if is_reminder else "appointment_confirm"
