"""How long the proof of a consent is kept."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from consent.decision.codes import Channel
from consent.models import EventKind, LedgerEvent

TELEPHONE = frozenset({Channel.PHONE, Channel.ROBOCALL})
YEARS_OF_TELEPHONE = 5  # § 7a(2) UWG
YEARS_OF_OTHERS = 3  # §§ 195, 199 BGB, from the end of the year


def keep_until(root: LedgerEvent, later: Iterable[LedgerEvent]) -> date:
    """The last day on which the proof is kept; each use of it begins the period anew.

    A withdrawal does not shorten it. The day is that of Berlin, and ends as in § 188 BGB.
    """
    uses = [event.effective_at for event in later if event.kind == EventKind.USED]
    last = timezone.localdate(max([root.effective_at, *uses]))
    if is_telephone(root):
        return years_later(last, YEARS_OF_TELEPHONE)
    ends = [event.effective_at for event in later if event.kind in _ENDS]
    last = max([last, *map(timezone.localdate, ends)])
    return date(last.year + YEARS_OF_OTHERS, 12, 31)


def is_telephone(root: LedgerEvent) -> bool:
    """Whether § 7a UWG asks for the proof: it was given for calls."""
    return bool(TELEPHONE.intersection(root.channels))


def years_later(day: date, years: int) -> date:
    """The same-numbered day, or 28 February where there is no 29th (§ 188(2), (3) BGB)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


_ENDS = (EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED)
