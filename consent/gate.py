"""The one gate: may somebody be contacted, and on what basis. Every outbound path comes here.

``may_contact`` answers and leaves nothing behind; ``permit`` keeps an answer that allows a contact,
so that it can be replayed; ``use`` records that the contact was made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import facts, recording, references, surroundings
from consent.decision import Decision, Policy, Question, decide, serial
from consent.decision.codes import Code, Ground, Outcome
from consent.decision.facts import Message
from consent.events import Told
from consent.models import ContactDecision, Controller, EventKind, LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import errors

POLICY = Policy()
VALID_FOR = timedelta(minutes=15)
WRONG_POINT = Decision(
    outcome=Outcome.DENY, ground=Ground.NONE, codes=(Code.CP_INACTIVE,), rule="1 contact point"
)
"""A letter to a telephone number: whatever the rules say, nobody can mean that."""


class NotAllowed(errors.DomainError):
    """The gate says no; ``data`` has the codes, ``decision`` the whole answer."""

    code = "contact-not-allowed"
    default_message = gettext_lazy("Dieser Kontakt ist nicht erlaubt.")

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        codes = [str(code) for code in decision.codes]
        super().__init__(
            _("Dieser Kontakt ist nicht erlaubt (%(codes)s).") % {"codes": ", ".join(codes)},
            outcome=str(decision.outcome),
            codes=codes,
        )


class NotUsable(errors.DomainError):
    """A kept decision allows no contact any more: it is too old, or was used."""

    code = "decision-not-usable"
    default_message = gettext_lazy(
        "Diese Freigabe gilt nicht mehr. Bitte fragen Sie unmittelbar vor dem Kontakt noch einmal."
    )


def may_contact(
    *,
    person: Person,
    point: ContactPoint,
    channel: str,
    purpose: str,
    at: datetime,
    known_at: datetime | None = None,
    controller: Controller | None = None,
    message: Message | None = None,
) -> Decision:
    """Whether the person may be contacted ``at``, as it was known ``known_at`` (None: now).

    Nothing is written. A channel that does not go over this kind of contact point is refused.
    """
    around, usual = surroundings.of(person=person, point=point)
    by = str(controller.public_id) if controller else usual
    question = _question(around, channel, purpose, at, by=by, known_at=known_at, message=message)
    if not reaches(channel, point):
        return WRONG_POINT
    return answer(question, around, facts.events_for(around))


def answer(question: Question, around: facts.Circumstances, events: Sequence[Told]) -> Decision:
    """What the rules say, and whether somebody cleared what they want reviewed."""
    known = [
        each
        for each in events
        if question.known_at is None or each.recorded_at <= question.known_at
    ]
    decision = decide(question, facts.facts_from(around, known), POLICY)
    if decision.outcome is Outcome.REVIEW:
        return _cleared(decision, question, known)
    return decision


@transaction.atomic
def permit(
    *,
    actor: User | None,
    person: Person,
    point: ContactPoint,
    channel: str,
    purpose: str,
    at: datetime,
    controller: Controller | None = None,
    message: Message | None = None,
) -> ContactDecision:
    """Ask for a contact that is about to be made, and keep the answer if it allows it.

    :raises NotAllowed: it does not; nothing is kept
    """
    subject, reference = references.subject_of(person), references.point_of(point)
    around, usual = surroundings.of(person=person, point=point)
    by = str(controller.public_id) if controller else usual
    question = _question(around, channel, purpose, at, by=by, message=message)
    size = recording.size()
    decision = (
        answer(question, around, facts.events_for(around))
        if reaches(channel, point)
        else WRONG_POINT
    )
    if not decision:
        raise NotAllowed(decision)
    return ContactDecision.objects.create(
        subject=subject,
        point=reference,
        size=size,
        decided_at=at,
        expires_at=at + VALID_FOR,
        decided_by=actor,
        **kept(question, around, decision),
    )


def kept(question: Question, around: facts.Circumstances, decision: Decision) -> dict[str, Any]:
    """The columns of a :class:`ContactDecision` that tell what was asked and answered."""
    return {
        "channel": question.channel,
        "purpose": question.purpose,
        "outcome": str(decision.outcome),
        "ground": str(decision.ground),
        "ruleset": decision.ruleset,
        "profile": decision.profile,
        "question": {
            "controller": question.controller,
            "at": question.at.isoformat(),
            "message": asdict(question.message),
        },
        "circumstances": asdict(around),
        "answer": serial.as_json(decision),
    }


def replay(kept_decision: ContactDecision) -> Decision:
    """Decide again from what was asked and known then; the answer must be the one that was kept."""
    around = facts.Circumstances(**kept_decision.circumstances)
    asked = kept_decision.question
    question = Question(
        person=around.person,
        subjects=frozenset(around.subjects),
        point=around.point,
        channel=kept_decision.channel,
        purpose=kept_decision.purpose,
        controller=asked["controller"],
        at=datetime.fromisoformat(asked["at"]),
        message=Message(**asked["message"]),
    )
    return answer(question, around, facts.events_for(around, size=kept_decision.size))


def use(
    *,
    actor: User | None,
    decision: ContactDecision,
    reference: str,
    at: datetime,
    outcome: str = "",
) -> LedgerEvent:
    """Record that the contact was made; it prolongs the proof of the consent (§ 7a UWG).

    ``reference`` is the id of the message or call, ``outcome`` a code. An attempt that reached
    nobody is a use, too.

    :raises NotUsable: the decision is older than it may be, or was used
    """
    require_usable(decision, at=at)
    return recording.append(
        use_of(decision, reference=reference, outcome=outcome, at=at), actor=actor, at=at
    )


def use_of(
    decision: ContactDecision, *, reference: str, at: datetime, outcome: str = ""
) -> recording.Draft:
    """The event of a use: about the consent or request that the decision rests on, if any."""
    decisive = decision.answer["decisive"]
    return recording.Draft(
        kind=EventKind.USED,
        effective_at=at,
        person=decision.subject,
        point=decision.point,
        controller=UUID(decision.question["controller"]),
        channels=[decision.channel],
        purposes=[decision.purpose],
        about=UUID(decisive) if decisive and _rests_on_a_consent(decision) else None,
        details={
            "decision": str(decision.public_id),
            "ground": decision.ground,
            "ruleset": decision.ruleset,
            **({"outcome": outcome} if outcome else {}),
        },
        payload={"reference": reference},
    )


def require_usable(decision: ContactDecision, *, at: datetime) -> None:
    """Pass if the decision allows a contact now.

    :raises NotUsable: refused, older than 15 minutes, or used already
    """
    is_fresh = decision.decided_at <= at < decision.expires_at
    is_used = LedgerEvent.objects.filter(
        person=decision.subject,
        kind=EventKind.USED,
        details__decision=str(decision.public_id),
    ).exists()
    if decision.outcome not in (Outcome.ALLOW, Outcome.ALLOW_IF) or not is_fresh or is_used:
        raise NotUsable()


def reaches(channel: str, point: ContactPoint) -> bool:
    """Whether the channel goes over such contact points; of an unknown one the rules tell."""
    return point.kind in facts.KINDS_OF_CHANNEL.get(channel, (point.kind,))


def _rests_on_a_consent(decision: ContactDecision) -> bool:
    return decision.ground in (Ground.CONSENT, Ground.DOI_REQUEST)


def _question(
    around: facts.Circumstances,
    channel: str,
    purpose: str,
    at: datetime,
    *,
    by: str,
    message: Message | None,
    known_at: datetime | None = None,
) -> Question:
    return Question(
        person=around.person,
        subjects=frozenset(around.subjects),
        point=around.point,
        channel=channel,
        purpose=purpose,
        controller=by,
        at=at,
        known_at=known_at,
        message=message or Message(),
    )


def _cleared(decision: Decision, question: Question, events: Sequence[Told]) -> Decision:
    """ALLOW_IF while somebody's clearance of exactly this lasts."""
    for event in reversed(events):
        if (
            event.kind == EventKind.CLEARED
            and event.channels == [question.channel]
            and event.purposes == [question.purpose]
            and (event.point is None or str(event.point) == question.point)
            and event.effective_at <= question.at < _until(event.details)
        ):
            return replace(
                decision,
                outcome=Outcome.ALLOW_IF,
                decisive=str(event.public_id),
                decisive_at=event.effective_at,
            )
    return decision


def _until(details: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(details["until"])
