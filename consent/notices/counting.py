"""Figures on notices for the report of the privacy officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count

from consent.models import NoticeProvision
from consent.notices import tasks

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Figures:
    """Over a year: how often which way ended how; ``seconds`` are the mean of what was read."""

    counts: tuple[tuple[str, str, int], ...]
    seconds: float | None
    left: int
    overdue: int


def figures(*, at: datetime) -> Figures:
    """Read them (7 queries)."""
    rows = NoticeProvision.objects.filter(given_at__gt=at - YEAR).order_by()
    counted = rows.values_list("medium", "status").annotate(count=Count("pk"))
    mean = rows.filter(status="read_aloud").aggregate(mean=Avg("seconds"))["mean"]
    left = tasks.left(at=at)
    return Figures(
        tuple(sorted(counted)), float(mean) if mean is not None else None, left.count, left.overdue
    )
