"""Where the law is unsettled, and what would allow what is refused: keys that words.py spells."""

from collections.abc import Iterable

from consent.decision.codes import Channel, Code, Duty, Ground
from consent.decision.facts import Facts, Question
from consent.decision.grounds import Answer

UNSETTLED = {
    Code.CONSENT_TEXT_DEFECTIVE: "text_may_suffice",
    Code.CONSENT_TAINTED: "taint_is_disputed",
    Code.CONSENT_STALE: "consent_does_not_lapse",
    Code.CONSENT_COUPLED: "contest_may_be_free",
    Code.CONSENT_WITHDRAWN: "withdrawal_as_objection",
    Code.RESTRICTED_ART18: "older_consent_in_restriction",
    Code.PRESUMED_NOT_DOCUMENTED: "presumption_is_case_by_case",
    Code.VIDEO_B2B_UNSETTLED: "video_is_unsettled",
    Code.SEC7_3_NOT_EMAIL: "existing_customer_beyond_email",
    Code.SEC7_3_FREE_ACCOUNT: "free_account_as_sale",
    Code.MERGE_CONFLICT: "two_records_one_person",
    Code.CONSENT_OTHER_CP: "consent_follows_the_address",
    Code.DOI_PENDING: "double_opt_in_is_proof",
    Code.PERSON_DECEASED: "letters_to_heirs",
}
"""Codes behind which a court or an authority might see it otherwise."""

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
    Code.CONSENT_MINOR: "guardian",
    Code.DOI_PENDING: "confirm_point",
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


def doubts_of(
    question: Question, facts: Facts, decisive: Answer, refused: Iterable[Code]
) -> tuple[str, ...]:
    """Keys of the doubts that bear on this answer, each once."""
    found = [UNSETTLED[code] for code in (*decisive.codes, *refused) if code in UNSETTLED]
    if decisive.several_channels:
        found.append("one_tick_for_several_channels")
    if decisive.ground is Ground.PRESUMED_CONSENT_7_2_1:
        found.append("presumption_is_case_by_case")
    if question.channel == Channel.VIDEO:
        found.append("video_is_unsettled")
    if decisive.ground is Ground.CONSENT and facts.restrictions:
        found.append("older_consent_in_restriction")
    if decisive.ground is Ground.REQUESTED_CONTACT and question.channel == Channel.PHONE:
        found.append("callback_as_narrow_consent")
    if Code.OBJECTION_ART21 in decisive.codes and any(
        each.scope == "cp" for each in facts.objections
    ):
        found.append("objection_for_a_shared_number")
    if Duty.INCLUDE_OBJECTION_NOTICE_21_4 in decisive.duties and facts.objections:
        found.append("objection_to_one_channel")
    return tuple(dict.fromkeys(found))


def would_allow(codes: Iterable[Code]) -> tuple[str, ...]:
    """Keys of what would turn the answer, each once, in the order of the reasons."""
    return tuple(dict.fromkeys(REMEDIES[code] for code in codes if code in REMEDIES))
