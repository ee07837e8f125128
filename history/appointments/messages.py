"""What a person is told of an appointment: kept first, sent when the transaction is through."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from consent import controllers, gate
from consent.models import NoticeVersion
from consent.sending import mail, sms
from contacts.models import Address, ContactPoint, ContactPointHolder, ContactPointKind, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history import touchpoints
from history.activities import planning
from history.appointments import carriers, informing, wording
from history.models import (
    ActivityKind,
    Appointment,
    AppointmentChannel,
    AppointmentMessage,
    MessageOccasion,
    MessageState,
)

KINDS: Final = {
    AppointmentChannel.EMAIL: ContactPointKind.EMAIL,
    AppointmentChannel.SMS: ContactPointKind.MOBILE,
    AppointmentChannel.LETTER: ContactPointKind.POSTAL,
}
OPEN = (MessageState.WAITING, MessageState.FAILED)
MOST_TRIES = 12
AGAIN_AFTER = timedelta(minutes=1)


def require_reachable(*, person: Person, channel: str, point: ContactPoint | None) -> None:
    """Pass if the person holds the contact point and the channel goes over it.

    :raises errors.Invalid: an unknown channel, or none of the person's contact points
    """
    if channel == AppointmentChannel.NONE and point is None:
        return
    if channel not in KINDS:
        raise errors.Invalid({"channel": [_("Auf diesem Weg lässt sich nichts bestätigen.")]})
    if (
        point is None
        or point.kind != KINDS[AppointmentChannel(channel)]
        or not _holds(person, point)
    ):
        missing = {
            AppointmentChannel.EMAIL: _("Für die Bestätigung fehlt die E‑Mail-Adresse."),
            AppointmentChannel.SMS: _("Für die Bestätigung fehlt die Mobilnummer."),
            AppointmentChannel.LETTER: _("Für den Brief fehlt die Anschrift."),
        }
        raise errors.Invalid({"channel": [missing[AppointmentChannel(channel)]]})


def points_of(person: Person) -> list[ContactPoint]:
    """Where the person can be told of an appointment, preferred ones first; two queries."""
    held = ContactPointHolder.objects.filter(
        person=person,
        status="ACTIVE",
        contact_point__kind__in=[ContactPointKind.EMAIL, ContactPointKind.MOBILE],
    ).select_related("contact_point")
    homes = Address.objects.filter(person=person, valid_to=None).select_related("contact_point")
    points = [row.contact_point for row in held.order_by("-is_preferred", "pk")]
    return [*points, *(row.contact_point for row in homes.order_by("pk"))]


def queue(
    *,
    appointment: Appointment,
    occasion: str,
    at: datetime,
    notice: NoticeVersion | None = None,
    language: str = "",
    new: Sequence[str] = (),
) -> AppointmentMessage | None:
    """Keep what is to be told, and send it when the transaction is through; None if the person
    is told nothing. ``notice`` goes with it in full, its ``new`` items marked."""
    if appointment.channel == AppointmentChannel.NONE or appointment.contact_point is None:
        return None
    if occasion == MessageOccasion.REMINDER and appointment.channel == AppointmentChannel.LETTER:
        return None
    message = AppointmentMessage.objects.create(
        appointment=appointment,
        occasion=occasion,
        channel=appointment.channel,
        contact_point=appointment.contact_point,
        created_at=at,
        notice=notice,
        notice_language=language,
        notice_new=list(new),
    )
    transaction.on_commit(partial(deliver, message_id=message.pk, at=at), robust=True)
    return message


@transaction.atomic
def deliver(*, message_id: int, at: datetime) -> AppointmentMessage | None:
    """Ask the gate and send it; twice is once. What could not be delivered is tried again by
    :func:`deliver_waiting`, what is not allowed becomes a task. None: it is sent, or being sent.
    """
    rows = AppointmentMessage.objects.select_for_update(of=("self",), skip_locked=True)
    message = rows.filter(pk=message_id, state__in=OPEN).first()
    if message is None:
        return None
    message.appointment = Appointment.objects.with_all().get(pk=message.appointment_id)
    message.tries += 1
    with translation.override("en" if message.appointment.person.language == "en" else "de"):
        _send(message, at=at)
    message.save()
    return message


@transaction.atomic
def post(*, actor: User, message: AppointmentMessage, at: datetime) -> AppointmentMessage:
    """The letter went to the post; twice is once.

    :raises errors.NotPermitted: the role records no history
    :raises errors.Conflict: it is no letter, or does not lie ready
    """
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    message = AppointmentMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.channel != AppointmentChannel.LETTER or message.state != MessageState.SENT:
        raise errors.Conflict(_("Hier liegt kein Brief bereit."))
    if message.posted_at is None:
        message.posted_at = at
        message.save(update_fields=["posted_at"])
        _inform(message, is_on_its_way=True, at=at)
        audit.record(
            actor=actor, action="appointment.letter-posted", at=at, target=message.appointment
        )
    return message


def deliver_waiting(*, at: datetime) -> int:
    """Send what still waits; gives how many went out. Runs every few minutes."""
    waiting = AppointmentMessage.objects.filter(
        state__in=OPEN, created_at__lte=at - AGAIN_AFTER
    ).order_by("pk")
    sent = 0
    for number in list(waiting.values_list("pk", flat=True)[:500]):
        done = deliver(message_id=number, at=at)
        sent += done is not None and done.state == MessageState.SENT
    return sent


def _send(message: AppointmentMessage, *, at: datetime) -> None:
    if _is_pointless(message, at=at):
        message.state, message.problem = MessageState.REFUSED, _("Nicht mehr nötig.")
        return
    try:
        with transaction.atomic():
            sent = carriers.carry(message, controller=controllers.default(), at=at)
    except gate.NotAllowed as refusal:
        message.state, message.problem = MessageState.REFUSED, refusal.message[:500]
    except (mail.NotSent, sms.NotSent) as failure:
        message.state, message.problem = MessageState.FAILED, failure.message[:500]
        if message.tries >= MOST_TRIES:
            message.state = MessageState.REFUSED
    else:
        message.state, message.problem, message.sent_at = MessageState.SENT, "", at
        message.message_id, message.decision = sent.message_id[:300], sent.decision
        _inform(message, is_on_its_way=message.channel != AppointmentChannel.LETTER, at=at)
        message.touchpoint = touchpoints.record(
            actor=None,
            at=at,
            happened_at=at,
            contact_point=message.contact_point,
            **sent.told,
        )
    if message.state == MessageState.REFUSED:
        _leave_a_task(message, at=at)


def _inform(message: AppointmentMessage, *, is_on_its_way: bool, at: datetime) -> None:
    """Write down that the notice that goes with it was sent."""
    if message.notice is not None:
        informing.sent(
            appointment=message.appointment,
            version=message.notice,
            channel=message.channel,
            language=message.notice_language,
            reference=message.message_id,
            is_on_its_way=is_on_its_way,
            at=at,
        )


def _is_pointless(message: AppointmentMessage, *, at: datetime) -> bool:
    is_cancellation = message.occasion == MessageOccasion.CANCELLATION
    appointment = message.appointment
    return appointment.starts_at <= at or appointment.is_booked == is_cancellation


def _leave_a_task(message: AppointmentMessage, *, at: datetime) -> None:
    who = message.appointment.booked_by
    if who is None or not who.is_active:
        return
    said = _("%(occasion)s ging nicht hinaus: bitte anrufen") % {
        "occasion": message.get_occasion_display()
    }
    values = {
        "kind": ActivityKind.TASK,
        "subject": f"{said} ({wording.summary(message.appointment)})"[:300],
        "note": message.problem,
        "due_at": at,
        "person": message.appointment.person,
    }
    planning.plan(actor=who, values=values, at=at)


def _holds(person: Person, point: ContactPoint) -> bool:
    held = Q(holders__person=person, holders__status="ACTIVE")
    lives = Q(addresses__person=person, addresses__valid_to=None)
    return ContactPoint.objects.filter(held | lives, pk=point.pk).exists()
