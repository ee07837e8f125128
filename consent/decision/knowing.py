"""What was known at an instant: nothing that was recorded later, at any depth."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from consent.decision.facts import Consent, Fact, Facts, Objection, Restriction, Suppression

F = TypeVar("F", bound=Fact)
L = TypeVar("L", Objection, Suppression, Restriction)


def as_known(facts: Facts, known_at: datetime | None) -> Facts:
    """The facts as they were recorded at ``known_at``; None: all."""
    if known_at is None:
        return facts
    return replace(
        facts,
        died=facts.died if facts.died and facts.died.recorded_at <= known_at else None,
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


def _until(facts: tuple[F, ...], known_at: datetime) -> tuple[F, ...]:
    return tuple(each for each in facts if each.recorded_at <= known_at)


def _consent(consent: Consent, known_at: datetime) -> Consent:
    return replace(
        consent,
        confirmations=_until(consent.confirmations, known_at),
        uses=_until(consent.uses, known_at),
        withdrawals=_until(consent.withdrawals, known_at),
    )


def _lifted(facts: tuple[L, ...], known_at: datetime) -> tuple[L, ...]:
    return tuple(
        replace(each, lifted=None) if each.lifted and each.lifted.recorded_at > known_at else each
        for each in _until(facts, known_at)
    )
