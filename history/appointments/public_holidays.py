"""Public holidays, which differ from one federal state to the next."""

from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import get_language


def of(day: date, *, state: str) -> str:
    """What the holiday is called; empty on other days. Without a state, those of all states."""
    language = "en_US" if (get_language() or "de").startswith("en") else "de"
    return _of_year(day.year, state, language).get(day, "")


@lru_cache(maxsize=256)
def _of_year(year: int, state: str, language: str) -> dict[date, str]:
    return dict(
        holidays.country_holidays("DE", subdiv=state or None, years=year, language=language)
    )
