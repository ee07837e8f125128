"""Working days in Germany: public holidays differ from one federal state to the next.

``state`` is the code of a federal state (``BE``, ``BY`` …); empty: only the holidays of all states.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays
from django.utils.translation import get_language

SATURDAY: Final = 5
STATES: Final = tuple(holidays.Germany.subdivisions)


def holiday(day: date, *, state: str = "") -> str:
    """What the public holiday is called; empty on other days."""
    language = "en_US" if (get_language() or "de").startswith("en") else "de"
    return _of(day.year, state, language).get(day, "")


def on_or_after(day: date, *, state: str = "") -> date:
    """``day`` or the next working day: no weekend, no holiday."""
    while day.weekday() >= SATURDAY or holiday(day, state=state):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=256)
def _of(year: int, state: str, language: str) -> dict[date, str]:
    return dict(holidays.Germany(years=year, subdiv=state or None, language=language))
