"""Art. 13 during the call: what is due to the caller, what was read, and how the rest follows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from consent.models import NoticeVersion, ProvisionMedium, ProvisionStatus, SkipReason
from consent.notices import asking, provisions
from consent.notices.asking import Due
from consent.notices.rules import wording as titles
from consent.notices.rules.due import Outcome
from consent.notices.rules.script import Script
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import errors
from history.activities import planning
from history.models import ActivityKind, Appointment, AppointmentChannel

PURPOSE: Final = "appointment"
MOST_SECONDS = 3600
REST_BY = {
    AppointmentChannel.EMAIL: "email",
    AppointmentChannel.SMS: "sms",
    AppointmentChannel.LETTER: "letter",
}
MEDIUM = {
    AppointmentChannel.EMAIL: ProvisionMedium.EMAIL,
    AppointmentChannel.SMS: ProvisionMedium.SMS,
    AppointmentChannel.LETTER: ProvisionMedium.LETTER,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item that is due, and whether it is said in the script."""

    item: str
    title: str
    is_said: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the agent reads. ``items`` are due, ``known`` of all the person has already."""

    due: Due
    script: Script
    items: list[Item]
    known: int

    @property
    def is_deferred(self) -> bool:
        """Whether it is told at the appointment itself (Brandenburg's reading of the law)."""
        return self.due.outcome is Outcome.DEFER_TO_APPOINTMENT

    @property
    def is_news(self) -> bool:
        """Whether the person holds a whole notice and is told only what changed since."""
        return bool(self.due.answer.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the agent says became of the script. ``version`` is the id of the notice that was
    shown, empty if none could be; without ``is_read`` there is a ``reason``."""

    version: str = ""
    is_read: bool = False
    language: str = ""
    seconds: int | None = None
    reason: str = ""
    note: str = ""


def reading(
    *,
    person: Person | None,
    channel: str,
    at: datetime,
    language: str = "",
    starts_at: datetime | None = None,
    purpose: str = PURPOSE,
) -> Reading:
    """What is due to the caller (None: somebody new) and the words for it.

    :raises configuring.UnknownPurpose: there is no notice for such a purpose
    :raises asking.NothingPublished: there is one, but it was not published yet
    :raises scripts.UnknownLanguage: neither ``de`` nor ``en`` nor ``plain``
    """
    due = asking.due_for(
        person=person,
        purpose=purpose,
        at=at,
        medium="phone_inbound",
        appointment_on=timezone.localtime(starts_at).date() if starts_at else None,
    )
    spoken = language or due.language
    rest_by = REST_BY.get(AppointmentChannel(channel), "")
    script = asking.script(due=due, at=at, language=spoken, person=person, rest_by=rest_by)
    said = set(script.items)
    items = [Item(item, titles.title(item, spoken), item in said) for item in due.items]
    return Reading(due, script, items, known=len(due.known))


def record(
    *, actor: User, appointment: Appointment, told: Told, at: datetime
) -> tuple[NoticeVersion, Reading] | None:
    """Write down what was read, or why not, and what is left to do; gives what must follow in
    full, if anything.

    :raises errors.Invalid: neither read nor a reason; or another notice is in force by now
    """
    try:
        shown = reading(
            person=appointment.person,
            channel=appointment.channel,
            at=at,
            language=told.language,
            starts_at=appointment.starts_at,
        )
    except (asking.NothingPublished, errors.NotFound) as problem:
        _leave_a_task(appointment, actor=actor, note=problem.message, at=at)
        return None
    version = shown.due.version
    if told.version != str(version.public_id):
        raise errors.Invalid({"notice": [stale()]})
    if shown.is_deferred:
        _defer(appointment, version, actor=actor, at=at)
    elif told.is_read:
        _read(appointment, shown, told, actor=actor, at=at)
    else:
        _skip(appointment, version, told, actor=actor, at=at)
    if not shown.due.items or shown.is_deferred:
        return None
    if appointment.channel == AppointmentChannel.NONE:
        _hand_over(appointment, actor=actor, at=at)
        return None
    return version, shown


def sent(
    *,
    appointment: Appointment,
    version: NoticeVersion,
    channel: str,
    language: str,
    reference: str,
    is_on_its_way: bool,
    at: datetime,
) -> None:
    """The full text left the house; that it arrived shows when nothing comes back. A letter only
    waits until somebody gives it to the post."""
    provisions.record(
        actor=None,
        person=appointment.person,
        version=version,
        medium=MEDIUM[AppointmentChannel(channel)],
        status=ProvisionStatus.SENT if is_on_its_way else ProvisionStatus.QUEUED,
        given_at=at,
        at=at,
        language=language,
        reference=reference,
    )


def _read(
    appointment: Appointment, shown: Reading, told: Told, *, actor: User, at: datetime
) -> None:
    seconds = told.seconds if told.seconds and 0 < told.seconds <= MOST_SECONDS else None
    provisions.record(
        actor=actor,
        person=appointment.person,
        version=shown.due.version,
        medium=ProvisionMedium.PHONE,
        status=ProvisionStatus.READ_ALOUD,
        given_at=at,
        at=at,
        items=shown.script.items,
        language=shown.script.language,
        seconds=seconds,
    )


def _skip(
    appointment: Appointment, version: NoticeVersion, told: Told, *, actor: User, at: datetime
) -> None:
    if not told.reason:
        missing = _("Bitte lesen Sie die Hinweise vor, oder sagen Sie, warum es nicht ging.")
        raise errors.Invalid({"notice": [missing]})
    if told.reason not in SkipReason.values:
        raise errors.Invalid({"reason": [_("Diesen Grund gibt es nicht.")]})
    is_later = told.reason == SkipReason.LATER
    provisions.record(
        actor=actor,
        person=appointment.person,
        version=version,
        medium=ProvisionMedium.PHONE,
        status=ProvisionStatus.SKIPPED,
        given_at=at,
        at=at,
        items=(),
        language=told.language,
        reason=told.reason,
        note=told.note[:300],
        due_on=_day(appointment) if is_later else None,
    )
    if is_later:
        _hand_over(appointment, actor=actor, at=at)
    else:
        said = f"{SkipReason(told.reason).label}. {told.note}".strip()
        _leave_a_task(appointment, actor=actor, note=said, at=at)


def _defer(appointment: Appointment, version: NoticeVersion, *, actor: User, at: datetime) -> None:
    provisions.record(
        actor=actor,
        person=appointment.person,
        version=version,
        medium=ProvisionMedium.PHONE,
        status=ProvisionStatus.DEFERRED,
        given_at=at,
        at=at,
        items=(),
        due_on=_day(appointment),
    )
    _hand_over(appointment, actor=actor, at=at)


def _hand_over(appointment: Appointment, *, actor: User, at: datetime) -> None:
    """A task of the employee for the day of the appointment."""
    values = {
        "kind": ActivityKind.TASK,
        "subject": _("Datenschutzhinweise beim Termin übergeben"),
        "due_at": appointment.starts_at,
        "assignee": appointment.employee,
        "person": appointment.person,
    }
    planning.plan(actor=actor, values=values, at=at)


def _leave_a_task(appointment: Appointment, *, actor: User, note: str, at: datetime) -> None:
    values = {
        "kind": ActivityKind.TASK,
        "subject": _("Datenschutzhinweise nachholen"),
        "note": note,
        "due_at": at,
        "person": appointment.person,
    }
    planning.plan(actor=actor, values=values, at=at)


def _day(appointment: Appointment) -> date:
    return timezone.localtime(appointment.starts_at).date()


def stale() -> str:
    """That what was read is not what was due."""
    return _(
        "Was vorgelesen wurde, passt nicht mehr: Die Hinweise oder der Anrufer haben sich "
        "geändert. Bitte sehen Sie noch einmal nach."
    )
