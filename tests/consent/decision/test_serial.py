"""Questions, facts and decisions as JSON and back."""

import json

import pytest

from consent.decision import decide, serial, vectors
from consent.decision.facts import Decision, Facts, Question
from consent.decision.vectors import Vector
from tests.consent.decision import rows


@pytest.mark.parametrize("vector", rows.of("may_contact"), ids=lambda vector: vector.id)
def test_published_row_replayed(vector: Vector) -> None:
    question, facts = vectors.question_of(vector), vectors.facts_of(vector)
    kept = json.loads(
        json.dumps([serial.as_json(each) for each in (question, facts, decide(question, facts))])
    )
    again = decide(serial.from_json(Question, kept[0]), serial.from_json(Facts, kept[1]))
    assert serial.as_json(again) == kept[2]
    assert serial.from_json(Decision, kept[2]) == again


def test_the_form_is_canonical() -> None:
    given = rows.like(consents=[rows.consent("sms", "email")], known_at="2026-03-03T12:00:00+02:00")
    question, facts = vectors.question_of(given), vectors.facts_of(given)
    assert serial.as_json(question)["known_at"] == "2026-03-03T10:00:00+00:00"
    assert serial.as_json(facts)["consents"][0]["channels"] == ["email", "sms"]


def test_what_is_absent_has_its_default() -> None:
    assert serial.from_json(Facts, {}) == Facts()


def test_a_strange_name_is_refused() -> None:
    with pytest.raises(ValueError, match="Facts has no colour, shape"):
        serial.from_json(Facts, {"shape": 1, "colour": 2})


def test_an_instant_needs_its_zone() -> None:
    fact = {"at": "2026-03-03T10:00:00", "recorded_at": "2026-03-03T10:00:00+00:00"}
    with pytest.raises(ValueError, match="2026-03-03T10:00:00 has no zone"):
        serial.from_json(Facts, {"died": fact})


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="MAYBE"):
        serial.from_json(Decision, {"outcome": "MAYBE", "ground": "NONE"})
