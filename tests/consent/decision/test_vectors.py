"""Every published row that asks whether somebody may be contacted, against the pure rules."""

import pytest

from consent.decision import decide, vectors
from consent.decision.vectors import Vector
from tests.consent.decision import rows


@pytest.mark.parametrize("vector", rows.of("may_contact"), ids=lambda vector: vector.id)
def test_answer_and_reasons(vector: Vector) -> None:
    decision = decide(vectors.question_of(vector), vectors.facts_of(vector))
    codes = {*map(str, decision.codes), *map(str, decision.duties)}
    assert (decision.outcome, decision.ground) == (vector.decision, vector.ground)
    assert vector.must_have <= codes
    assert not vector.must_not_have & codes
    assert decision.doubts or vector.debatable != "yes"
