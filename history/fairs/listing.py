"""The leads of an event: whoever waits too long first, then by grade and promise; by keyset."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from history.fairs import promises
from history.fairs.narrowing import Narrowing
from history.models import Event, LeadCapture, LeadGrade, LeadState

SIZE = 50
MOST_COUNTED = 10_000
OVERDUE, OPEN, TAKEN_OVER, DROPPED = range(4)
_GRADES = (*LeadGrade.values, "")


@dataclass(frozen=True, slots=True)
class Page:
    """``previous`` and ``next`` are cursors, empty if there is no such page; ``is_capped`` says
    that there are more than ``total``."""

    leads: list[LeadCapture]
    previous: str
    next: str
    total: int
    is_capped: bool


def read(
    *,
    event: Event,
    narrowing: Narrowing,
    at: datetime,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page:
    """One page; each lead has ``promised_at``, ``kept_at`` and ``is_overdue`` (two queries and one
    for the answers to the opt-ins)."""
    rows = chosen(event=event, narrowing=narrowing, at=at)
    counted = rows.order_by()[: MOST_COUNTED + 1].count()
    found, has_previous, has_next = _window(rows, after=after, before=before, size=size)
    return Page(
        leads=found,
        previous=_cursor(found[0]) if found and has_previous else "",
        next=_cursor(found[-1]) if found and has_next else "",
        total=min(counted, MOST_COUNTED),
        is_capped=counted > MOST_COUNTED,
    )


def chosen(*, event: Event, narrowing: Narrowing, at: datetime) -> Any:
    """The leads that are meant, in order."""
    rows = promises.judged(LeadCapture.objects.with_all().filter(event=event), at=at)
    rows = narrowing.narrowed(rows).annotate(
        place=_place(), due=Coalesce("promised_at", "captured_at")
    )
    return rows.prefetch_related("opt_ins").order_by("place", "due", "pk")


def next_open(*, lead: LeadCapture, at: datetime) -> LeadCapture | None:
    """The open lead after this one in the list, else the first open one; None if it is the last."""
    rows = chosen(event=lead.event, narrowing=Narrowing(state="offen"), at=at)
    here = chosen(event=lead.event, narrowing=Narrowing(), at=at).filter(pk=lead.pk).first()
    if here is None:
        return None
    rows = rows.prefetch_related(None).exclude(pk=lead.pk)
    found: LeadCapture | None = (
        rows.filter(_beyond(here.place, here.due, here.pk)).first() or rows.first()
    )
    return found


def _place() -> Any:
    """Overdue, open, taken over, dropped; within each by grade, without one last."""
    by_grade = Case(
        *(When(grade=grade, then=Value(at)) for at, grade in enumerate(_GRADES)),
        output_field=IntegerField(),
    )
    by_state = Case(
        When(is_overdue=True, then=Value(OVERDUE)),
        When(state=LeadState.TAKEN_OVER, then=Value(TAKEN_OVER)),
        When(state=LeadState.DROPPED, then=Value(DROPPED)),
        default=Value(OPEN),
        output_field=IntegerField(),
    )
    return by_state * Value(len(_GRADES)) + by_grade


def _window(
    rows: Any, *, after: str, before: str, size: int
) -> tuple[list[LeadCapture], bool, bool]:
    """A page, and whether there are others before and after it."""
    if (mark := _read(before)) is not None:
        earlier = rows.filter(_ahead(*mark))
        found = list(earlier.order_by(F("place").desc(), F("due").desc(), "-pk")[: size + 1])
        return found[:size][::-1], len(found) > size, True
    mark = _read(after)
    if mark is not None:
        rows = rows.filter(_beyond(*mark))
    found = list(rows[: size + 1])
    return found[:size], mark is not None, len(found) > size


def _beyond(place: int, due: datetime, pk: int) -> Q:
    return Q(place__gt=place) | Q(place=place) & (Q(due__gt=due) | Q(due=due, pk__gt=pk))


def _ahead(place: int, due: datetime, pk: int) -> Q:
    return Q(place__lt=place) | Q(place=place) & (Q(due__lt=due) | Q(due=due, pk__lt=pk))


def _cursor(lead: Any) -> str:
    return f"{lead.place}_{lead.due.isoformat()}_{lead.pk}"


def _read(cursor: str) -> tuple[int, datetime, int] | None:
    """What a cursor says; None for none and for nonsense."""
    place, _sign, rest = cursor.partition("_")
    moment, _sign, number = rest.rpartition("_")
    if not (_is_number(place) and _is_number(number)):
        return None
    try:
        read_moment = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError:
        return None
    return (int(place), read_moment, int(number)) if read_moment.tzinfo else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
