"""Rules that allow a contact, one function a ground."""

from consent.decision.answers import Answer
from consent.decision.codes import Channel, Code, Duty, Ground, Outcome
from consent.decision.consents import months_later
from consent.decision.facts import Consent, Facts, Policy, Question, Sale
from consent.decision.refusals import suppressions

NOT_OWN_PRODUCTS = frozenset({"partner_offer", "consent_request"})
RELATIONS = frozenset({"contract", "appointment"})
REQUEST = frozenset({"request"})
SALES = frozenset({"paid", "free_account"})


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


def service(question: Question, facts: Facts, *, is_request: bool) -> Answer:
    """5: messages that belong to a contract, an appointment or a request."""
    rule, law = "5 service", "Art. 6 Abs. 1 lit. b DSGVO"
    if question.message.has_ad_content:
        return _advertising(rule)
    wanted = REQUEST if is_request else RELATIONS
    relations = [
        each
        for each in facts.services
        if each.relation in wanted
        and each.at <= question.at
        and (each.until is None or question.at < each.until)
        and (
            each.given_for is None
            or {question.purpose, question.point, each.relation} & each.given_for
        )
    ]
    if not relations:
        return Answer(rule=rule, outcome=Outcome.DENY, codes=(Code.NO_SERVICE_RELATION,), law=law)
    duties = (Duty.NO_AD_CONTENT, *((Duty.SCOPE_LIMITED_TO_REQUEST,) if is_request else ()))
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW,
        ground=Ground.REQUESTED_CONTACT if is_request else Ground.CONTRACT,
        duties=duties,
        facts=tuple(relations),
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
    if suppressions(question, facts):
        codes.append(Code.SUPPRESSED)
    if codes:
        return Answer(rule=rule, outcome=Outcome.DENY, codes=tuple(codes), law=law)
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW,
        ground=Ground.DOI_REQUEST,
        duties=(Duty.NO_AD_CONTENT, Duty.IDENTIFY_SENDER),
        facts=tuple(each for each in open_requests if not each.sent),
        law=law,
    )


def consent_to_keep(consent: Consent) -> Answer:
    """8: a consent to exactly this answer."""
    return Answer(
        rule="8 consent to keep it",
        outcome=Outcome.ALLOW,
        ground=Ground.CONSENT,
        duties=(Duty.OFFER_WITHDRAWAL,),
        facts=(consent,),
        law="Art. 6 Abs. 1 lit. a, Art. 9 Abs. 2 lit. a DSGVO",
    )


def existing_customer(question: Question, facts: Facts, _policy: Policy) -> Answer:
    """7g: § 7(3) UWG, all four conditions; beyond e-mail and paid sales somebody has to look."""
    rule, law = "7g existing customer", "§ 7 Abs. 3 UWG"
    sales = [each for each in facts.sales if each.at <= question.at]
    best = min(sales, key=lambda each: _distance(each, question), default=None)
    if best is None:
        return Answer(rule=rule, codes=(Code.SEC7_3_NO_SALE,), law=law)
    codes = _lacking(best, question)
    if codes:
        return Answer(rule=rule, codes=tuple(codes), facts=(best,), law=law)
    unsettled = []
    if best.sale != "paid":
        unsettled.append(Code.SEC7_3_FREE_ACCOUNT)
    if question.channel != Channel.EMAIL:
        unsettled.append(Code.SEC7_3_NOT_EMAIL)
    if unsettled:
        return Answer(
            rule=rule, outcome=Outcome.REVIEW, codes=tuple(unsettled), facts=(best,), law=law
        )
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW_IF,
        ground=Ground.EXISTING_CUSTOMER_7_3,
        duties=(Duty.INCLUDE_OPT_OUT_NOTICE, Duty.IDENTIFY_SENDER),
        facts=(best,),
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
    if question.channel == Channel.VIDEO:
        return Answer(
            rule=rule,
            outcome=Outcome.REVIEW,
            codes=(Code.VIDEO_B2B_UNSETTLED,),
            facts=tuple(noted),
            law=law,
        )
    return Answer(
        rule=rule,
        outcome=Outcome.ALLOW,
        ground=Ground.PRESUMED_CONSENT_7_2_1,
        duties=(Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START),
        facts=tuple(noted),
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


def _distance(sale: Sale, question: Question) -> tuple[int, bool, list[Code]]:
    """How far a sale is from being a ground; the codes only settle a draw."""
    lacking = _lacking(sale, question)
    return len(lacking), sale.sale != "paid", lacking


def _lacking(sale: Sale, question: Question) -> list[Code]:
    codes = []
    if sale.sale not in SALES or not sale.is_from_sale or sale.point != question.point:
        codes.append(Code.SEC7_3_NO_SALE)
    if not sale.is_own_similar or question.purpose in NOT_OWN_PRODUCTS:
        codes.append(Code.SEC7_3_NOT_OWN_SIMILAR)
    if not sale.has_notice:
        codes.append(Code.SEC7_3_NO_NOTICE_AT_COLLECTION)
    if question.message.has_opt_out_notice is False:
        codes.append(Code.SEC7_3_NO_NOTICE_IN_MESSAGE)
    return codes


def _advertising(rule: str) -> Answer:
    return Answer(
        rule=rule,
        outcome=Outcome.DENY,
        codes=(Code.AD_CONTENT_IN_SERVICE,),
        law="BGH VI ZR 134/15",
    )
