"""Moments of the year in which the tests take place."""

from datetime import UTC, datetime


def day(month: int, day: int, hour: int = 11, minute: int = 0) -> datetime:
    """``day(3, 10)``: 10 March 2026, noon in Berlin."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)
