"""What is to be done today with something that a rule of the schedule covers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consent.retention.periods import Period
from consent.retention.schedule import RULES, Rule


class Fate(StrEnum):
    """What becomes of it."""

    KEEP = "KEEP"
    DELETE = "DELETE"
    DELETE_OR_EXPIRE = "DELETE_OR_EXPIRE"
    HOLD_RESTRICTED = "HOLD_RESTRICTED"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of one thing: when it began, when a consent was used and withdrawn."""

    rule: str
    began_on: date | None = None
    uses: Sequence[date] = ()
    ended_on: date | None = None
    is_to_be_erased: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """``until`` is the last day; None: there is no end yet."""

    fate: Fate
    until: date | None
    is_open: bool


_PROOFS = ("phone_consent_proof", "email_consent_proof")


def decide(
    kept: Kept, *, today: date, periods: Mapping[str, Period | None] | None = None
) -> Answer:
    """Keep, erase, or lock away. Of a consent that is still in force the proof is never erased:
    the consent has to expire first."""
    rule = RULES[kept.rule]
    period = (periods or {}).get(rule.code, rule.period)
    start = start_of(kept)
    until = period.until(start) if period and start else None
    return Answer(_fate(rule, kept, until, today), until, rule.is_open)


def start_of(kept: Kept) -> date | None:
    """The day from which the period runs; None while nothing has begun it.

    The withdrawal of a consent to calls changes nothing; that of another begins the period, which
    does not run before, unless it was used.
    """
    if kept.rule == "phone_consent_proof":
        return max(filter(None, [kept.began_on, *kept.uses]), default=None)
    if kept.rule == "email_consent_proof":
        return max(filter(None, [kept.ended_on, *kept.uses]), default=None)
    return kept.ended_on or kept.began_on


def _fate(rule: Rule, kept: Kept, until: date | None, today: date) -> Fate:
    is_over = until is not None and today > until
    is_in_force = rule.code in _PROOFS and kept.ended_on is None and not kept.is_to_be_erased
    if is_over:
        return Fate.DELETE_OR_EXPIRE if is_in_force else Fate.DELETE
    if not kept.is_to_be_erased or rule.period is None:
        return Fate.KEEP
    return Fate.HOLD_RESTRICTED if rule.holds else Fate.DELETE
