"""Requests as they come in and go on: received, identified, extended, answered."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import circumstances
from consent.models import (
    RequestArticle,
    RequestChannel,
    RequestState,
    Restriction,
    SubjectRequest,
)
from consent.requests import deadlines, stopping
from consent.requests.deadlines import Clock, Due
from contacts import access
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

LOCK = 0x44_53_52  # numbers one after the other: "DSR"
AT_ONCE = frozenset({RequestArticle.WITHDRAWAL, RequestArticle.OBJECTION})
"""Rights whose exercise only ever stops something: no proof of identity is asked for."""

ESCALATION = (7, 14, 21, 25)
"""Days after receipt on which an open request is brought up again."""


class IdentityOpen(errors.DomainError):
    """Something is to be handed out or erased for somebody who may be somebody else."""

    code = "identity-not-proved"
    default_message = gettext_lazy(
        "Die Identität ist noch nicht geprüft. Bitte fordern Sie einen Nachweis an oder halten Sie "
        "fest, woran Sie die Person erkannt haben; bis dahin steht die Frist still."
    )


class ExtensionTooLate(errors.DomainError):
    """The month within which an extension has to be told is over."""

    code = "extension-too-late"


def receive(
    *,
    actor: User | None,
    article: str,
    channel: str,
    received_at: datetime,
    at: datetime,
    person: Person | None = None,
    requester: str = "",
    wording: str = "",
    is_marketing: bool = True,
) -> SubjectRequest:
    """Take a request in. An objection or a withdrawal takes effect in the same transaction.

    :raises errors.NotPermitted: the role records no declarations
    :raises errors.NotFound: the user may not see the person
    :raises errors.Invalid: unknown article or channel, in the future, or from nobody
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_RECORD)
        if person is not None:
            access.person_for(user=actor, public_id=person.public_id)
    _require_sound(article, channel, received_at, at, person, requester)
    with transaction.atomic():
        case = SubjectRequest.objects.create(
            number=_number(received_at),
            article=article,
            channel=channel,
            person=person,
            requester=requester.strip() or (person.full_name if person else ""),
            wording=wording.strip(),
            is_marketing=is_marketing,
            received_at=received_at,
            created_at=at,
            created_by=actor,
        )
        stopped = stopping.stop(case, actor=actor, at=at) if person is not None else 0
        _note(case, "request.received", actor=actor, at=at, stopped=stopped)
        if person is not None and stopping.is_enough(case):
            close(
                actor=actor, case=case, state=RequestState.DONE, outcome={"stopped": stopped}, at=at
            )
    return case


@transaction.atomic
def ask_identity(*, actor: User | None, case: SubjectRequest, on: date, at: datetime) -> None:
    """Note that a proof of identity was asked for; the clock stands still from that day on.

    :raises errors.Conflict: it is answered, or the identity is proved
    :raises errors.Invalid: before it was received, or in the future
    """
    require_open(actor=actor, case=case)
    if case.identified_on is not None:
        raise errors.Conflict(_("Die Identität ist schon geprüft."))
    _require_day(case, on, "asked_on", at)
    case.identity_asked_on = on
    case.save(update_fields=["identity_asked_on"])
    _note(case, "request.identity-asked", actor=actor, at=at, on=on)


@transaction.atomic
def prove_identity(
    *,
    actor: User | None,
    case: SubjectRequest,
    on: date,
    how: str,
    at: datetime,
    person: Person | None = None,
) -> None:
    """Note who it is and how that was established; the clock goes on.

    :raises errors.Invalid: without a way, or without anybody it could be
    """
    require_open(actor=actor, case=case)
    _require_day(case, max(on, case.identity_asked_on or on), "on", at)
    if not how.strip():
        raise errors.Invalid({"how": [_("Bitte sagen Sie, woran Sie die Person erkannt haben.")]})
    if person is not None and actor is not None:
        access.person_for(user=actor, public_id=person.public_id)
    late = case.person is None and person is not None
    case.person = person or case.person
    if case.person is None:
        raise errors.Invalid({"person": [_("Bitte wählen Sie, um wen es geht.")]})
    case.identified_on, case.identified_how = on, how.strip()
    case.save(update_fields=["person", "identified_on", "identified_how"])
    stopped = stopping.stop(case, actor=actor, at=at) if late else 0
    _note(case, "request.identified", actor=actor, at=at, on=on, stopped=stopped)


@transaction.atomic
def extend(
    *, actor: User | None, case: SubjectRequest, told_on: date, reason: str, at: datetime
) -> None:
    """Note that the person was told, with reasons, that it takes two months longer.

    :raises ExtensionTooLate: told after the first month
    :raises errors.Invalid: without a reason
    :raises errors.Conflict: extended already, or answered
    """
    require_open(actor=actor, case=case)
    if case.extended_on is not None:
        raise errors.Conflict(_("Die Frist ist schon verlängert. Ein zweites Mal geht das nicht."))
    if not reason.strip():
        raise errors.Invalid(
            {"reason": [_("Bitte nennen Sie den Grund, den Sie der Person mitgeteilt haben.")]}
        )
    _require_day(case, told_on, "told_on", at)
    first = deadlines.first_due(clock_of(case), today=told_on)
    if told_on > first.legal:
        raise ExtensionTooLate(
            _(
                "Die Verlängerung hätte bis %(last)s mitgeteilt werden müssen (Art. 12 Abs. 3 "
                "DSGVO). Die Frist ist seit %(since)s überschritten: Bitte antworten Sie sofort."
            )
            % {"last": _day(first.legal), "since": _day(first.overdue_since)},
            field="told_on",
            overdue_since=first.overdue_since.isoformat(),
        )
    case.extended_on, case.extension_reason = told_on, reason.strip()
    case.save(update_fields=["extended_on", "extension_reason"])
    _note(case, "request.extended", actor=actor, at=at, on=told_on)


@transaction.atomic
def refuse(*, actor: User | None, case: SubjectRequest, reason: str, at: datetime) -> None:
    """Close a request without doing what it asks for, with the reason that the person is told
    (Art. 12(4) and (5) GDPR).

    :raises errors.Invalid: without a reason
    """
    require_open(actor=actor, case=case)
    if not reason.strip():
        raise errors.Invalid({"reason": [_("Bitte nennen Sie den Grund der Ablehnung.")]})
    outcome = {"reason": reason.strip()}
    close(actor=actor, case=case, state=RequestState.REFUSED, outcome=outcome, at=at)


@transaction.atomic
def answer(
    *,
    actor: User | None,
    case: SubjectRequest,
    at: datetime,
    ground: str = "",
    done: dict[str, Any] | None = None,
) -> None:
    """Close a request as answered; one for restriction restricts, on the ``ground`` a to d of
    Art. 18(1) GDPR.

    :raises errors.Invalid: no such ground
    :raises IdentityOpen: something would go to somebody unknown
    :raises errors.Conflict: it is closed already
    """
    require_open(actor=actor, case=case)
    require_identity(case)
    outcome = dict(done or {})
    if case.article == RequestArticle.RESTRICTION and case.person is not None:
        circumstances.restrict(
            actor=actor, person=case.person, ground=ground, starts_at=case.received_at, at=at
        )
        outcome["ground"] = ground
    close(actor=actor, case=case, state=RequestState.DONE, outcome=outcome, at=at)


@transaction.atomic
def lift_restrictions(
    *, actor: User | None, person: Person, informed_on: date, reason: str, at: datetime
) -> int:
    """End all restrictions of a person, who was told before (Art. 18(3) GDPR); gives how many.

    :raises errors.Invalid: without a reason, or told in the future
    """
    if actor is not None:
        policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    if not reason.strip():
        raise errors.Invalid({"reason": [_("Bitte nennen Sie den Grund.")]})
    if informed_on > timezone.localdate(at):
        raise errors.Invalid({"informed_on": [_("Der Tag liegt in der Zukunft.")]})
    events = [each.event for each in Restriction.objects.filter(person=person)]
    for event in events:
        circumstances.lift(actor=actor, event=event, reason=reason.strip(), effective_at=at, at=at)
    audit.record(
        actor=actor,
        action="request.restriction-lifted",
        target=person,
        context={"informed_on": informed_on, "restrictions": len(events)},
        at=at,
    )
    return len(events)


def require_identity(case: SubjectRequest) -> None:
    """Pass if it is known whose request it is.

    :raises IdentityOpen: it is not
    """
    if case.person is None or (case.identified_on is None and case.article not in AT_ONCE):
        raise IdentityOpen


def cases_of(user: User) -> QuerySet[SubjectRequest]:
    """The requests, for those who handle them.

    :raises errors.NotPermitted: the role does not
    """
    policy.require(user, policy.Permission.REQUESTS_MANAGE)
    return SubjectRequest.objects.select_related("person", "created_by", "closed_by")


def case_for(*, user: User, public_id: UUID | str) -> SubjectRequest:
    """The request.

    :raises errors.NotPermitted: the role handles none
    :raises errors.NotFound: there is none
    """
    found = cases_of(user).filter(public_id=access.parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def clock_of(case: SubjectRequest) -> Clock:
    """What bears on its period."""
    return Clock(
        received_on=timezone.localdate(case.received_at),
        identity_asked_on=case.identity_asked_on,
        identity_received_on=case.identified_on,
        extended_on=case.extended_on,
    )


def due_of(case: SubjectRequest, *, today: date) -> Due:
    """Until when it has to be answered."""
    return deadlines.due(clock_of(case), today=today)


def require_open(*, actor: User | None, case: SubjectRequest) -> None:
    """Let nobody else change it, and pass only if it is open.

    :raises errors.NotPermitted: the role handles no requests
    :raises errors.Conflict: it is answered
    """
    if actor is not None:
        policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    now = SubjectRequest.objects.select_for_update().get(pk=case.pk)
    if not now.is_open:
        raise errors.Conflict(_("Dieser Antrag ist schon beantwortet."))
    case.refresh_from_db()


def close(
    *,
    actor: User | None,
    case: SubjectRequest,
    state: RequestState,
    outcome: dict[str, Any],
    at: datetime,
) -> None:
    """Write down how it ended. Who calls this has locked the request."""
    case.state, case.closed_at, case.closed_by = state, at, actor
    case.outcome = {**case.outcome, **audit.jsonable(outcome)}
    case.save(update_fields=["state", "closed_at", "closed_by", "outcome"])
    action = "request.refused" if state == RequestState.REFUSED else "request.answered"
    _note(case, action, actor=actor, at=at)


def escalated(case: SubjectRequest, *, today: date) -> int:
    """How often it was brought up so far (0 to 4); the days that the clock stood still are not
    counted."""
    paused = deadlines.paused_days(clock_of(case), today=today)
    open_for = today - timezone.localdate(case.received_at) - timedelta(days=paused)
    return sum(open_for.days >= days for days in ESCALATION)


def _require_sound(
    article: str,
    channel: str,
    received_at: datetime,
    at: datetime,
    person: Person | None,
    requester: str,
) -> None:
    problems: dict[str, list[str]] = {}
    if article not in RequestArticle.values:
        problems["article"] = [_("Bitte wählen Sie, worum es geht.")]
    if channel not in RequestChannel.values:
        problems["channel"] = [_("Bitte wählen Sie, auf welchem Weg der Antrag kam.")]
    if received_at > at:
        problems["received_at"] = [_("Der Eingang liegt in der Zukunft. Bitte prüfen Sie ihn.")]
    if person is None and not requester.strip():
        problems["requester"] = [_("Bitte nennen Sie, wer den Antrag stellt.")]
    if problems:
        raise errors.Invalid(problems)


def _require_day(case: SubjectRequest, day: date, field: str, at: datetime) -> None:
    if day < timezone.localdate(case.received_at):
        raise errors.Invalid({field: [_("Der Tag liegt vor dem Eingang des Antrags.")]})
    if day > timezone.localdate(at):
        raise errors.Invalid({field: [_("Der Tag liegt in der Zukunft.")]})


def _number(received_at: datetime) -> str:
    """``2026-0007``: the seventh of the year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    year = timezone.localdate(received_at).year
    numbers = SubjectRequest.objects.filter(number__startswith=f"{year}-")
    latest = numbers.order_by(Length("number").desc(), "-number").first()
    return f"{year}-{int(latest.number[5:]) + 1 if latest else 1:04d}"


def _note(
    case: SubjectRequest, action: str, *, actor: User | None, at: datetime, **told: Any
) -> None:
    audit.record(
        actor=actor,
        action=action,
        target=case,
        context={"article": case.article, **{k: v for k, v in told.items() if v}},
        at=at,
    )


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
