"""Merged records: nothing spreads, the more restrictive side wins until the identity is proven."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from consent.decision import decide, uniting
from consent.decision.codes import Code, Outcome
from consent.decision.facts import (
    Consent,
    Decision,
    Fact,
    Facts,
    Objection,
    Point,
    Question,
    Restriction,
    Withdrawal,
)
from consent.decision.vectors import Vector, instant
from tests.consent.decision import rows


def asked(vector: Vector, *, is_merged: bool = True) -> tuple[Question, Facts]:
    """The records A and B as one person, or A alone."""
    given = vector.facts
    sides: dict[str, Mapping[str, Any]] = {each: given.get(each, {}) for each in ("A", "B")}
    point = given.get("ask_cp") or sides["A"].get("cp", "cp1")
    question = Question(
        person="A",
        point=point,
        channel=given.get("channel", "email"),
        purpose="newsletter",
        controller="C1",
        at=vector.at,
        subjects=frozenset(sides if is_merged else "A"),
    )
    known = [fact for side, told in sides.items() for fact in _told(side, told)]
    identified = [_fact(vector.at)] if given.get("resolution") else []
    return question, Facts(
        point=Point(holders=frozenset(sides)),
        recipient_type=uniting.recipient_type(
            told.get("type", "unknown") for told in sides.values()
        ),
        consents=tuple(each for each in known if isinstance(each, Consent)),
        objections=tuple(each for each in known if isinstance(each, Objection)),
        restrictions=tuple(each for each in known if isinstance(each, Restriction)),
        identified=tuple(identified),
    )


def _told(side: str, told: Mapping[str, Any]) -> list[Fact]:
    known: list[Fact] = []
    if told.get("granted"):
        at = instant(told["granted"])
        known.append(
            Consent(
                at=at,
                recorded_at=at,
                event=f"{side} granted",
                person=side,
                point=told["cp"],
                controller="C1",
                channels=frozenset({"email"}),
                purposes=frozenset({"newsletter"}),
                method="paper",
            )
        )
    for key, scope in (("objected", "cp"), ("objected_all", "marketing_all")):
        if told.get(key):
            at = instant(told[key])
            known.append(
                Objection(
                    at=at,
                    recorded_at=at,
                    event=f"{side} objected",
                    person=side,
                    scope=scope,
                    value=told["cp"] if scope == "cp" else "",
                )
            )
    if told.get("restricted_from"):
        at = instant(told["restricted_from"])
        known.append(Restriction(at=at, recorded_at=at, event=f"{side} restricted"))
    return known


def _fact(at: Any) -> Fact:
    return Fact(at=at, recorded_at=at)


def row(vector_id: str) -> Vector:
    return next(each for each in rows.of("merge") if each.id == vector_id)


def answer(vector: Vector) -> Decision:
    return decide(*asked(vector))


def test_later_consent_does_not_beat_the_objection_of_the_other_record() -> None:
    vector = row("ME-002")
    decision = answer(vector)
    assert decision.outcome == vector.decision
    assert vector.expected["task"] in decision.codes
    assert decision.would_allow == ("own_new_consent", "document_identity")


def test_proven_identity_lets_the_order_of_time_count() -> None:
    vector = row("ME-002")
    proven = replace(vector, facts={**vector.facts, "resolution": "same_person_later_consent"})
    assert answer(proven).outcome is Outcome.ALLOW


def test_later_objection_needs_nobody_to_look() -> None:
    vector = row("ME-002")
    later = {
        "A": {"cp": "x@y", "granted": "2025-05-01"},
        "B": {"cp": "x@y", "objected": "2025-06-01"},
    }
    decision = answer(replace(vector, facts=later))
    assert decision.codes == (Code.OBJECTION_ART21,)


@pytest.mark.parametrize(
    ("is_identified", "outcome"), [(False, Outcome.DENY), (True, Outcome.ALLOW)]
)
def test_withdrawal_of_the_other_record_counts_like_an_objection(
    is_identified: bool, outcome: Outcome
) -> None:
    question, facts = asked(row("ME-002"))
    (kept,) = facts.consents
    at = instant("2025-03-01")
    end = Withdrawal(at=at, recorded_at=at, event="B withdrew")
    other = replace(kept, person="B", event="B granted", at=at, withdrawals=(end,))
    facts = replace(
        facts,
        consents=(kept, other),
        objections=(),
        identified=(_fact(question.at),) if is_identified else (),
    )
    decision = decide(question, facts)
    assert decision.outcome is outcome
    if not is_identified:
        assert decision.codes[:2] == (Code.CONSENT_WITHDRAWN, Code.MERGE_CONFLICT)
        assert decision.decisive == "B withdrew"
    narrowed = replace(other, purposes=frozenset({"product_offer"}))
    unlike = replace(facts, consents=(kept, narrowed), identified=())
    assert decide(question, unlike).outcome is Outcome.ALLOW


def test_objection_to_everything_goes_with_the_person() -> None:
    vector = row("ME-002")
    told = {
        "A": {"cp": "a@x", "granted": "2025-05-01"},
        "B": {"cp": "b@x", "objected_all": "2025-06-01"},
    }
    assert answer(replace(vector, facts=told)).outcome is Outcome.DENY
    told["B"] = {"cp": "b@x", "objected": "2025-06-01"}
    assert answer(replace(vector, facts=told)).outcome is Outcome.ALLOW


def test_consent_stays_on_its_contact_point() -> None:
    vector = row("ME-004")
    decision = answer(vector)
    assert decision.outcome == vector.decision
    assert vector.expected["code"] in decision.codes


@pytest.mark.parametrize(
    ("types", "united"),
    [
        (["consumer", "business"], "consumer"),
        (["business", "unknown"], "unknown"),
        (["business", "association"], "unknown"),
        (["business", "business"], "business"),
        ([], "unknown"),
    ],
)
def test_recipient_type(types: list[str], united: str) -> None:
    assert uniting.recipient_type(types) == united


def test_published_recipient_type() -> None:
    vector = row("ME-006")
    types = [vector.facts[side]["type"] for side in ("A", "B")]
    assert uniting.recipient_type(types).upper() == vector.decision


def test_restriction_goes_with_the_person() -> None:
    vector = row("ME-007")
    decision = answer(vector)
    assert vector.decision == "RESTRICTED"
    assert Code.RESTRICTED_ART18 in decision.codes


def test_taken_apart_each_record_answers_as_before() -> None:
    vector = row("ME-002")
    question, facts = asked(vector, is_merged=False)
    alone = replace(
        facts, objections=tuple(each for each in facts.objections if each.person == "A")
    )
    assert decide(question, alone).outcome is Outcome.ALLOW
