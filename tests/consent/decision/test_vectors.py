"""Every published row that asks whether somebody may be contacted, against the pure rules."""

import csv
from pathlib import Path

import pytest

from consent.decision import decide, vectors
from consent.decision.vectors import Vector

FILE = Path(__file__).parents[1] / "vectors" / "consent.csv"


def rows(family: str) -> list[Vector]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [vectors.parsed(row) for row in csv.DictReader(file) if row["family"] == family]


@pytest.mark.parametrize("vector", rows("may_contact"), ids=lambda vector: vector.id)
def test_answer_and_reasons(vector: Vector) -> None:
    decision = decide(vectors.question_of(vector), vectors.facts_of(vector))
    codes = {*map(str, decision.codes), *map(str, decision.duties)}
    assert (decision.outcome, decision.ground) == (vector.decision, vector.ground)
    assert vector.must_have <= codes
    assert not vector.must_not_have & codes
    assert decision.doubts or vector.debatable != "yes"
