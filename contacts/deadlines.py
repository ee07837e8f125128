"""Until when data of a source may be used, seen from one day."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

NEAR_DAYS: Final = 60


class Term(StrEnum):
    """No limit, limit far away, limit within :data:`NEAR_DAYS` days, or limit passed."""

    UNLIMITED = "unlimited"
    RUNNING = "running"
    NEAR = "near"
    PASSED = "passed"


def term_of(use_until: date | None, *, on: date) -> Term:
    """The term on a day; the last day itself may still be used."""
    if use_until is None:
        return Term.UNLIMITED
    if use_until < on:
        return Term.PASSED
    return Term.NEAR if use_until <= near_until(on) else Term.RUNNING


def near_until(on: date) -> date:
    """What ends on this day or earlier is near on ``on``."""
    return on + timedelta(days=NEAR_DAYS)
