"""How a period of retention is counted (§§ 187, 188 BGB; § 257(5) HGB, § 147(4) AO)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from consent.requests.deadlines import months_later


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Period:
    """``from_year_end``: it begins with the end of the calendar year of what starts it."""

    number: int
    unit: Unit
    from_year_end: bool = False

    def until(self, start: date) -> date:
        """The last day of the period that ``start`` begins.

        It bears the same number, or is the last one of a shorter month: 29 February becomes 28.
        """
        if self.from_year_end:
            start = date(start.year, 12, 31)
        if self.unit == Unit.DAYS:
            return start + timedelta(days=self.number)
        months = self.number * (12 if self.unit == Unit.YEARS else 1)
        return months_later(start, months)

    def kept_since(self, today: date) -> date:
        """The first day of which something that began on it is still kept ``today``."""
        if self.from_year_end:
            day = date(today.year + 1, 1, 1)
            while self.until(day - timedelta(days=1)) >= today:
                day = date(day.year - 1, 1, 1)
            return day
        day = today
        while self.until(day - timedelta(days=1)) >= today:
            day -= timedelta(days=1)
        return day

    @property
    def in_months(self) -> int:
        """The same in full months, as notices tell it; days are rounded up."""
        if self.unit == Unit.DAYS:
            return -(-self.number // 30)
        return self.number * (12 if self.unit == Unit.YEARS else 1)

    def is_shorter_than(self, other: "Period") -> bool:
        """Whether it ends earlier for some start."""
        starts = (date(2023, 1, 1), date(2023, 12, 31), date(2024, 2, 29), date(2024, 7, 15))
        return any(self.until(day) < other.until(day) for day in starts)


def days(number: int) -> Period:
    """A period in days."""
    return Period(number, Unit.DAYS)


def months(number: int) -> Period:
    """A period in months."""
    return Period(number, Unit.MONTHS)


def years(number: int, *, from_year_end: bool = False) -> Period:
    """A period in years."""
    return Period(number, Unit.YEARS, from_year_end)
