"""The opportunities of a person or a company, for the page of the record."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.kernel.prepared import prepared
from history.models import Opportunity, Pipeline, Stakeholder
from history.models.opportunity import OpportunityQuerySet
from history.opportunities import board, next_steps
from history.opportunities.board import Card

MOST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """An opportunity; of ``stages`` stages of its pipeline it stands in the ``stage``-th."""

    card: Card
    stage: int
    stages: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The open ones first; ``total`` counts all, those not shown too."""

    lines: list[Line]
    total: int


def read(*, user: User, record: Person | Company, at: datetime) -> Panel:
    """What the record wants, or has a say in: five queries at most, one if there is nothing."""
    about = "person" if isinstance(record, Person) else "company"
    found = _first(user=user, about=about, number=record.pk)
    if not found:
        return Panel([], 0)
    total = len(found) if len(found) <= MOST else _of(user, about, record.pk).count()
    found = found[:MOST]
    steps = next_steps.earliest(found)
    ways = {pipeline.pk: [stage.pk for stage in pipeline.stages.all()] for pipeline in _pipelines()}
    return Panel(
        lines=[
            Line(
                card=board.card(deal, step=steps.get(deal.pk), at=at),
                stage=ways[deal.pipeline_id].index(deal.stage_id) + 1,
                stages=len(ways[deal.pipeline_id]),
            )
            for deal in found
        ],
        total=total,
    )


@prepared
def _pipelines() -> QuerySet[Pipeline]:
    return Pipeline.objects.prefetch_related("stages")


@prepared
def _first(*, user: User, about: str, number: int) -> QuerySet[Opportunity]:
    deals = _of(user, about, number).select_related("stage", "company", "person", "owner")
    deals = deals.defer("company__search", "person__search")
    return deals.order_by(F("closed_at").desc(nulls_first=True), "-updated_at")[: MOST + 1]


def _of(user: User, about: str, number: int) -> OpportunityQuerySet:
    stakes = Stakeholder.objects.filter(**{about: number}).values("opportunity")
    own = Opportunity.objects.filter(**{about: number}).order_by().values("pk")
    deals = Opportunity.objects.visible_to(user).order_by()
    return deals.filter(pk__in=own.union(stakes))  # an OR would read every opportunity
