"""A slip that was changed in two places: field by field, three ways. Pure.

``base`` is what the device last knew from the server of the fields that it changed. Where the
server still has that, or nothing, the device's value is taken; where the server has the device's
value already, there is nothing to do; else somebody has to choose, and nothing at all is changed.

>>> current = {"name": "A", "need": "x", "origins": {}}
>>> merge(current=current, mine={"name": "B", "need": "y"}, base={"name": "A"})
Merged(changes={'name': 'B'}, conflicts={})
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

OPT_INS: Final = "opt_ins"
ORIGINS: Final = "origins"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the server has, what the device wants, what the device started from (None: unknown)."""

    current: Any
    mine: Any
    original: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """``changes`` may be written if there are no ``conflicts``."""

    changes: dict[str, Any]
    conflicts: dict[str, Conflict]


def merge(
    *, current: Mapping[str, Any], mine: Mapping[str, Any], base: Mapping[str, Any] | None
) -> Merged:
    """Compare; fields of ``mine`` that are not in ``base`` were not changed and are left out.

    Without ``base`` nobody knows what the device started from: where the server has something
    else, somebody has to choose. ``opt_ins`` (answers by text and channel) are compared one by
    one; ``origins`` go with the fields that change.
    """
    changes: dict[str, Any] = {}
    conflicts: dict[str, Conflict] = {}
    for name, value in mine.items():
        if name == ORIGINS or (base is not None and name not in base):
            continue
        original = base[name] if base else None
        if name == OPT_INS:
            answers, is_open = _opt_ins(current[name], value, original or {})
        else:
            answers, is_open = value, not _may_take(current[name], value, original)
        if is_open:
            conflicts[name] = Conflict(current[name], value, original)
        elif answers != current[name]:
            changes[name] = answers
    moved = {name: each for name, each in mine.get(ORIGINS, {}).items() if name in changes}
    if {**current[ORIGINS], **moved} != current[ORIGINS]:
        changes[ORIGINS] = {**current[ORIGINS], **moved}
    return Merged(changes, conflicts)


def _may_take(current: Any, mine: Any, original: Any) -> bool:
    return not current or current in (mine, original)


def _opt_ins(
    current: Mapping[str, str], mine: Mapping[str, str], original: Mapping[str, str]
) -> tuple[dict[str, str], bool]:
    """All answers, and whether somebody has to choose one."""
    wrong = [
        key
        for key, answer in mine.items()
        if not _may_take(_said(current, key), answer, _said(original, key))
    ]
    return {**current, **mine}, bool(wrong)


def _said(answers: Mapping[str, str], key: str) -> str:
    """The answer to a question; that nobody asked is none."""
    answer = answers.get(key, "")
    return "" if answer == "NOT_ASKED" else answer
