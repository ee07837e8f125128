"""Every published row that asks whether somebody may be contacted, against the pure rules."""

import csv

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


def test_a_row_that_cannot_be_read_is_named() -> None:
    with rows.FILE.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    with pytest.raises(ValueError, match=r"^CH-001: month must be in 1..12"):
        vectors.parsed({**row, "at_time": "2026-13-01"})
    with pytest.raises(ValueError, match=r"^\?: 'vector_id'$"):
        vectors.parsed({})
