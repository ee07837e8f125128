"""The figures of an event: what was captured when and by whom, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncHour

from consent import channels
from crm.accounts.models import User
from history.fairs import promises
from history.fairs.narrowing import says_yes
from history.models import (
    OPEN_LEADS,
    Event,
    LeadCapture,
    LeadGrade,
    LeadOptIn,
    LeadState,
    Opportunity,
    OptInAnswer,
)


@dataclass(frozen=True, slots=True)
class OptIns:
    """What visitors said to one channel; of a visitor who was asked twice the yes counts, else
    the no. ``not_asked`` are all other leads."""

    channel: str
    yes: int
    no: int
    not_asked: int

    @property
    def rate(self) -> float:
        """Which share of all leads said yes, from 0 to 1."""
        return self.yes / (self.yes + self.no + self.not_asked)


@dataclass(frozen=True, slots=True)
class Promises:
    """Answered in time; too late, or not yet although it was promised; not due yet."""

    kept: int
    broken: int
    ahead: int

    @property
    def rate(self) -> float | None:
        """Which share of what was due was answered in time; None while nothing was due."""
        due = self.kept + self.broken
        return self.kept / due if due else None


@dataclass(frozen=True, slots=True)
class Figures:
    """``opt_in_rate`` is the share of leads with at least one yes, None without leads; ``hours``
    are the local hours in which something was captured, in order; ``volume`` in EUR sums the
    opportunities of which it is known."""

    leads: int
    open: int
    taken_over: int
    dropped: int
    nameless: int
    overdue: int
    opt_in_rate: float | None
    hours: list[tuple[datetime, int]]
    grades: list[tuple[str, int]]
    reps: list[tuple[User, int]]
    opt_ins: list[OptIns]
    promises: Promises
    opportunities: int
    won: int
    volume: Decimal


def of(event: Event, *, at: datetime) -> Figures:
    """The figures as they are now (seven queries)."""
    rows = LeadCapture.objects.filter(event=event).order_by()
    sums = _sums(rows, at=at)
    leads = sums["leads"]
    deals = Opportunity.objects.filter(leads__event=event).distinct()
    sold = deals.order_by().aggregate(
        count=Count("pk"), won=Count("pk", filter=Q(state="WON")), volume=Sum("volume")
    )
    return Figures(
        leads=leads,
        open=sums["open"],
        taken_over=sums["taken_over"],
        dropped=sums["dropped"],
        nameless=sums["nameless"],
        overdue=sums["overdue"],
        opt_in_rate=sums["said_yes"] / leads if leads else None,
        hours=_hours(rows),
        grades=_grades(rows),
        reps=_reps(rows),
        opt_ins=_opt_ins(event, leads),
        promises=Promises(sums["kept"], sums["broken"], sums["ahead"]),
        opportunities=sold["count"],
        won=sold["won"],
        volume=sold["volume"] or Decimal(0),
    )


def _sums(rows: Any, *, at: datetime) -> dict[str, int]:
    found: dict[str, int] = _judged(rows, at=at).aggregate(**_counts(at))
    return found


def _judged(rows: Any, *, at: datetime) -> Any:
    return promises.judged(rows, at=at).annotate(says_yes=says_yes())


def _counts(at: datetime) -> dict[str, Count]:
    conditions = {
        "leads": Q(),
        "open": Q(state__in=OPEN_LEADS),
        "taken_over": Q(state=LeadState.TAKEN_OVER),
        "dropped": Q(state=LeadState.DROPPED),
        "nameless": Q(person=None, state=LeadState.NEW),
        "overdue": Q(is_overdue=True),
        "said_yes": Q(says_yes=True),
        "kept": promises.was_kept(),
        "broken": promises.was_broken(at=at),
        "ahead": promises.is_ahead(at=at),
    }
    return {name: Count("pk", filter=wanted) for name, wanted in conditions.items()}


def _hours(rows: Any) -> list[tuple[datetime, int]]:
    counted = rows.annotate(hour=TruncHour("captured_at")).values_list("hour")
    return list(counted.annotate(n=Count("pk")).order_by("hour"))


def _grades(rows: Any) -> list[tuple[str, int]]:
    """All grades in order, then those without one, if there are some."""
    counted = dict(rows.values_list("grade").annotate(n=Count("pk")).order_by("grade"))
    known: Iterable[str] = [*LeadGrade.values, *([""] if "" in counted else [])]
    return [(grade, counted.get(grade, 0)) for grade in known]


def _reps(rows: Any) -> list[tuple[User, int]]:
    """Who captured most first."""
    counted = dict(rows.values_list("captured_by").annotate(n=Count("pk")).order_by("captured_by"))
    users = User.objects.filter(pk__in=counted).order_by("last_name", "first_name", "pk")
    return sorted(((user, counted[user.pk]) for user in users), key=lambda pair: -pair[1])


def _opt_ins(event: Event, leads: int) -> list[OptIns]:
    """Each channel that was offered or answered, by its name."""
    rows = LeadOptIn.objects.filter(lead__event=event).order_by()
    said: dict[str, dict[str, set[int]]] = {}
    for channel, answer, lead in rows.values_list("channel", "answer", "lead"):
        said.setdefault(channel, {}).setdefault(answer, set()).add(lead)
    offered = {each for text in event.texts.all() for each in text.channels}
    found = []
    for channel in sorted({*said, *offered}, key=channels.label):
        answers = said.get(channel, {})
        yes = answers.get(OptInAnswer.YES, set())
        no = answers.get(OptInAnswer.NO, set()) - yes
        found.append(OptIns(channel, len(yes), len(no), leads - len(yes) - len(no)))
    return found if leads else []


@dataclass(frozen=True, slots=True)
class Overview:
    """An event in a list, with what counts most there."""

    event: Event
    leads: int
    opt_in_rate: float | None
    promises: Promises
    overdue: int


def overview(*, user: User, at: datetime) -> list[Overview]:
    """The events that the user may see, the latest first (two queries)."""
    events = list(Event.objects.visible_to(user))
    rows = LeadCapture.objects.filter(event__in=events).order_by()
    counted = _judged(rows, at=at).values("event").annotate(**_counts(at))
    sums = {each["event"]: each for each in counted} if events else {}
    none = dict.fromkeys(_counts(at), 0)
    return [_overview(event, sums.get(event.pk, none)) for event in events]


def _overview(event: Event, sums: dict[str, int]) -> Overview:
    return Overview(
        event=event,
        leads=sums["leads"],
        opt_in_rate=sums["said_yes"] / sums["leads"] if sums["leads"] else None,
        promises=Promises(sums["kept"], sums["broken"], sums["ahead"]),
        overdue=sums["overdue"],
    )
