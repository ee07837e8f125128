"""One function a rule: each answers a question or stays silent (None)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from consent.decision.codes import Channel, Code, Duty, Ground, Outcome
from consent.decision.consents import Judged, ends, months_later, persons
from consent.decision.facts import (
    Facts,
    Objection,
    Policy,
    Question,
    Restriction,
    Sale,
    Suppression,
)

L = TypeVar("L", Objection, Suppression, Restriction)
NOT_OWN_PRODUCTS = frozenset({"partner_offer", "consent_request"})
STATUSES = frozenset({"active"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a rule says; one without an outcome only explains."""

    rule: str
    outcome: Outcome | None = None
    ground: Ground = Ground.NONE
    codes: tuple[Code, ...] = ()
    duties: tuple[Duty, ...] = ()
    events: tuple[str, ...] = ()
    law: str = ""
    several_channels: bool = False


def point(question: Question, facts: Facts) -> Answer | None:
    """1: a contact point that works and is the person's."""
    codes = []
    if facts.point.status not in STATUSES:
        codes.append(Code.CP_INACTIVE)
    if not facts.point.holders & persons(question):
        codes.append(Code.CP_NOT_OWNED)
    if not codes:
        return None
    return Answer(
        rule="1 contact point",
        outcome=Outcome.DENY,
        codes=tuple(codes),
        law="Art. 5 Abs. 1 lit. d DSGVO",
    )


def legal(question: Question) -> Answer:
    """2: what the law demands to be told, without advertising."""
    if question.message.has_ad_content:
        return _advertising("2 legal notice")
    return Answer(
        rule="2 legal notice",
        outcome=Outcome.ALLOW,
        ground=Ground.LEGAL_OBLIGATION,
        duties=(Duty.NO_AD_CONTENT,),
        law="Art. 6 Abs. 1 lit. c DSGVO",
    )


def death(question: Question, facts: Facts, *, is_marketing: bool) -> Answer | None:
    """3: nobody advertises to the dead."""
    if facts.died is None or facts.died.at > question.at:
        return None
    return Answer(
        rule="3 deceased",
        outcome=Outcome.DENY if is_marketing else Outcome.REVIEW,
        codes=(Code.PERSON_DECEASED,),
        events=(facts.died.event,),
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
        events=tuple(each.event for each in active),
        law="Art. 18 Abs. 2 DSGVO",
    )


def service(question: Question, facts: Facts, *, is_request: bool) -> Answer:
    """5: messages that belong to a contract, an appointment or a request."""
    rule, law = "5 service", "Art. 6 Abs. 1 lit. b DSGVO"
    if question.message.has_ad_content:
        return _advertising(rule)
    relations = [
        each
        for each in facts.services
        if each.at <= question.at
        and (each.until is None or question.at < each.until)
        and (each.given_for is None or {question.purpose, question.point} & each.given_for)
        and (each.relation == "request") == is_request
    ]
    if not relations:
        return Answer(rule=rule, outcome=Outcome.DENY, codes=(Code.NO_SERVICE_RELATION,), law=law)
    duties = (Duty.NO_AD_CONTENT, *((Duty.SCOPE_LIMITED_TO_REQUEST,) if is_request else ()))
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW,
        ground=Ground.REQUESTED_CONTACT if is_request else Ground.CONTRACT,
        duties=duties,
        events=tuple(each.event for each in relations),
        law=law,
    )


def opt_in_request(question: Question, facts: Facts) -> Answer:
    """6: one neutral mail that asks to confirm what somebody entered."""
    rule, law = "6 double opt-in", "BGH I ZR 164/09"
    if question.message.has_ad_content:
        return _advertising(rule)
    open_requests = [each for each in facts.requests if each.at <= question.at]
    codes = []
    if not open_requests:
        codes.append(Code.CONSENT_MISSING)
    elif all(each.sent for each in open_requests):
        codes.append(Code.DOI_LIMIT)
    if _suppressions(question, facts):
        codes.append(Code.SUPPRESSED)
    if codes:
        return Answer(rule=rule, outcome=Outcome.DENY, codes=tuple(codes), law=law)
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW,
        ground=Ground.DOI_REQUEST,
        duties=(Duty.NO_AD_CONTENT, Duty.IDENTIFY_SENDER),
        events=tuple(each.event for each in open_requests if not each.sent),
        law=law,
    )


def objection(question: Question, facts: Facts, best: Judged | None) -> Answer | None:
    """7c: an objection beats every consent that is not younger; ties go to the objection.

    If the objection and the consent come from records that were merged, it beats the younger
    one, too, until somebody documented that both are the same person's.
    """
    against = [
        each
        for each in _in_force(facts.objections, question.at)
        if each.at <= question.at and _concerns(each, question)
    ]
    beaten = [each for each in against if best is None or each.at >= best.consent.at]
    conflicts = [
        each
        for each in against
        if best is not None
        and each.person in persons(question) - {best.consent.person}
        and not _identified(facts, question.at)
    ]
    if not beaten and not conflicts:
        return None
    codes = (Code.OBJECTION_ART21, *((Code.MERGE_CONFLICT,) if conflicts else ()))
    return Answer(
        rule="7c objection",
        outcome=Outcome.DENY,
        codes=codes,
        events=tuple(dict.fromkeys(each.event for each in (*beaten, *conflicts))),
        law="Art. 21 Abs. 2 und 3 DSGVO",
    )


def suppression(question: Question, facts: Facts, best: Judged | None) -> Answer | None:
    """7d: the suppression list beats every consent that is not younger."""
    against = [
        each
        for each in _suppressions(question, facts)
        if best is None or each.at >= best.consent.at
    ]
    if not against:
        return None
    return Answer(
        rule="7d suppression list",
        outcome=Outcome.DENY,
        codes=(Code.SUPPRESSED,),
        events=tuple(each.event for each in against),
        law="Art. 21 Abs. 3, Art. 6 Abs. 1 lit. c DSGVO",
    )


def was_withdrawn(question: Question, facts: Facts) -> Answer | None:
    """After a withdrawal no other ground revives the same channel and contact point."""
    withdrawn = [
        consent
        for consent in facts.consents
        if consent.person in persons(question)
        and consent.point == question.point
        and question.channel in consent.channels
        and any(end.kind == "withdrawn" for end in ends(consent, question))
    ]
    if not withdrawn:
        return None
    return Answer(
        rule="7 withdrawn before",
        outcome=Outcome.DENY,
        codes=(Code.CONSENT_WITHDRAWN,),
        events=tuple(each.event for each in withdrawn),
        law="Art. 7 Abs. 3 DSGVO",
    )


def existing_customer(question: Question, facts: Facts, _policy: Policy) -> Answer:
    """7g: § 7(3) UWG, all four conditions; beyond e-mail and paid sales somebody has to look."""
    rule, law = "7g existing customer", "§ 7 Abs. 3 UWG"
    sales = [each for each in facts.sales if each.at <= question.at]
    lacking = min((_lacking(each, question) for each in sales), key=len, default=None)
    if lacking is None:
        return Answer(rule=rule, codes=(Code.SEC7_3_NO_SALE,), law=law)
    best = min(sales, key=lambda each: (len(_lacking(each, question)), each.sale != "paid"))
    codes = _lacking(best, question)
    events = (best.event,)
    if codes:
        return Answer(rule=rule, codes=tuple(codes), events=events, law=law)
    unsettled = []
    if best.sale != "paid":
        unsettled.append(Code.SEC7_3_FREE_ACCOUNT)
    if question.channel != Channel.EMAIL:
        unsettled.append(Code.SEC7_3_NOT_EMAIL)
    if unsettled:
        return Answer(
            rule=rule, outcome=Outcome.REVIEW, codes=tuple(unsettled), events=events, law=law
        )
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW_IF,
        ground=Ground.EXISTING_CUSTOMER_7_3,
        duties=(Duty.INCLUDE_OPT_OUT_NOTICE, Duty.IDENTIFY_SENDER),
        events=events,
        law=law,
    )


def presumed(question: Question, facts: Facts, policy: Policy) -> Answer:
    """7i: a business's presumed interest in a call, told before the call in concrete terms."""
    rule, law = "7i presumed interest", "§ 7 Abs. 2 Nr. 1 UWG, BGH I ZR 191/03"
    if facts.recipient_type != "business":
        codes = () if facts.recipient_type == "consumer" else (Code.UNKNOWN_RECIPIENT_TYPE,)
        return Answer(rule=rule, codes=codes, law=law)
    noted = [
        each
        for each in facts.presumed
        if each.is_documented
        and each.is_concrete
        and each.at <= question.at
        and each.recorded_at <= question.at < months_later(each.at, policy.presumed_months)
    ]
    if not noted:
        return Answer(rule=rule, codes=(Code.PRESUMED_NOT_DOCUMENTED,), law=law)
    events = tuple(each.event for each in noted)
    if question.channel == Channel.VIDEO:
        return Answer(
            rule=rule,
            outcome=Outcome.REVIEW,
            codes=(Code.VIDEO_B2B_UNSETTLED,),
            events=events,
            law=law,
        )
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW,
        ground=Ground.PRESUMED_CONSENT_7_2_1,
        duties=(Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START),
        events=events,
        law=law,
    )


def letter(question: Question, facts: Facts, _policy: Policy) -> Answer:
    """7j: letters, until somebody objects."""
    rule, law = "7j letter", "Art. 6 Abs. 1 lit. f, Art. 14, 21 Abs. 4 DSGVO"
    informed = any(each.at <= question.at for each in facts.informed)
    is_missing = facts.is_art14_due and not informed
    if is_missing and not question.message.has_art14_notice:
        return Answer(rule=rule, codes=(Code.ART14_NOT_PROVIDED,), law=law)
    now = (Duty.PROVIDE_ART14_NOW,) if is_missing else ()
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW_IF,
        ground=Ground.LEGITIMATE_INTEREST_POST,
        duties=(Duty.INCLUDE_OBJECTION_NOTICE_21_4, *now),
        law=law,
    )


def _lacking(sale: Sale, question: Question) -> list[Code]:
    codes = []
    if not sale.is_from_sale or sale.point not in (None, question.point):
        codes.append(Code.SEC7_3_NO_SALE)
    if not sale.is_own_similar or question.purpose in NOT_OWN_PRODUCTS:
        codes.append(Code.SEC7_3_NOT_OWN_SIMILAR)
    if not sale.has_notice:
        codes.append(Code.SEC7_3_NO_NOTICE_AT_COLLECTION)
    if question.message.has_opt_out_notice is False:
        codes.append(Code.SEC7_3_NO_NOTICE_IN_MESSAGE)
    return codes


def _concerns(objection: Objection, question: Question) -> bool:
    if objection.scope == "cp":  # a number that asked for silence, whoever holds it
        return objection.value == question.point
    if objection.person not in persons(question):
        return False
    if objection.scope == "channel":
        return objection.value == question.channel
    if objection.scope == "purpose":
        return objection.value == question.purpose
    return True  # marketing_all, and whatever nobody can read


def _suppressions(question: Question, facts: Facts) -> list[Suppression]:
    return [
        each
        for each in _in_force(facts.suppressions, question.at)
        if each.channel in ("*", question.channel)
    ]


def _identified(facts: Facts, at: datetime) -> bool:
    return any(each.at <= at for each in facts.identified)


def _in_force(facts: Iterable[L], at: datetime) -> list[L]:
    return [
        each for each in facts if each.at <= at and (each.lifted is None or each.lifted.at > at)
    ]


def _advertising(rule: str) -> Answer:
    return Answer(
        rule=rule,
        outcome=Outcome.DENY,
        codes=(Code.AD_CONTENT_IN_SERVICE,),
        law="BGH VI ZR 134/15",
    )
