"""The board of a pipeline: a column for each stage, its sums, its cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from crm.accounts.models import User
from history.models import Activity, Opportunity, OpportunityState, Pipeline, Stage
from history.models.opportunity import OpportunityQuerySet
from history.opportunities import contacts_made, money, next_steps
from history.opportunities.narrowing import Narrowing

CARDS = 30


@dataclass(frozen=True, slots=True)
class Card:
    """One opportunity; ``days`` it stands in its stage."""

    opportunity: Opportunity
    days: int
    next_step: Activity | None
    is_overdue: bool
    decider_is_silent: bool

    @property
    def is_ageing(self) -> bool:
        """Whether it stands there longer than usual."""
        return self.days > self.opportunity.stage.usual_days


@dataclass(frozen=True, slots=True)
class Column:
    """A stage with all its opportunities counted and the first of them as cards."""

    stage: Stage
    count: int
    volume: Decimal
    weighted: Decimal
    cards: list[Card]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class Ended:
    """Won or lost this month."""

    count: int
    volume: Decimal


NOTHING = Ended(0, Decimal(0))


@dataclass(frozen=True, slots=True)
class Board:
    """``own``, ``team`` and ``forgotten`` count all open ones of the pipeline that one may see."""

    pipeline: Pipeline
    columns: list[Column]
    own: int
    team: int
    forgotten: int
    won: Ended
    lost: Ended

    @property
    def volume(self) -> Decimal:
        """Everything open."""
        return sum((column.volume for column in self.columns), Decimal(0))

    @property
    def weighted(self) -> Decimal:
        """Everything open, weighted."""
        return sum((column.weighted for column in self.columns), Decimal(0))


def read(*, user: User, pipeline: Pipeline, narrowing: Narrowing, at: datetime) -> Board:
    """The board as the user may see it: five queries, however much stands on it."""
    seen = Opportunity.objects.visible_to(user).filter(pipeline=pipeline)
    still_open = seen.filter(state=OpportunityState.OPEN)
    shown = narrowing.narrowed(still_open, user=user).order_by()
    sums = {
        stage: (count, volume, weighted)
        for stage, count, volume, weighted in shown.values_list("stage").annotate(
            deals=Count("pk"), sum=money.VOLUME, weighted=money.WEIGHTED
        )
    }
    ranked = shown.annotate(
        decider_is_silent=contacts_made.silent_decider(),
        rank=Window(RowNumber(), partition_by="stage", order_by=[F("updated_at").desc(), "-pk"]),
    ).filter(rank__lte=CARDS)
    found = ranked.select_related("company", "person", "owner", "stage").order_by("rank")
    cards = _cards(list(found), at=at)
    ended = _ended(narrowing, seen, user=user, at=at)
    return Board(
        pipeline=pipeline,
        columns=[
            Column(
                stage,
                *sums.get(stage.pk, (0, Decimal(0), Decimal(0))),
                [card for card in cards if card.opportunity.stage_id == stage.pk],
            )
            for stage in pipeline.stages.all()
        ],
        **still_open.aggregate(
            own=Count("pk", filter=Q(owner=user.pk)),
            team=Count("pk", filter=Q(team__in=user.access.team_ids)),
            forgotten=Count("pk", filter=~next_steps.has_any()),
        ),
        won=ended.get(OpportunityState.WON, NOTHING),
        lost=ended.get(OpportunityState.LOST, NOTHING),
    )


def _cards(found: Sequence[Opportunity], *, at: datetime) -> list[Card]:
    steps = next_steps.earliest(found)
    return [card(each, step=steps.get(each.pk), at=at) for each in found]


def card(opportunity: Opportunity, *, step: Activity | None, at: datetime) -> Card:
    """An opportunity with what one must know at a glance."""
    return Card(
        opportunity=opportunity,
        days=(at - opportunity.stage_since).days,
        next_step=step,
        is_overdue=step is not None and _is_overdue(step, at=at),
        decider_is_silent=getattr(opportunity, "decider_is_silent", False),
    )


def _is_overdue(step: Activity, *, at: datetime) -> bool:
    if step.has_time:
        return step.due_at < at
    return timezone.localtime(step.due_at).date() < timezone.localtime(at).date()


def _ended(
    narrowing: Narrowing, seen: OpportunityQuerySet, *, user: User, at: datetime
) -> dict[str, Ended]:
    """What was won and lost in this month, of those whom the board is about."""
    month = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    whose = Narrowing(whose=narrowing.whose, state="alle")
    closed = whose.narrowed(seen.filter(closed_at__gte=month), user=user).order_by()
    sums = closed.values_list("state").annotate(deals=Count("pk"), sum=money.VOLUME)
    return {state: Ended(count, volume) for state, count, volume in sums}
