"""How good an opportunity stands, from what is known about it. Pure: facts in, parts out.

Each part answers one question with a share from 0 (against us) to 1 (for us), or with None when
nobody knows. What is unknown does not count as zero: it is left out of the mean and told as a
question to be asked. The score is the weighted mean of what is known, from 0 to 100; ``coverage``
says how much of the whole weight was known, so that a fine score from two answers is seen to be
one. With nothing known there is no score.

======================  ======  ==============================================================
part                    weight  share
======================  ======  ==============================================================
decision                     3  stance of those who decide or release the money: for 1, open ½,
                                against 0, mean of those known; unknown if none is
access                       2  share of them with whom there was a contact; unknown if none is
                                named
mood                         2  stance of all others, weighted by their influence (unknown: 2)
need                         2  1 with the need and one of regulate, avoid, reach in words; ½
                                with one of the two; unknown with neither
budget                       1  1 if it is named, else unknown
date                         1  1 if realisation lies ahead, 0 if it passed, else unknown
competition                  2  1 if all known rivals are behind or out, ½ if one is level, 0 if
                                one is ahead; unknown without a standing
pace                         1  1 within the usual days of the stage, ½ up to twice of them, else 0
next_step                    1  1 if one is planned, ½ if it is overdue, 0 without one
======================  ======  ==============================================================

>>> score([Part("need", 2, 1.0), Part("budget", 1, None), Part("pace", 1, 0.5)])
Score(value=83, coverage=75, parts=...)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

STANCES = {"FOR": 1.0, "OPEN": 0.5, "AGAINST": 0.0}
STANDINGS = {"AHEAD": 0.0, "LEVEL": 0.5, "BEHIND": 1.0, "OUT": 1.0}
DECIDING = frozenset({"DECIDER", "APPROVER"})
USUAL_INFLUENCE = 2
WEIGHTS = {
    "decision": 3,
    "access": 2,
    "mood": 2,
    "need": 2,
    "budget": 1,
    "date": 1,
    "competition": 2,
    "pace": 1,
    "next_step": 1,
}


@dataclass(frozen=True, slots=True)
class Voice:
    """A stakeholder as the score sees one."""

    roles: frozenset[str]
    stance: str
    influence: int | None
    was_contacted: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known; ``next_due`` is the day of the earliest open step."""

    voices: Sequence[Voice]
    has_need: bool
    has_wishes: bool
    has_budget: bool
    realisation_on: date | None
    standings: Sequence[str]
    days_in_stage: int
    usual_days: int
    next_due: date | None
    today: date


@dataclass(frozen=True, slots=True)
class Part:
    """One answer: ``share`` from 0 to 1, None if nobody knows."""

    code: str
    weight: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` from 0 to 100, None if nothing is known; ``coverage`` in percent of the weights."""

    value: int | None
    coverage: int
    parts: tuple[Part, ...]


def parts_of(facts: Facts) -> list[Part]:
    """The nine answers, in the order in which they are told."""
    shares = {
        "decision": _mean(STANCES.get(voice.stance) for voice in _deciding(facts)),
        "access": _mean(float(voice.was_contacted) for voice in _deciding(facts)),
        "mood": _mood(facts),
        "need": _need(facts),
        "budget": 1.0 if facts.has_budget else None,
        "date": _ahead(facts),
        "competition": _competition(facts),
        "pace": _pace(facts),
        "next_step": _next_step(facts),
    }
    return [Part(code, weight, shares[code]) for code, weight in WEIGHTS.items()]


def score(parts: Sequence[Part]) -> Score:
    """The weighted mean of the parts that are known."""
    known = [(part.weight, part.share) for part in parts if part.share is not None]
    weight, whole = sum(each for each, _share in known), sum(part.weight for part in parts)
    if not weight:
        return Score(None, 0, tuple(parts))
    value = sum(each * share for each, share in known) / weight
    return Score(round(100 * value), round(100 * weight / whole), tuple(parts))


def _deciding(facts: Facts) -> list[Voice]:
    return [voice for voice in facts.voices if voice.roles & DECIDING]


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _mood(facts: Facts) -> float | None:
    others = [voice for voice in facts.voices if not voice.roles & DECIDING]
    known = [
        (voice.influence or USUAL_INFLUENCE, STANCES[voice.stance])
        for voice in others
        if voice.stance in STANCES
    ]
    weight = sum(each for each, _stance in known)
    return sum(each * stance for each, stance in known) / weight if weight else None


def _need(facts: Facts) -> float | None:
    told = facts.has_need + facts.has_wishes
    return told / 2 if told else None


def _ahead(facts: Facts) -> float | None:
    if facts.realisation_on is None:
        return None
    return float(facts.realisation_on >= facts.today)


def _competition(facts: Facts) -> float | None:
    known = [STANDINGS[each] for each in facts.standings if each in STANDINGS]
    return min(known) if known else None


def _pace(facts: Facts) -> float:
    if facts.days_in_stage <= facts.usual_days:
        return 1.0
    return 0.5 if facts.days_in_stage <= 2 * facts.usual_days else 0.0


def _next_step(facts: Facts) -> float:
    if facts.next_due is None:
        return 0.0
    return 1.0 if facts.next_due >= facts.today else 0.5
