"""Where the law is unsettled, and what would allow what is refused."""

from collections.abc import Iterable, Iterator

from consent.decision.answers import Answer
from consent.decision.codes import (
    PURPOSES,
    Channel,
    Code,
    Doubt,
    Ground,
    Outcome,
    PurposeClass,
    Remedy,
)
from consent.decision.consents import differs, ends, months_later, persons
from consent.decision.facts import Facts, Question

UNSETTLED = {
    Code.CONSENT_TEXT_DEFECTIVE: Doubt.TEXT_MAY_SUFFICE,
    Code.CONSENT_TAINTED: Doubt.TAINT_IS_DISPUTED,
    Code.CONSENT_STALE: Doubt.CONSENT_DOES_NOT_LAPSE,
    Code.CONSENT_COUPLED: Doubt.CONTEST_MAY_BE_FREE,
    Code.CONSENT_MINOR: Doubt.MINOR_BY_INSIGHT,
    Code.RESTRICTED_ART18: Doubt.REACH_OF_RESTRICTION,
    Code.PRESUMED_NOT_DOCUMENTED: Doubt.PRESUMPTION_IS_CASE_BY_CASE,
    Code.VIDEO_B2B_UNSETTLED: Doubt.VIDEO_IS_UNSETTLED,
    Code.SEC7_3_NOT_EMAIL: Doubt.EXISTING_CUSTOMER_BEYOND_EMAIL,
    Code.SEC7_3_FREE_ACCOUNT: Doubt.FREE_ACCOUNT_AS_SALE,
    Code.MERGE_CONFLICT: Doubt.TWO_RECORDS_ONE_PERSON,
    Code.UNKNOWN_RECIPIENT_TYPE: Doubt.UNKNOWN_COUNTS_AS_CONSUMER,
    Code.DOI_PENDING: Doubt.DOUBLE_OPT_IN_IS_PROOF,
    Code.PERSON_DECEASED: Doubt.LETTERS_TO_HEIRS,
}
"""Codes behind which a court or an authority might see it otherwise."""

LONG_AGO = 24
"""Months after which a sale may be too old for § 7(3) UWG, which names no limit."""

REMEDIES = {
    Code.CONSENT_MISSING: Remedy.NEW_CONSENT,
    Code.CONSENT_OTHER_CHANNEL: Remedy.CONSENT_FOR_CHANNEL,
    Code.CONSENT_OTHER_PURPOSE: Remedy.CONSENT_FOR_PURPOSE,
    Code.CONSENT_OTHER_CP: Remedy.CONSENT_FOR_POINT,
    Code.CONSENT_OTHER_CRITERION: Remedy.CONSENT_FOR_CRITERION,
    Code.CONSENT_WITHDRAWN: Remedy.NEW_CONSENT,
    Code.CONSENT_EXPIRED: Remedy.NEW_CONSENT,
    Code.CONSENT_STALE: Remedy.RENEW_CONSENT,
    Code.CONSENT_NO_PROOF: Remedy.ADD_PROOF,
    Code.CONSENT_TEXT_DEFECTIVE: Remedy.NEW_TEXT,
    Code.CONSENT_PRETICKED: Remedy.NEW_CONSENT,
    Code.CONSENT_TAINTED: Remedy.NEW_CONSENT,
    Code.CONSENT_MINOR: Remedy.GUARDIAN,
    Code.DOI_PENDING: Remedy.CONFIRM_POINT,
    Code.DOI_LIMIT: Remedy.NEW_REQUEST,
    Code.PHONE_PROOF_WEAK: Remedy.CONFIRM_NUMBER,
    Code.CP_INACTIVE: Remedy.OTHER_POINT,
    Code.CP_NOT_OWNED: Remedy.OWN_POINT,
    Code.OBJECTION_ART21: Remedy.OWN_NEW_CONSENT,
    Code.SUPPRESSED: Remedy.OWN_NEW_CONSENT,
    Code.RESTRICTED_ART18: Remedy.LIFT_RESTRICTION,
    Code.MERGE_CONFLICT: Remedy.DOCUMENT_IDENTITY,
    Code.NO_SERVICE_RELATION: Remedy.SERVICE_RELATION,
    Code.AD_CONTENT_IN_SERVICE: Remedy.WITHOUT_ADVERTISING,
    Code.PRESUMED_NOT_DOCUMENTED: Remedy.DOCUMENT_INTEREST,
    Code.UNKNOWN_RECIPIENT_TYPE: Remedy.CLASSIFY_RECIPIENT,
    Code.SEC7_3_NO_NOTICE_IN_MESSAGE: Remedy.OPT_OUT_NOTICE,
    Code.ART14_NOT_PROVIDED: Remedy.ART14_NOTICE,
    Code.SEC7_3_FREE_ACCOUNT: Remedy.CLEARANCE,
    Code.SEC7_3_NOT_EMAIL: Remedy.CLEARANCE,
    Code.VIDEO_B2B_UNSETTLED: Remedy.CLEARANCE,
    Code.CONSENT_COUPLED: Remedy.CLEARANCE,
}


HOPELESS = frozenset({Code.PERSON_DECEASED, Code.UNKNOWN_CHANNEL, Code.UNKNOWN_PURPOSE})
"""Codes that nothing turns, whatever else is mended."""


def doubts_of(
    question: Question, facts: Facts, decisive: Answer, answers: Iterable[Answer]
) -> tuple[Doubt, ...]:
    """Keys of the doubts that bear on this answer, each once."""
    is_marketing = PURPOSES.get(question.purpose) is PurposeClass.MARKETING
    is_allowed = decisive.outcome in (Outcome.ALLOW, Outcome.ALLOW_IF)
    found = [*_of_ground(question, facts, decisive)]
    if not is_allowed:
        found += _of_refusal(question, facts, decisive, list(answers))
    elif is_marketing:
        found += _of_narrow_words(question, facts)
    if is_marketing and question.channel == Channel.VIDEO:
        found.append(Doubt.VIDEO_IS_UNSETTLED)
    return tuple(dict.fromkeys(found))


def would_allow(codes: Iterable[Code]) -> tuple[Remedy, ...]:
    """Keys of what would turn the answer, each once, in the order of the reasons."""
    codes = list(codes)
    if not HOPELESS.isdisjoint(codes):
        return ()
    return tuple(dict.fromkeys(REMEDIES[code] for code in codes if code in REMEDIES))


def _of_ground(question: Question, facts: Facts, decisive: Answer) -> Iterator[Doubt]:
    if decisive.ground is Ground.CONSENT:
        if decisive.several_channels:
            yield Doubt.ONE_TICK_FOR_SEVERAL_CHANNELS
        if facts.restrictions:
            yield Doubt.REACH_OF_RESTRICTION
    if decisive.ground is Ground.PRESUMED_CONSENT_7_2_1:
        yield Doubt.PRESUMPTION_IS_CASE_BY_CASE
    if decisive.ground is Ground.REQUESTED_CONTACT and question.channel == Channel.PHONE:
        yield Doubt.CALLBACK_AS_NARROW_CONSENT
    if decisive.ground is Ground.DOI_REQUEST:
        yield Doubt.CONFIRMATION_AS_ADVERTISING
    if decisive.ground is Ground.EXISTING_CUSTOMER_7_3:
        if question.purpose == "satisfaction_survey":
            yield Doubt.SURVEY_AS_OWN_SIMILAR
        if all(question.at >= months_later(each.at, LONG_AGO) for each in facts.sales):
            yield Doubt.SALE_LONG_AGO


def _of_refusal(
    question: Question, facts: Facts, decisive: Answer, answers: list[Answer]
) -> Iterator[Doubt]:
    codes = [*decisive.codes, *(code for answer in answers for code in answer.codes)]
    yield from (UNSETTLED[code] for code in codes if code in UNSETTLED)
    has_other_ground = any(
        answer.outcome in (Outcome.ALLOW, Outcome.ALLOW_IF) for answer in answers
    )
    if Code.CONSENT_WITHDRAWN in codes and has_other_ground:
        yield Doubt.WITHDRAWAL_AS_OBJECTION
    if any(differs(each, question) == [Code.CONSENT_OTHER_CP] for each in facts.consents):
        yield Doubt.CONSENT_FOLLOWS_THE_ADDRESS
    if Code.CONSENT_OTHER_PERSON in codes and len(facts.point.holders) > 1:
        yield Doubt.CONSENT_FOR_A_SHARED_NUMBER
    if Code.OBJECTION_ART21 in decisive.codes and any(
        each.scope == "cp" for each in facts.objections
    ):
        yield Doubt.OBJECTION_FOR_A_SHARED_NUMBER
    if Code.SUPPRESSED in codes and any(each.list != "internal" for each in facts.suppressions):
        yield Doubt.ROBINSON_IS_VOLUNTARY


def _of_narrow_words(question: Question, facts: Facts) -> Iterator[Doubt]:
    """Whether somebody who refused something else meant this, too."""
    if any(
        each.at <= question.at and each.scope in ("channel", "purpose") for each in facts.objections
    ):
        yield Doubt.OBJECTION_TO_ONE_CHANNEL
    if any(
        each.at <= question.at and each.scope == "cp" and each.value == question.point
        for each in facts.objections
    ):
        yield Doubt.OBJECTION_FOR_A_SHARED_NUMBER
    if any(
        end.at <= question.at and end not in ends(consent, question)
        for consent in facts.consents
        if consent.person in persons(question)
        for end in consent.withdrawals
    ):
        yield Doubt.WITHDRAWAL_FROM_ONE_CHANNEL
