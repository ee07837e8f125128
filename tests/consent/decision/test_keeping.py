"""An answer that tells much about somebody is kept with their consent to exactly that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from consent.decision import Facts, Question, attributes, decide
from consent.decision.attributes import Kind
from consent.decision.codes import Code, Duty, Ground, Outcome
from consent.decision.facts import Consent, Fact, Objection, Restriction, Withdrawal

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
QUESTION = Question(
    person="p1", point="", channel="", purpose="profile_attribute", controller="C1", at=AT,
    criterion="club", named="Lieblingsverein",
)  # fmt: skip


def given(days_ago: int = 10, **more: Any) -> Consent:
    at = AT - days_ago * DAY
    known: dict[str, Any] = {
        "at": at, "recorded_at": at, "event": f"e{days_ago}", "person": "p1", "point": "None",
        "controller": "C1", "channels": frozenset(), "purposes": frozenset({"profile_attribute"}),
        "method": "paper", "criterion": "club", "named": "Lieblingsverein",
    }  # fmt: skip
    return Consent(**known | more)


def ended(days_ago: int, **more: Any) -> tuple[Withdrawal]:
    at = AT - days_ago * DAY
    return (Withdrawal(at=at, recorded_at=at, event=f"w{days_ago}", **more),)


def test_a_consent_to_exactly_this_is_the_ground() -> None:
    decision = decide(QUESTION, Facts(consents=(given(),)))
    assert (decision.outcome, decision.ground) == (Outcome.ALLOW, Ground.CONSENT)
    assert (decision.decisive, decision.duties) == ("e10", (Duty.OFFER_WITHDRAWAL,))


def test_without_one_it_is_a_no() -> None:
    decision = decide(QUESTION, Facts())
    assert (decision.outcome, decision.codes) == (Outcome.DENY, (Code.CONSENT_MISSING,))


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        ({"criterion": "music", "named": "Musik"}, Code.CONSENT_OTHER_CRITERION),
        ({"named": "Religion"}, Code.CONSENT_OTHER_CRITERION),
        ({"person": "p2"}, Code.CONSENT_OTHER_PERSON),
        ({"controller": "C2"}, Code.CONSENT_OTHER_CONTROLLER),
        ({"purposes": frozenset({"newsletter"})}, Code.CONSENT_OTHER_PURPOSE),
        ({"has_proof": False}, Code.CONSENT_NO_PROOF),
        ({"grade": "D"}, Code.CONSENT_NO_PROOF),
        ({"method": "web_form"}, Code.DOI_PENDING),
        ({"text_missing": ("explicit",)}, Code.CONSENT_TEXT_DEFECTIVE),
        ({"valid_until": AT}, Code.CONSENT_EXPIRED),
        ({"withdrawals": ended(1)}, Code.CONSENT_WITHDRAWN),
        ({"withdrawals": ended(1, kind="invalidated")}, Code.CONSENT_TAINTED),
    ],
)
def test_what_is_wrong_with_it_makes_it_none(flaw: dict[str, Any], code: Code) -> None:
    decision = decide(QUESTION, Facts(consents=(given(**flaw),)))
    assert (decision.outcome, decision.ground) == (Outcome.DENY, Ground.NONE)
    assert {code, Code.CONSENT_MISSING} >= {*decision.codes} > {Code.CONSENT_MISSING} - {code}
    assert code in decision.codes


def test_a_mere_note_is_not_enough() -> None:
    decision = decide(QUESTION, Facts(consents=(given(grade="C"),)))
    assert (decision.outcome, decision.codes[0]) == (Outcome.REVIEW, Code.CONSENT_NO_PROOF)
    assert not decision


def test_it_does_not_lapse_by_time_alone() -> None:
    assert decide(QUESTION, Facts(consents=(given(days_ago=4000),)))


def test_a_withdrawal_ends_all_that_were_given_before_and_none_that_came_later() -> None:
    one, other = given(20, withdrawals=ended(5)), given(10)
    assert not decide(QUESTION, Facts(consents=(one, other)))
    assert decide(QUESTION, Facts(consents=(one, given(3)))).decisive == "e3"


def test_what_was_known_then_is_asked_for_then() -> None:
    late = replace(given(), recorded_at=AT + DAY)
    assert not decide(replace(QUESTION, known_at=AT), Facts(consents=(late,)))
    assert decide(QUESTION, Facts(consents=(late,)))


def test_advertising_is_something_else() -> None:
    """An objection to it ends nothing here; a consent here lets nobody write."""
    objected = Objection(at=AT - DAY, recorded_at=AT - DAY, scope="marketing_all", person="p1")
    assert decide(QUESTION, Facts(consents=(given(),), objections=(objected,)))
    against = replace(objected, scope="purpose", value="profile_attribute")
    assert not decide(QUESTION, Facts(consents=(given(),), objections=(against,)))
    advertising = replace(
        QUESTION, criterion="", named="", channel="email", purpose="newsletter", point="cp1"
    )
    refused = decide(advertising, Facts(consents=(given(),)))
    assert refused.outcome is Outcome.DENY
    assert not any("OTHER" in code for code in refused.codes)


def test_the_restrictive_side_of_merged_records_wins_until_they_are_known_to_be_one() -> None:
    both = replace(QUESTION, subjects=frozenset({"p1", "p2"}))
    withdrawn = given(20, person="p2", event="other", withdrawals=ended(15))
    facts = Facts(consents=(withdrawn, given(10)))
    assert Code.MERGE_CONFLICT in decide(both, facts).codes
    known = replace(facts, identified=(Fact(at=AT - DAY, recorded_at=AT - DAY),))
    assert decide(both, known)


def test_restricted_data_take_a_consent_given_since() -> None:
    restricted = (Restriction(at=AT - 5 * DAY, recorded_at=AT - 5 * DAY),)
    refused = decide(QUESTION, Facts(consents=(given(10),), restrictions=restricted))
    assert refused.codes == (Code.RESTRICTED_ART18,)
    assert decide(QUESTION, Facts(consents=(given(3),), restrictions=restricted))


@pytest.mark.parametrize(
    ("consent", "word"), [(given(), "given"), (given(is_explicit=True), "explicit")]
)
def test_a_special_category_takes_an_explicit_one(consent: Consent, word: str) -> None:
    facts = Facts(consents=(consent,))
    decision = decide(QUESTION, facts)
    assert attributes.consent_of(decision, facts) == word
    may_be_kept = attributes.may_store(kind=Kind.SPECIAL, consent=word)
    assert bool(may_be_kept) is (word == "explicit")
    assert attributes.consent_of(decide(QUESTION, Facts()), Facts()) is None
