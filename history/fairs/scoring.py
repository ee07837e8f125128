"""How promising a lead is, and the grade that follows, from the chips that were pressed. Pure.

The same rule runs on the device (``fair_app``), so it is exact to the last digit; both are checked
against ``tests/history/fairs/scoring_vectors.json``.

1. Of each question that asks one of the five things below, the pressed chips with ``points`` (0, ½
   or 1) are taken; chips without points, and codes that the form does not know, tell nothing.
2. The share of a part is the highest of its points, for ``COMPETITOR`` the lowest: the strongest
   rival counts. No points at all: the share is unknown (None), which is not 0.
3. The four of BANT are always parts. ``COMPETITOR`` is one only where the form has a question on it
   with a chip that has points.

   ==============  ======
   part            weight
   ==============  ======
   ``AUTHORITY``        3
   ``NEED``             2
   ``VOLUME``           2
   ``HORIZON``          2
   ``COMPETITOR``       1
   ==============  ======

4. score = 100 · Σ weight·share / Σ weight, over the parts whose share is known; None with none.
   completeness = 100 · Σ weight of the known parts / Σ weight of all parts. Both are rounded half
   up to whole numbers, in integers: ``(200·a + b) // (2·b)`` for 100·a/b.
5. months = the smallest ``value`` among the pressed chips of ``HORIZON`` that have a number as
   such; else unknown.
6. The grade is "" without a score; A with score ≥ 70, authority ≥ ½ and months ≤ 6 (what is unknown
   fulfils nothing); else B with score ≥ 40; else C.

Source of the rule: lead scores after BANT (budget, authority, need, timing) with shares 0, ½, 1 and
unknown, as :mod:`history.opportunities.scoring` has them for opportunities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from history.fairs.forms import Asks, Chip, Form
from history.opportunities.scoring import Part

WEIGHTS: Final[Mapping[str, int]] = {
    Asks.AUTHORITY: 3,
    Asks.NEED: 2,
    Asks.VOLUME: 2,
    Asks.HORIZON: 2,
    Asks.COMPETITOR: 1,
}
A_FROM, B_FROM = 70, 40
A_AUTHORITY: Final = 0.5
A_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class Proposal:
    """``score`` from 0 to 100, None if nothing is known; ``completeness`` in percent of the
    weights; ``grade`` is A, B, C or "" without a score; ``parts`` in the order of the weights."""

    score: int | None
    completeness: int
    grade: str
    parts: tuple[Part, ...]


def propose(form: Form, answers: Mapping[str, Sequence[str]]) -> Proposal:
    """The grade that the answers suggest, with what it rests on."""
    chosen = form.chosen(answers)
    parts = tuple(
        Part(asks, weight, _share(asks, chosen.get(asks, [])))
        for asks, weight in WEIGHTS.items()
        if asks != Asks.COMPETITOR or _counts_rivals(form)
    )
    known = [part for part in parts if part.share is not None]
    weight = sum(part.weight for part in known)
    completeness = _percent(Fraction(weight), sum(part.weight for part in parts))
    if not known:
        return Proposal(None, completeness, "", parts)
    reached = sum((part.weight * Fraction(part.share or 0) for part in known), Fraction())
    score = _percent(reached, weight)
    return Proposal(score, completeness, _grade(score, parts, _months(chosen)), parts)


def _share(asks: str, chips: Sequence[Chip]) -> float | None:
    points = [float(chip.points) for chip in chips if chip.points is not None]
    if not points:
        return None
    return min(points) if asks == Asks.COMPETITOR else max(points)


def _counts_rivals(form: Form) -> bool:
    return any(
        chip.points is not None
        for question in form.questions
        if question.asks == Asks.COMPETITOR
        for chip in question.chips
    )


def _months(chosen: Mapping[str, Sequence[Chip]]) -> float | None:
    chips = chosen.get(Asks.HORIZON, ())
    values = [chip.value for chip in chips if isinstance(chip.value, int | float)]
    return min(values, default=None)


def _grade(score: int, parts: Sequence[Part], months: float | None) -> str:
    authority = next(part.share for part in parts if part.code == Asks.AUTHORITY)
    is_near = months is not None and months <= A_MONTHS
    if score >= A_FROM and authority is not None and authority >= A_AUTHORITY and is_near:
        return "A"
    return "B" if score >= B_FROM else "C"


def _percent(part: Fraction, whole: int) -> int:
    """100 · part / whole, rounded half up."""
    return int((200 * part + whole) // (2 * whole))
