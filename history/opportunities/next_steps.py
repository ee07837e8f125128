"""What is to be done next about opportunities."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.kernel.prepared import prepared
from history.models import Activity, ActivityState, Opportunity

SHOWN_DONE = 3
RECENT = timedelta(days=14)


def earliest(opportunities: Iterable[Opportunity]) -> dict[int, Activity]:
    """The earliest open step of each opportunity, by its number (one query)."""
    steps = _earliest(deals=tuple(each.pk for each in opportunities))
    return {step.opportunity_id or 0: step for step in steps}


@prepared
def _earliest(*, deals: tuple[int, ...]) -> QuerySet[Activity]:
    rows = Activity.objects.filter(opportunity__in=deals, state=ActivityState.OPEN)
    rows = rows.select_related("assignee").order_by("opportunity_id", "due_at", "id")
    return rows.distinct("opportunity_id")


def of_one(opportunity: Opportunity, *, at: datetime) -> list[Activity]:
    """Its open steps, the earliest first, and after them what was done lately (one query)."""
    found = _recent(deal=opportunity.pk, since=at - RECENT)
    done = [step for step in found if not step.is_open]
    return [*(step for step in found if step.is_open), *done[-SHOWN_DONE:]]


@prepared
def _recent(*, deal: int, since: datetime) -> QuerySet[Activity]:
    lately = Q(state=ActivityState.DONE, closed_at__gte=since)
    rows = Activity.objects.filter(Q(state=ActivityState.OPEN) | lately, opportunity=deal)
    return rows.select_related("assignee").order_by("due_at", "id")


def has_any() -> Exists:
    """For a query about opportunities: whether a step is open."""
    steps = Activity.objects.filter(opportunity=OuterRef("pk"), state=ActivityState.OPEN)
    return Exists(steps)
