"""Rules that refuse whatever would allow a contact: each gives an answer or stays silent (None)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from consent.decision.answers import Answer
from consent.decision.codes import PURPOSES, Channel, Code, Outcome
from consent.decision.consents import Judged, differs, ends, persons
from consent.decision.facts import (
    Consent,
    Facts,
    Objection,
    Question,
    Restriction,
    Suppression,
    Withdrawal,
)

L = TypeVar("L", Objection, Suppression, Restriction)


def point(question: Question, facts: Facts) -> Answer | None:
    """1: a contact point that works and is the person's."""
    codes = []
    if facts.point.status != "active":
        codes.append(Code.CP_INACTIVE)
    if facts.point.status == "reassigned" or not facts.point.holders & persons(question):
        codes.append(Code.CP_NOT_OWNED)
    if not codes:
        return None
    return Answer(
        rule="1 contact point",
        outcome=Outcome.DENY,
        codes=tuple(codes),
        law="Art. 5 Abs. 1 lit. d DSGVO",
    )


def death(question: Question, facts: Facts, *, is_marketing: bool) -> Answer | None:
    """3: nobody advertises to the dead."""
    if facts.died is None or facts.died.at > question.at:
        return None
    return Answer(
        rule="3 deceased",
        outcome=Outcome.DENY if is_marketing else Outcome.REVIEW,
        codes=(Code.PERSON_DECEASED,),
        facts=(facts.died,),
        law="§ 7 Abs. 1 UWG",
    )


def restriction(
    question: Question, facts: Facts, *, newest_consent: Judged | None
) -> Answer | None:
    """4: restricted data are used with a consent that was given since, and for nothing else."""
    active = _in_force(facts.restrictions, question.at)
    if not active:
        return None
    start = max(each.at for each in active)
    if newest_consent is not None and newest_consent.consent.at > start:
        return None
    return Answer(
        rule="4 restriction",
        outcome=Outcome.DENY,
        codes=(Code.RESTRICTED_ART18,),
        facts=tuple(active),
        law="Art. 18 Abs. 2 DSGVO",
    )


def objection(question: Question, facts: Facts, best: Judged | None) -> Answer | None:
    """7c: an objection beats every consent that is not younger; ties go to the objection."""
    against = [
        each for each in _objections(question, facts) if best is None or each.at >= best.consent.at
    ]
    if not against:
        return None
    return Answer(
        rule="7c objection",
        outcome=Outcome.DENY,
        codes=(Code.OBJECTION_ART21,),
        facts=tuple(against),
        law="Art. 21 Abs. 2, Abs. 3 DSGVO",
    )


def conflict(question: Question, facts: Facts, best: Judged | None) -> Answer | None:
    """7c: what one of several merged records refused beats even the younger consent of another,
    until somebody documented that both are the same person's."""
    if best is None or any(each.at <= question.at for each in facts.identified):
        return None
    others = persons(question) - {best.consent.person}
    objected = [
        each
        for each in _objections(question, facts)
        if each.person in others and each.at < best.consent.at
    ]
    withdrawn = [
        each
        for each in _withdrawn(question, facts)
        if each.person in others and not differs(each, question)
    ]
    if not objected and not withdrawn:
        return None
    codes = [Code.MERGE_CONFLICT]
    if withdrawn:
        codes.insert(0, Code.CONSENT_WITHDRAWN)
    if objected:
        codes.insert(0, Code.OBJECTION_ART21)
    return Answer(
        rule="7c merged records",
        outcome=Outcome.DENY,
        codes=tuple(codes),
        facts=(*objected, *_ends(withdrawn, question)),
        law="Art. 5 Abs. 1 lit. d, Art. 24 DSGVO",
    )


def suppression(question: Question, facts: Facts, best: Judged | None) -> Answer | None:
    """7d: the suppression list beats every consent that is not younger."""
    against = [
        each for each in suppressions(question, facts) if best is None or each.at >= best.consent.at
    ]
    if not against:
        return None
    return Answer(
        rule="7d suppression list",
        outcome=Outcome.DENY,
        codes=(Code.SUPPRESSED,),
        facts=tuple(against),
        law="Art. 21 Abs. 3, Art. 6 Abs. 1 lit. c DSGVO",
    )


def was_withdrawn(question: Question, facts: Facts) -> Answer | None:
    """After a withdrawal no other ground revives the same channel and contact point."""
    withdrawn = _withdrawn(question, facts)
    if not withdrawn:
        return None
    return Answer(
        rule="7 withdrawn before",
        outcome=Outcome.DENY,
        codes=(Code.CONSENT_WITHDRAWN,),
        facts=_ends(withdrawn, question),
        law="Art. 7 Abs. 3 DSGVO",
    )


def suppressions(question: Question, facts: Facts) -> list[Suppression]:
    """Entries of the list for this contact point and channel."""
    return [
        each
        for each in _in_force(facts.suppressions, question.at)
        if each.channel in ("*", question.channel)
    ]


def _objections(question: Question, facts: Facts) -> list[Objection]:
    return [each for each in _in_force(facts.objections, question.at) if _concerns(each, question)]


def _concerns(objection: Objection, question: Question) -> bool:
    scope, value = objection.scope, objection.value
    if question.criterion and scope in ("marketing_all", "channel", "cp"):
        return False  # it is about advertising, not about what is kept
    if scope == "cp" and value == question.point:
        return True  # a number that asked for silence, whoever holds it
    if objection.person not in persons(question):
        return False
    if scope == "cp" and value:
        return False
    if scope == "channel" and value in set(Channel):
        return value == question.channel
    if scope == "purpose" and value in PURPOSES:
        return value == question.purpose
    return True  # marketing_all, and whatever nobody can read


def _withdrawn(question: Question, facts: Facts) -> list[Consent]:
    """Consents of this person for the channel and contact point, or to keep the answer, that
    were taken back."""
    return [
        consent
        for consent in facts.consents
        if consent.person in persons(question)
        and consent.controller == question.controller
        and _is_over_the_same(consent, question)
        and _ends([consent], question)
    ]


def _is_over_the_same(consent: Consent, question: Question) -> bool:
    if question.criterion:
        return consent.criterion == question.criterion
    return consent.point == question.point and question.channel in consent.channels


def _ends(consents: Iterable[Consent], question: Question) -> tuple[Withdrawal, ...]:
    return tuple(
        end for each in consents for end in ends(each, question) if end.kind == "withdrawn"
    )


def _in_force(facts: Iterable[L], at: datetime) -> list[L]:
    return [
        each for each in facts if each.at <= at and (each.lifted is None or each.lifted.at > at)
    ]
