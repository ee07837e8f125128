"""What was known at an instant: nothing that was recorded later, at any depth.

Whatever order the facts come in, they are looked at with the newest first.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from consent.decision.facts import Consent, Fact, Facts, Objection, Restriction, Suppression

F = TypeVar("F", bound=Fact)
L = TypeVar("L", Objection, Suppression, Restriction)


def as_known(facts: Facts, known_at: datetime | None) -> Facts:
    """The facts as they were recorded at ``known_at`` (None: all), each kind the newest first."""
    died = facts.died
    return replace(
        facts,
        died=died if died and (known_at is None or died.recorded_at <= known_at) else None,
        consents=tuple(_consent(each, known_at) for each in _until(facts.consents, known_at)),
        objections=_lifted(facts.objections, known_at),
        suppressions=_lifted(facts.suppressions, known_at),
        restrictions=_lifted(facts.restrictions, known_at),
        sales=_until(facts.sales, known_at),
        presumed=_until(facts.presumed, known_at),
        services=_until(facts.services, known_at),
        requests=_until(facts.requests, known_at),
        informed=_until(facts.informed, known_at),
        identified=_until(facts.identified, known_at),
    )


def newest_first(facts: Iterable[F]) -> tuple[F, ...]:
    """In the one order in which facts of a kind are looked at."""
    return tuple(sorted(facts, key=_when, reverse=True))


def _until(facts: tuple[F, ...], known_at: datetime | None) -> tuple[F, ...]:
    return newest_first(each for each in facts if known_at is None or each.recorded_at <= known_at)


def _when(fact: Fact) -> tuple[datetime, datetime, str]:
    return fact.at, fact.recorded_at, fact.event


def _consent(consent: Consent, known_at: datetime | None) -> Consent:
    return replace(
        consent,
        confirmations=_until(consent.confirmations, known_at),
        uses=_until(consent.uses, known_at),
        withdrawals=_until(consent.withdrawals, known_at),
    )


def _lifted(facts: tuple[L, ...], known_at: datetime | None) -> tuple[L, ...]:
    if known_at is None:
        return _until(facts, known_at)
    return tuple(
        replace(each, lifted=None) if each.lifted and each.lifted.recorded_at > known_at else each
        for each in _until(facts, known_at)
    )
