"""Where the law is unsettled, and what would allow what is refused: keys that words.py spells."""

from collections.abc import Iterable, Iterator

from consent.decision.answers import Answer
from consent.decision.codes import PURPOSES, Channel, Code, Ground, Outcome, PurposeClass
from consent.decision.consents import differs, ends, months_later, persons
from consent.decision.facts import Facts, Question

UNSETTLED = {
    Code.CONSENT_TEXT_DEFECTIVE: "text_may_suffice",
    Code.CONSENT_TAINTED: "taint_is_disputed",
    Code.CONSENT_STALE: "consent_does_not_lapse",
    Code.CONSENT_COUPLED: "contest_may_be_free",
    Code.CONSENT_MINOR: "minor_by_insight",
    Code.RESTRICTED_ART18: "reach_of_restriction",
    Code.PRESUMED_NOT_DOCUMENTED: "presumption_is_case_by_case",
    Code.VIDEO_B2B_UNSETTLED: "video_is_unsettled",
    Code.SEC7_3_NOT_EMAIL: "existing_customer_beyond_email",
    Code.SEC7_3_FREE_ACCOUNT: "free_account_as_sale",
    Code.MERGE_CONFLICT: "two_records_one_person",
    Code.UNKNOWN_RECIPIENT_TYPE: "unknown_counts_as_consumer",
    Code.DOI_PENDING: "double_opt_in_is_proof",
    Code.PERSON_DECEASED: "letters_to_heirs",
}
"""Codes behind which a court or an authority might see it otherwise."""

LONG_AGO = 24
"""Months after which a sale may be too old for § 7(3) UWG, which names no limit."""

REMEDIES = {
    Code.CONSENT_MISSING: "new_consent",
    Code.CONSENT_OTHER_CHANNEL: "consent_for_channel",
    Code.CONSENT_OTHER_PURPOSE: "consent_for_purpose",
    Code.CONSENT_OTHER_CP: "consent_for_point",
    Code.CONSENT_WITHDRAWN: "new_consent",
    Code.CONSENT_EXPIRED: "new_consent",
    Code.CONSENT_STALE: "renew_consent",
    Code.CONSENT_NO_PROOF: "add_proof",
    Code.CONSENT_TEXT_DEFECTIVE: "new_text",
    Code.CONSENT_PRETICKED: "new_consent",
    Code.CONSENT_TAINTED: "new_consent",
    Code.CONSENT_MINOR: "guardian",
    Code.DOI_PENDING: "confirm_point",
    Code.DOI_LIMIT: "new_request",
    Code.PHONE_PROOF_WEAK: "confirm_number",
    Code.CP_INACTIVE: "other_point",
    Code.CP_NOT_OWNED: "own_point",
    Code.OBJECTION_ART21: "own_new_consent",
    Code.SUPPRESSED: "own_new_consent",
    Code.RESTRICTED_ART18: "lift_restriction",
    Code.MERGE_CONFLICT: "document_identity",
    Code.NO_SERVICE_RELATION: "service_relation",
    Code.AD_CONTENT_IN_SERVICE: "without_advertising",
    Code.PRESUMED_NOT_DOCUMENTED: "document_interest",
    Code.UNKNOWN_RECIPIENT_TYPE: "classify_recipient",
    Code.SEC7_3_NO_NOTICE_IN_MESSAGE: "opt_out_notice",
    Code.ART14_NOT_PROVIDED: "art14_notice",
    Code.SEC7_3_FREE_ACCOUNT: "clearance",
    Code.SEC7_3_NOT_EMAIL: "clearance",
    Code.VIDEO_B2B_UNSETTLED: "clearance",
    Code.CONSENT_COUPLED: "clearance",
}


HOPELESS = frozenset({Code.PERSON_DECEASED, Code.UNKNOWN_CHANNEL, Code.UNKNOWN_PURPOSE})
"""Codes that nothing turns, whatever else is mended."""


def doubts_of(
    question: Question, facts: Facts, decisive: Answer, answers: Iterable[Answer]
) -> tuple[str, ...]:
    """Keys of the doubts that bear on this answer, each once."""
    is_marketing = PURPOSES.get(question.purpose) is PurposeClass.MARKETING
    is_allowed = decisive.outcome in (Outcome.ALLOW, Outcome.ALLOW_IF)
    found = [*_of_ground(question, facts, decisive)]
    if not is_allowed:
        found += _of_refusal(question, facts, decisive, list(answers))
    elif is_marketing:
        found += _of_narrow_words(question, facts)
    if is_marketing and question.channel == Channel.VIDEO:
        found.append("video_is_unsettled")
    return tuple(dict.fromkeys(found))


def would_allow(codes: Iterable[Code]) -> tuple[str, ...]:
    """Keys of what would turn the answer, each once, in the order of the reasons."""
    codes = list(codes)
    if not HOPELESS.isdisjoint(codes):
        return ()
    return tuple(dict.fromkeys(REMEDIES[code] for code in codes if code in REMEDIES))


def _of_ground(question: Question, facts: Facts, decisive: Answer) -> Iterator[str]:
    if decisive.ground is Ground.CONSENT:
        if decisive.several_channels:
            yield "one_tick_for_several_channels"
        if facts.restrictions:
            yield "reach_of_restriction"
    if decisive.ground is Ground.PRESUMED_CONSENT_7_2_1:
        yield "presumption_is_case_by_case"
    if decisive.ground is Ground.REQUESTED_CONTACT and question.channel == Channel.PHONE:
        yield "callback_as_narrow_consent"
    if decisive.ground is Ground.DOI_REQUEST:
        yield "confirmation_as_advertising"
    if decisive.ground is Ground.EXISTING_CUSTOMER_7_3:
        if question.purpose == "satisfaction_survey":
            yield "survey_as_own_similar"
        if all(question.at >= months_later(each.at, LONG_AGO) for each in facts.sales):
            yield "sale_long_ago"


def _of_refusal(
    question: Question, facts: Facts, decisive: Answer, answers: list[Answer]
) -> Iterator[str]:
    codes = [*decisive.codes, *(code for answer in answers for code in answer.codes)]
    yield from (UNSETTLED[code] for code in codes if code in UNSETTLED)
    has_other_ground = any(
        answer.outcome in (Outcome.ALLOW, Outcome.ALLOW_IF) for answer in answers
    )
    if Code.CONSENT_WITHDRAWN in codes and has_other_ground:
        yield "withdrawal_as_objection"
    if any(differs(each, question) == [Code.CONSENT_OTHER_CP] for each in facts.consents):
        yield "consent_follows_the_address"
    if Code.CONSENT_OTHER_PERSON in codes and len(facts.point.holders) > 1:
        yield "consent_for_a_shared_number"
    if Code.OBJECTION_ART21 in decisive.codes and any(
        each.scope == "cp" for each in facts.objections
    ):
        yield "objection_for_a_shared_number"
    if Code.SUPPRESSED in codes and any(each.list != "internal" for each in facts.suppressions):
        yield "robinson_is_voluntary"


def _of_narrow_words(question: Question, facts: Facts) -> Iterator[str]:
    """Whether somebody who refused something else meant this, too."""
    if any(
        each.at <= question.at and each.scope in ("channel", "purpose") for each in facts.objections
    ):
        yield "objection_to_one_channel"
    if any(
        each.at <= question.at and each.scope == "cp" and each.value == question.point
        for each in facts.objections
    ):
        yield "objection_for_a_shared_number"
    if any(
        end.at <= question.at and end not in ends(consent, question)
        for consent in facts.consents
        if consent.person in persons(question)
        for end in consent.withdrawals
    ):
        yield "withdrawal_from_one_channel"
