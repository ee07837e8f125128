"""The contact line: a tick above for what came from outside, below for what went out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from history.channels import Direction

MONTHS = 24
WIDTH, BASE, LEFT, RIGHT = 720.0, 27, 4.0, 703.5
HEIGHTS = (8, 11, 15, 20)
"""How long a tick is for one, two, three and more contacts of a day."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """``above`` and ``below`` are the ticks of each direction as the data of one path; ``years``
    are the turns of years with their place; ``first`` is the month it begins with."""

    above: str
    below: str
    years: list[tuple[str, int]]
    first: date
    inbound: int
    outbound: int


def of(moments: Sequence[tuple[datetime, str]], *, today: date) -> Drawing | None:
    """The last 24 months; None if nothing happened in them."""
    first = _months_before(today)
    span = (today - first).days or 1
    counted: Counter[tuple[date, bool]] = Counter(
        (timezone.localdate(at), direction == Direction.INBOUND) for at, direction in moments
    )
    recent = {key: count for key, count in counted.items() if first <= key[0] <= today}
    if not recent:
        return None
    ticks: dict[bool, list[str]] = {True: [], False: []}
    for (day, is_inbound), count in sorted(recent.items()):
        x = LEFT + (RIGHT - LEFT) * (day - first).days / span
        ticks[is_inbound].append(_tick(x, count, is_inbound))
    years = [
        (f"{LEFT + (RIGHT - LEFT) * (date(year, 1, 1) - first).days / span:.1f}", year)
        for year in range(first.year + 1, today.year + 1)
    ]
    inbound = sum(count for (_day, is_inbound), count in recent.items() if is_inbound)
    above, below = "".join(ticks[True]), "".join(ticks[False])
    return Drawing(above, below, years, first, inbound, sum(recent.values()) - inbound)


def _tick(x: float, count: int, is_inbound: bool) -> str:
    """One day with contacts in one direction."""
    height = HEIGHTS[min(count, len(HEIGHTS)) - 1]
    return f"M{x:.1f} {BASE - 2}v{-height}" if is_inbound else f"M{x:.1f} {BASE + 2}v{height}"


def _months_before(today: date) -> date:
    return date(today.year - MONTHS // 12, today.month, 1)
