"""The opportunities of a person or a company, for the page of the record."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from contacts.models import Company, Person
from crm.accounts.models import User
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
    rows = _of(record, Opportunity.objects.visible_to(user))
    related = rows.select_related("stage", "company", "person", "owner").order_by(
        F("closed_at").desc(nulls_first=True), "-updated_at"
    )
    found = list(related[: MOST + 1])
    if not found:
        return Panel([], 0)
    total = len(found) if len(found) <= MOST else rows.order_by().count()
    found = found[:MOST]
    steps = next_steps.earliest(found)
    ways = {
        pipeline.pk: [stage.pk for stage in pipeline.stages.all()]
        for pipeline in Pipeline.objects.prefetch_related("stages")
    }
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


def _of(record: Person | Company, rows: OpportunityQuerySet) -> OpportunityQuerySet:
    name = "person" if isinstance(record, Person) else "company"
    stakes = Stakeholder.objects.filter(**{name: record}).values("opportunity")
    own = Opportunity.objects.filter(**{name: record}).order_by().values("pk")
    return rows.filter(pk__in=own.union(stakes))  # an OR would read every opportunity
