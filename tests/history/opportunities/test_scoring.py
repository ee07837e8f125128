"""The score: its parts, and that what is unknown does not count as zero."""

from datetime import date
from typing import Any

import pytest

from history.opportunities.scoring import WEIGHTS, Facts, Part, Voice, parts_of, score

TODAY = date(2026, 3, 17)
EMPTY: dict[str, Any] = {
    "voices": [],
    "has_need": False,
    "has_wishes": False,
    "has_budget": False,
    "realisation_on": None,
    "standings": [],
    "days_in_stage": 3,
    "usual_days": 14,
    "next_due": None,
    "today": TODAY,
}


def voice(*roles: str, stance: str = "", influence: int | None = None, met: bool = False) -> Voice:
    return Voice(frozenset(roles), stance, influence, met)


def share(code: str, **facts: Any) -> float | None:
    parts = parts_of(Facts(**{**EMPTY, **facts}))
    return {part.code: part.share for part in parts}[code]


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("decision", {"voices": [voice("USER", stance="FOR")]}, None),
        ("decision", {"voices": [voice("DECIDER")]}, None),
        ("decision", {"voices": [voice("DECIDER", stance="FOR"), voice("APPROVER")]}, 1.0),
        ("decision", {"voices": [voice("DECIDER", stance="AGAINST")]}, 0.0),
        ("access", {"voices": [voice("USER", met=True)]}, None),
        ("access", {"voices": [voice("DECIDER", met=True), voice("APPROVER")]}, 0.5),
        ("mood", {"voices": [voice("USER", stance="FOR", influence=3),
                             voice("BUYER", stance="AGAINST", influence=1)]}, 0.75),
        ("mood", {"voices": [voice("USER")]}, None),
        ("need", {}, None),
        ("need", {"has_need": True}, 0.5),
        ("need", {"has_need": True, "has_wishes": True}, 1.0),
        ("budget", {}, None),
        ("budget", {"has_budget": True}, 1.0),
        ("date", {}, None),
        ("date", {"realisation_on": TODAY}, 1.0),
        ("date", {"realisation_on": date(2026, 3, 16)}, 0.0),
        ("competition", {"standings": [""]}, None),
        ("competition", {"standings": ["OUT", "LEVEL", ""]}, 0.5),
        ("pace", {"days_in_stage": 14}, 1.0),
        ("pace", {"days_in_stage": 28}, 0.5),
        ("pace", {"days_in_stage": 29}, 0.0),
        ("next_step", {}, 0.0),
        ("next_step", {"next_due": TODAY}, 1.0),
        ("next_step", {"next_due": date(2026, 3, 16)}, 0.5),
    ],
)  # fmt: skip
def test_each_part_answers_one_question(
    code: str, facts: dict[str, Any], expected: float | None
) -> None:
    assert share(code, **facts) == expected


def test_unknown_is_left_out_and_told() -> None:
    found = score(parts_of(Facts(**{**EMPTY, "next_due": TODAY})))
    assert (found.value, found.coverage) == (100, 13)
    assert len(found.parts) == len(WEIGHTS) == 9
    worse = score([*found.parts, Part("decision", 3, 0.0)])
    assert (worse.value, worse.coverage) == (40, 28)


def test_with_nothing_known_there_is_no_score() -> None:
    assert score([Part("need", 2, None)]).value is None
