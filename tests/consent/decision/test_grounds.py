"""What allows a contact without a consent."""

from typing import Any

import pytest

from consent.decision.codes import Code, Duty, Ground, Outcome
from tests.consent.decision.rows import answer, consent

SOLD = {
    "sale": "paid",
    "sale_at": "2025-11-02T09:00:00Z",
    "cp": "cp1",
    "cp_from_sale": True,
    "own_similar": True,
    "notice_at_collection": True,
}
NOTED = {"documented": True, "concrete": True, "at": "2026-02-15T09:00:00Z"}
AD = {"message": {"ad_content": True}}


def test_all_four_conditions() -> None:
    for message in ({}, {"opt_out_notice": True}):
        decision = answer("email", "product_offer", customer=SOLD, message=message)
        assert (decision.outcome, decision.ground) == (
            Outcome.ALLOW_IF,
            Ground.EXISTING_CUSTOMER_7_3,
        )
        assert decision.duties == (Duty.INCLUDE_OPT_OUT_NOTICE, Duty.IDENTIFY_SENDER)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sale_at": None}, Code.SEC7_3_NO_SALE),
        ({"sale_at": "2026-03-03T10:00:01Z"}, Code.SEC7_3_NO_SALE),
        ({"sale": "none"}, Code.SEC7_3_NO_SALE),
        ({"cp": "cp2"}, Code.SEC7_3_NO_SALE),
        ({"cp_from_sale": False}, Code.SEC7_3_NO_SALE),
        ({"own_similar": False}, Code.SEC7_3_NOT_OWN_SIMILAR),
        ({"notice_at_collection": False}, Code.SEC7_3_NO_NOTICE_AT_COLLECTION),
    ],
)
def test_each_condition_is_needed(change: dict[str, Any], code: Code) -> None:
    decision = answer("email", "product_offer", customer={**SOLD, **change})
    assert (decision.outcome, decision.ground) == (Outcome.DENY, Ground.NONE)
    assert set(decision.codes) == {code, Code.CONSENT_MISSING}


@pytest.mark.parametrize("purpose", ["partner_offer", "consent_request"])
def test_not_for_the_goods_of_others(purpose: str) -> None:
    decision = answer("email", purpose, customer=SOLD)
    assert Code.SEC7_3_NOT_OWN_SIMILAR in decision.codes


def test_free_account_and_other_electronic_post_want_a_look() -> None:
    free = answer("email", "product_offer", customer={**SOLD, "sale": "free_account"})
    assert (free.outcome, free.codes[0]) == (Outcome.REVIEW, Code.SEC7_3_FREE_ACCOUNT)
    for channel in ("sms", "messenger", "social_dm"):
        decision = answer(channel, "product_offer", customer=SOLD)
        assert (decision.outcome, decision.codes[0]) == (
            Outcome.REVIEW,
            Code.SEC7_3_NOT_EMAIL,
        )


@pytest.mark.parametrize("channel", ["phone", "robocall", "fax", "video"])
def test_customer_is_not_called(channel: str) -> None:
    assert answer(channel, "product_offer", customer=SOLD).outcome is Outcome.DENY


def test_doubts_about_a_customer() -> None:
    survey = answer("email", "satisfaction_survey", customer=SOLD)
    assert survey.doubts == ("survey_as_own_similar",)
    old = answer("email", "product_offer", customer={**SOLD, "sale_at": "2024-03-03T10:00:00Z"})
    assert (old.outcome, old.doubts) == (Outcome.ALLOW_IF, ("sale_long_ago",))


def test_withdrawal_of_the_newsletter_ends_offers_to_a_customer() -> None:
    withdrawn = consent(withdrawals=[{"at": "2026-02-01T09:00:00Z"}])
    decision = answer("email", "product_offer", customer=SOLD, consents=[withdrawn])
    assert decision.codes[0] is Code.CONSENT_WITHDRAWN
    assert "withdrawal_as_objection" in decision.doubts
    narrowed = consent(withdrawals=[{"at": "2026-02-01T09:00:00Z", "purpose": "newsletter"}])
    assert answer("email", "product_offer", customer=SOLD, consents=[narrowed]).outcome is (
        Outcome.ALLOW_IF
    )


@pytest.mark.parametrize(
    ("recipient_type", "noted", "code"),
    [
        ("business", NOTED, None),
        ("business", {**NOTED, "documented": False}, Code.PRESUMED_NOT_DOCUMENTED),
        ("business", {**NOTED, "concrete": False}, Code.PRESUMED_NOT_DOCUMENTED),
        ("business", {**NOTED, "at": "2026-03-03T10:00:01Z"}, Code.PRESUMED_NOT_DOCUMENTED),
        ("business", {**NOTED, "at": "2025-09-03T10:00:00Z"}, Code.PRESUMED_NOT_DOCUMENTED),
        ("business", {**NOTED, "at": "2025-09-03T10:00:01Z"}, None),
        ("business", {"documented": True, "concrete": True}, None),
        ("business", None, Code.PRESUMED_NOT_DOCUMENTED),
        ("unknown", NOTED, Code.UNKNOWN_RECIPIENT_TYPE),
        ("association", NOTED, Code.UNKNOWN_RECIPIENT_TYPE),
        ("consumer", NOTED, Code.CONSENT_MISSING),
    ],
)
def test_presumed_interest(
    recipient_type: str, noted: dict[str, Any] | None, code: Code | None
) -> None:
    decision = answer("phone", "sales_call", recipient_type=recipient_type, presumed=noted)
    if code is None:
        assert decision.ground is Ground.PRESUMED_CONSENT_7_2_1
        assert decision.duties == (Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START)
    else:
        assert decision.outcome is Outcome.DENY
        assert set(decision.codes) == {code, Code.CONSENT_MISSING}


@pytest.mark.parametrize(
    ("status", "outcome", "has_duty"),
    [
        (None, Outcome.ALLOW_IF, False),
        ("not_needed", Outcome.ALLOW_IF, False),
        ("in_this_message", Outcome.ALLOW_IF, True),
        ("missing", Outcome.DENY, False),
        ("who_knows", Outcome.DENY, False),
    ],
)
def test_letter(status: str | None, outcome: Outcome, has_duty: bool) -> None:
    told = {"art14": {"status": status}} if status else {}
    decision = answer("post", "product_offer", cp={"source": "address_supplier"}, **told)
    assert decision.outcome is outcome
    assert (Duty.PROVIDE_ART14_NOW in decision.duties) is has_duty
    assert (Duty.INCLUDE_OBJECTION_NOTICE_21_4 in decision.duties) is bool(decision)
    assert (Code.ART14_NOT_PROVIDED in decision.codes) is not bool(decision)


@pytest.mark.parametrize(
    ("purpose", "relation", "ground"),
    [
        ("invoice", {"relation": "contract"}, Ground.CONTRACT),
        ("appointment_reminder", {"relation": "appointment"}, Ground.CONTRACT),
        ("invoice", {"relation": "request"}, Ground.NONE),
        ("invoice", {"relation": "none"}, Ground.NONE),
        ("invoice", {"relation": None}, Ground.NONE),
        ("invoice", None, Ground.NONE),
        ("callback_requested", {"relation": "request"}, Ground.REQUESTED_CONTACT),
        ("callback_requested", {"relation": "contract"}, Ground.NONE),
        ("invoice", {"relation": "contract", "until": "2026-03-03"}, Ground.CONTRACT),
        ("invoice", {"relation": "contract", "until": "2026-03-02"}, Ground.NONE),
        ("invoice", {"relation": "contract", "until": "2026-03-03T10:00:00Z"}, Ground.NONE),
        ("invoice", {"relation": "contract", "cp_given_for": True}, Ground.CONTRACT),
        ("invoice", {"relation": "contract", "cp_given_for": False}, Ground.NONE),
        ("invoice", {"relation": "contract", "cp_given_for": []}, Ground.NONE),
        ("invoice", {"relation": "contract", "cp_given_for": ["invoice"]}, Ground.CONTRACT),
        ("invoice", {"relation": "contract", "cp_given_for": "invoice"}, Ground.CONTRACT),
        ("invoice", {"relation": "contract", "cp_given_for": ["contract"]}, Ground.CONTRACT),
        ("invoice", {"relation": "contract", "cp_given_for": ["cp1"]}, Ground.CONTRACT),
        ("invoice", {"relation": "contract", "cp_given_for": ["cp2"]}, Ground.NONE),
        ("invoice", {"relation": "contract", "cp_given_for": ["contract_info"]}, Ground.NONE),
    ],
)
def test_service(purpose: str, relation: dict[str, Any] | None, ground: Ground) -> None:
    decision = answer("email", purpose, service=relation)
    assert decision.ground is ground
    expected = () if ground is not Ground.NONE else (Code.NO_SERVICE_RELATION,)
    assert decision.codes == expected


def test_service_without_advertising() -> None:
    decision = answer("email", "invoice", service={"relation": "contract"}, **AD)
    assert decision.codes == (Code.AD_CONTENT_IN_SERVICE,)
    assert decision.would_allow == ("without_advertising",)


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        ({"requested_at": "2026-03-03T10:00:00Z", "sent": 0}, ()),
        ({"requested_at": "2026-03-03T10:00:01Z"}, (Code.CONSENT_MISSING,)),
        ({"requested_at": "2026-03-03T09:59:00Z", "sent": 1}, (Code.DOI_LIMIT,)),
        (None, (Code.CONSENT_MISSING,)),
    ],
)
def test_one_neutral_mail_asks_to_confirm(
    request_: dict[str, Any] | None, codes: tuple[Code, ...]
) -> None:
    decision = answer("email", "doi_confirmation", doi_request=request_)
    assert decision.codes == codes
    if not codes:
        assert decision.ground is Ground.DOI_REQUEST
        assert decision.duties == (Duty.NO_AD_CONTENT, Duty.IDENTIFY_SENDER)
        assert decision.doubts == ("confirmation_as_advertising",)


def test_confirmation_mail_ignores_an_objection_but_not_the_list() -> None:
    request = {"requested_at": "2026-03-03T09:59:00Z"}
    objected = [{"at": "2026-01-01T09:00:00Z", "scope": "marketing_all"}]
    mail = answer("email", "doi_confirmation", doi_request=request, objections=objected)
    assert mail.ground is Ground.DOI_REQUEST
    listed = [{"at": "2026-01-01T09:00:00Z", "channel": "*"}]
    stopped = answer("email", "doi_confirmation", doi_request=request, suppression=listed)
    assert stopped.codes == (Code.SUPPRESSED,)


def test_contest_is_looked_at_unless_there_is_another_consent() -> None:
    contest = consent(coupled="contest")
    assert answer(consents=[contest]).outcome is Outcome.REVIEW
    assert answer(consents=[contest, consent()]).outcome is Outcome.ALLOW
