"""Whether a call may be recorded."""

import pytest

from consent.decision import recording
from consent.decision.vectors import Vector
from tests.consent.decision import rows


@pytest.mark.parametrize("vector", rows.of("record"), ids=lambda vector: vector.id)
def test_published_row(vector: Vector) -> None:
    answer = recording.may_record(**vector.facts)
    found = {"continue_call": answer.continue_call}
    assert bool(answer) == (vector.decision == "ALLOW")
    assert {key: found[key] for key in vector.expected} == vector.expected


@pytest.mark.parametrize("customer", ["yes_before", "key_press"])
def test_both_said_yes_before(customer: str) -> None:
    assert recording.may_record(agent="agreed", customer=customer).may_record is True


@pytest.mark.parametrize(
    ("agent", "customer"),
    [("no", "key_press"), ("agreed", "no"), ("agreed", "yes_after"), ("", "yes_before")],
)
def test_anything_else_is_a_no_and_the_call_goes_on(agent: str, customer: str) -> None:
    answer = recording.may_record(agent=agent, customer=customer)
    assert answer.may_record is False
    assert answer.continue_call is True
