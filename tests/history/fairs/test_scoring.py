"""The score of a lead: the same numbers as on the device, and what keeps a lead from an A."""

import json
from pathlib import Path
from typing import Any

import pytest

from history.fairs.forms import Asks, Chip, Form, Question
from history.fairs.scoring import WEIGHTS, propose

VECTORS = json.loads(Path(__file__).with_name("scoring_vectors.json").read_text())
FORMS = {name: Form.read(stored) for name, stored in VECTORS["forms"].items()}


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_vectors(case: dict[str, Any]) -> None:
    found = propose(FORMS[case["form"]], case["answers"])
    assert {
        "score": found.score,
        "completeness": found.completeness,
        "grade": found.grade,
        "parts": {part.code: part.share for part in found.parts},
    } == {key: case[key] for key in ("score", "completeness", "grade", "parts")}


def _asked(**points: float | None) -> Form:
    return Form(
        tuple(
            Question(asks, asks, asks.upper(), (Chip("x", "x", share, 6),))
            for asks, share in points.items()
        )
    )


def _pressed(form: Form) -> dict[str, list[str]]:
    return {question.code: ["x"] for question in form.questions}


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({"authority": 1, "need": 1, "volume": 1, "horizon": 1}, (100, 100, "A")),
        ({"authority": 0.5, "horizon": 1}, (70, 56, "A")),  # (1.5 + 2) / 5
        ({"authority": 0.5, "horizon": 0.5, "volume": 1}, (64, 78, "B")),  # 4.5 / 7
        ({"authority": 0, "need": 1, "volume": 1, "horizon": 1}, (67, 100, "B")),  # 6 / 9
        ({"authority": 0.5, "need": 0.5, "volume": 0, "horizon": 0.5}, (39, 100, "C")),  # 3.5 / 9
        ({"need": 0.5, "volume": 0.5, "authority": 0}, (29, 78, "C")),  # 2 / 7
        ({"competitor": 0.5, "authority": 0, "volume": 0, "horizon": 0}, (6, 80, "C")),
        ({"competitor": 1, "authority": 0, "volume": 0, "horizon": 0}, (13, 80, "C")),  # 12.5
    ],
)
def test_worked_by_hand(points: dict[str, float], expected: tuple[int, int, str]) -> None:
    form = _asked(**points)
    found = propose(form, _pressed(form))
    assert (found.score, found.completeness, found.grade) == expected


def test_unknown_is_not_nought() -> None:
    known, worse = _asked(need=1.0), _asked(need=1.0, authority=0.0)
    assert propose(known, _pressed(known)).score == 100
    assert propose(worse, _pressed(worse)).score == 40


def test_parts_stand_in_the_order_of_their_weights() -> None:
    assert [part.code for part in propose(_asked(competitor=1.0), {}).parts] == list(WEIGHTS)
    assert Asks.COMPETITOR not in {part.code for part in propose(_asked(competitor=None), {}).parts}
