"""Which consents count, and until when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from consent.decision import decide, vectors
from consent.decision.codes import Code, Duty, Ground, Outcome
from consent.decision.consents import age
from consent.decision.facts import Decision
from tests.consent.decision.rows import answer, consent, like

MAIL = {"kind": "email_link", "cp": "cp1", "confirmed_at": "2026-01-10T09:07:00Z"}


def reasons(decision: Decision) -> set[Code]:
    """Beyond that there is neither a consent nor a sale."""
    return {*decision.codes} - {Code.CONSENT_MISSING, Code.SEC7_3_NO_SALE}


def test_granted_this_very_instant_counts() -> None:
    assert answer(consents=[consent()], at="2026-01-10T09:00:00Z").outcome is Outcome.ALLOW
    early = answer(consents=[consent()], at="2026-01-10T08:59:59Z")
    assert reasons(early) == {Code.NOT_EFFECTIVE_YET}


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        ({"person": "p2"}, Code.CONSENT_OTHER_PERSON),
        ({"controller": "C2"}, Code.CONSENT_OTHER_CONTROLLER),
        ({"cp": "cp2"}, Code.CONSENT_OTHER_CP),
        ({"channels": ["sms"]}, Code.CONSENT_OTHER_CHANNEL),
        ({"purposes": ["product_offer"]}, Code.CONSENT_OTHER_PURPOSE),
        ({"proof": "none"}, Code.CONSENT_NO_PROOF),
        ({"method": "hearsay"}, Code.CONSENT_NO_PROOF),
        ({"text_missing": ["products"]}, Code.CONSENT_TEXT_DEFECTIVE),
        ({"preticked": True}, Code.CONSENT_PRETICKED),
        ({"coupled": "contract"}, Code.CONSENT_COUPLED),
        ({"coupled": "membership"}, Code.CONSENT_COUPLED),
        ({"tainted": True}, Code.CONSENT_TAINTED),
        ({"valid_until": "2026-03-03T10:00:00Z"}, Code.CONSENT_EXPIRED),
        ({"withdrawals": [{"at": "2026-02-01T09:00:00Z"}]}, Code.CONSENT_WITHDRAWN),
        ({"method": "web_form"}, Code.DOI_PENDING),
        ({"method": "web_form", "doi": False}, Code.DOI_PENDING),
        ({"method": "web_form", "doi": {**MAIL, "kind": "sms_code"}}, Code.DOI_PENDING),
        ({"method": "web_form", "doi": {**MAIL, "cp": "cp2"}}, Code.DOI_PENDING),
        ({"method": "web_form", "doi": {**MAIL, "kind": "shout"}}, Code.DOI_PENDING),
    ],
)
def test_flaw_makes_it_useless(flaw: dict[str, Any], code: Code) -> None:
    decision = answer(consents=[consent(**flaw)])
    assert (decision.outcome, decision.ground) == (Outcome.DENY, Ground.NONE)
    assert reasons(decision) == {code}


def test_one_sound_consent_is_enough() -> None:
    decision = answer(consents=[consent(tainted=True), consent()])
    assert (decision.outcome, decision.codes) == (Outcome.ALLOW, ())


def test_last_day_counts_to_its_end() -> None:
    until = [consent(valid_until="2026-03-03")]
    assert answer(consents=until, at="2026-03-03T23:59:59Z").outcome is Outcome.ALLOW
    assert answer(consents=until, at="2026-03-04T00:00:00Z").outcome is Outcome.DENY


@pytest.mark.parametrize(
    ("channel", "kind", "outcome"),
    [
        ("phone", "sms_code", Outcome.ALLOW),
        ("robocall", "sms_code", Outcome.ALLOW),
        ("messenger", "sms_code", Outcome.ALLOW),
        ("social_dm", "sms_code", Outcome.DENY),
        ("social_dm", "in_channel_reply", Outcome.ALLOW),
        ("sms", "in_channel_reply", Outcome.DENY),
        ("phone", "email_link", Outcome.DENY),
    ],
)
def test_each_channel_is_confirmed_over_itself(channel: str, kind: str, outcome: Outcome) -> None:
    form = consent(channel, method="web_form", doi={**MAIL, "kind": kind})
    decision = answer(channel, consents=[form])
    assert decision.outcome is outcome
    is_number = channel in ("sms", "phone")
    assert (Code.PHONE_PROOF_WEAK in decision.codes) is (outcome is Outcome.DENY and is_number)


def test_letter_needs_no_confirmation() -> None:
    decision = answer("post", consents=[consent("post", method="web_form")])
    assert (decision.outcome, decision.ground) == (Outcome.ALLOW, Ground.CONSENT)


def test_confirmation_counts_from_its_instant() -> None:
    form = consent(method="web_form", doi=MAIL)
    assert answer(consents=[form], at="2026-01-10T09:06:59Z").outcome is Outcome.DENY
    assert answer(consents=[form], at="2026-01-10T09:07:00Z").outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("granted_at", "uses", "outcome"),
    [
        ("2024-03-03T10:00:01Z", [], Outcome.ALLOW),
        ("2024-03-03T10:00:00Z", [], Outcome.REVIEW),
        ("2022-03-03T10:00:01Z", [], Outcome.REVIEW),
        ("2022-03-03T10:00:00Z", [], Outcome.DENY),
        ("2019-01-01T00:00:00Z", ["2020-01-01T00:00:00Z", "2025-09-01T00:00:00Z"], Outcome.ALLOW),
        ("2019-01-01T00:00:00Z", ["2026-09-01T00:00:00Z"], Outcome.DENY),
    ],
)
def test_unused_for_long(granted_at: str, uses: list[str], outcome: Outcome) -> None:
    decision = answer(consents=[consent(granted_at=granted_at, uses=uses)])
    assert decision.outcome is outcome
    assert (Code.CONSENT_STALE in decision.codes) is (outcome is not Outcome.ALLOW)


@pytest.mark.parametrize(
    ("born", "granted_at", "guardian", "outcome"),
    [
        ("2010-01-10", "2026-01-10T09:00:00Z", None, Outcome.ALLOW),
        ("2010-01-11", "2026-01-10T09:00:00Z", None, Outcome.DENY),
        ("2010-01-11", "2026-01-10T09:00:00Z", "claimed", Outcome.DENY),
        ("2010-01-11", "2026-01-10T09:00:00Z", "verified", Outcome.ALLOW),
        ("2008-02-29", "2024-02-29T09:00:00Z", None, Outcome.ALLOW),
        ("2008-02-29", "2024-02-28T09:00:00Z", None, Outcome.DENY),
        ("2004-02-29", "2020-02-28T09:00:00Z", None, Outcome.DENY),
    ],
)
def test_sixteen_when_it_was_given(
    born: str, granted_at: str, guardian: str | None, outcome: Outcome
) -> None:
    given = consent(granted_at=granted_at, guardian=guardian, uses=["2026-02-01T00:00:00Z"])
    decision = answer(consents=[given], person={"id": "p1", "born": born})
    assert decision.outcome is outcome
    assert (Code.CONSENT_MINOR in decision.codes) is (outcome is Outcome.DENY)


def test_born_on_a_leap_day_is_older_from_the_first_of_march() -> None:
    assert age(date(2008, 2, 29), date(2023, 2, 28)) == 14
    assert age(date(2008, 2, 29), date(2023, 3, 1)) == 15


def test_withdrawal_of_another_channel_or_purpose_leaves_it() -> None:
    for narrowed in ({"channel": "sms"}, {"purpose": "product_offer"}):
        end = {"at": "2026-02-01T09:00:00Z", **narrowed}
        decision = answer(consents=[consent("email", "sms", withdrawals=[end])])
        assert decision.outcome is Outcome.ALLOW
        assert "withdrawal_from_one_channel" in decision.doubts


def test_withdrawal_narrowed_to_just_this_ends_it() -> None:
    end = {"at": "2026-02-01T09:00:00Z", "channel": "email", "purpose": "newsletter"}
    decision = answer(consents=[consent("email", "sms", withdrawals=[end])])
    assert reasons(decision) == {Code.CONSENT_WITHDRAWN}


def test_withdrawal_ends_every_earlier_declaration_of_the_same() -> None:
    withdrawn = consent(withdrawals=[{"at": "2026-02-01T09:00:00Z"}])
    twin = consent(granted_at="2026-02-01T09:00:00Z")
    assert answer(consents=[withdrawn, twin]).outcome is Outcome.DENY
    fresh = consent(granted_at="2026-02-01T09:00:01Z")
    assert answer(consents=[withdrawn, fresh]).outcome is Outcome.ALLOW


def test_withdrawal_towards_another_company_is_not_ours() -> None:
    other = consent(controller="C2", withdrawals=[{"at": "2026-02-01T09:00:00Z"}])
    assert answer(consents=[other, consent()]).outcome is Outcome.ALLOW
    letter = answer(
        "post",
        consents=[consent("post", controller="C2", withdrawals=[{"at": "2026-02-01T09:00:00Z"}])],
    )
    assert letter.outcome is Outcome.ALLOW_IF


def test_withdrawn_as_known_then_and_now() -> None:
    end = {"at": "2026-03-01T08:00:00Z", "recorded_at": "2026-03-05T11:00:00Z"}
    kept = consent(withdrawals=[end])
    assert answer(consents=[kept], known_at="2026-03-05T10:59:59Z").outcome is Outcome.ALLOW
    assert answer(consents=[kept], known_at="2026-03-05T11:00:00Z").outcome is Outcome.DENY
    assert answer(consents=[kept]).outcome is Outcome.DENY


def test_consent_keyed_later_was_not_known_before() -> None:
    late = consent(recorded_at="2026-03-04T09:00:00Z")
    assert answer(consents=[late]).outcome is Outcome.ALLOW
    unknown = answer(consents=[late], known_at="2026-03-03T10:00:00Z")
    assert unknown.outcome is Outcome.DENY
    assert reasons(unknown) == set()


@pytest.mark.parametrize(
    ("channel", "recipient_type", "duties"),
    [
        ("email", "consumer", set()),
        ("fax", "business", set()),
        ("video", "consumer", {Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START}),
        (
            "phone",
            "unknown",
            {Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START, Duty.LOG_USE_7A},
        ),
        ("phone", "business", {Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START}),
        ("robocall", "consumer", {Duty.LOG_USE_7A}),
    ],
)
def test_duties(channel: str, recipient_type: str, duties: set[Duty]) -> None:
    decision = answer(channel, consents=[consent(channel)], recipient_type=recipient_type)
    assert set(decision.duties) == {Duty.IDENTIFY_SENDER, Duty.OFFER_WITHDRAWAL, *duties}


def test_shared_landline_takes_the_consent_of_who_is_called() -> None:
    landline = {"id": "cp1", "owner": "p1", "shared_with": ["p1", "p2"]}
    decision = answer("phone", cp=landline, person={"id": "p2"}, consents=[consent("phone")])
    assert Code.CONSENT_OTHER_PERSON in decision.codes
    assert "consent_for_a_shared_number" in decision.doubts
    assert answer("phone", cp=landline, consents=[consent("phone")]).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("grade", "how", "outcome"),
    [
        ("A", None, Outcome.ALLOW),
        ("B", None, Outcome.ALLOW),
        ("C", None, Outcome.REVIEW),
        ("D", None, Outcome.DENY),
        ("E", None, Outcome.DENY),
        ("C", "email_link", Outcome.ALLOW),
        ("D", "email_link", Outcome.ALLOW),
        ("C", "sms_code", Outcome.REVIEW),
    ],
)
def test_grade_of_the_proof(grade: str, how: str | None, outcome: Outcome) -> None:
    """A note wants a look, a flag is nothing; a confirmation over the point itself is proof."""
    doi = {**MAIL, "kind": how} if how else None
    vector = like(consents=[consent(doi=doi)])
    facts = vectors.facts_of(vector)
    weak = replace(facts, consents=(replace(facts.consents[0], grade=grade),))
    decision = decide(vectors.question_of(vector), weak)
    assert decision.outcome is outcome
    assert (Code.CONSENT_NO_PROOF in decision.codes) is (outcome is not Outcome.ALLOW)


def test_letter_needs_no_proof_of_that_kind() -> None:
    vector = like("post", consents=[consent("post")])
    facts = vectors.facts_of(vector)
    noted = replace(facts, consents=(replace(facts.consents[0], grade="D"),))
    assert decide(vectors.question_of(vector), noted).ground is Ground.CONSENT


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("expired", Code.CONSENT_EXPIRED),
        ("invalidated", Code.CONSENT_TAINTED),
        ("whatever", Code.CONSENT_WITHDRAWN),
    ],
)
def test_other_ends_of_a_consent(kind: str, code: Code) -> None:
    vector = like("fax", consents=[consent("fax", withdrawals=[{"at": "2026-02-01T09:00:00Z"}])])
    facts = vectors.facts_of(vector)
    (known,) = facts.consents
    ended = replace(known, withdrawals=(replace(known.withdrawals[0], kind=kind),))
    decision = decide(vectors.question_of(vector), replace(facts, consents=(ended,)))
    assert decision.codes == (Code.CONSENT_MISSING, code)
