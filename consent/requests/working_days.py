"""Working days in Germany: a period never ends on a weekend or a public holiday."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays
from django.conf import settings

SATURDAY: Final = 5
STATES: Final = tuple(holidays.Germany.subdivisions)
"""Codes of the federal states (``BE``, ``BY`` …)."""


def on_or_after(day: date, *, state: str | None = None) -> date:
    """``day`` or the next working day (Art. 3(4) of Regulation 1182/71).

    ``state`` is the federal state whose holidays count beside those of all; by default that of
    the installation.
    """
    state = settings.HOLIDAY_STATE if state is None else state
    while day.weekday() >= SATURDAY or is_holiday(day, state=state):
        day += timedelta(days=1)
    return day


def is_holiday(day: date, *, state: str = "") -> bool:
    """Whether it is a public holiday in all of Germany or in that state."""
    return day in _of(state, day.year)


@lru_cache(maxsize=64)
def _of(state: str, year: int) -> frozenset[date]:
    return frozenset(holidays.Germany(years=year, subdiv=state or None))
