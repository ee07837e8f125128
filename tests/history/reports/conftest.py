"""Deals, activities and contacts of two teams."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from history.models import (
    Activity,
    ActivityKind,
    ActivityState,
    Category,
    CloseReason,
    Opportunity,
    Pipeline,
    Stage,
    Touchpoint,
)
from history.reports.asking import Asked


@pytest.fixture
def ask(at):
    """``ask(user, since=…)``: the last twelve weeks up to 17 March 2026."""

    def make(user: Any, **values: Any) -> Asked:
        return Asked.of(user=user, at=at, **values)

    return make


@pytest.fixture
def stages(db):
    pipeline = Pipeline.objects.create(name="Vertrieb")
    return [
        Stage.objects.create(
            pipeline=pipeline, name=name, position=place, probability=percent, usual_days=14
        )
        for place, (name, percent) in enumerate((("Bedarf", 30), ("Angebot", 60)))
    ]


@pytest.fixture
def make_deal(stages, make_person, at):
    count = 0

    def make(stage: int = 0, *, days: int = 1, volume: Any = "1000.00", **values: Any) -> Any:
        nonlocal count
        count += 1
        when = at - timedelta(days=days)
        if values.get("state", "OPEN") != "OPEN":
            reason, _new = CloseReason.objects.get_or_create(state=values["state"], label="Preis")
            values = {"closed_at": when, "close_reason": reason, **values}
        return Opportunity.objects.create(
            number=f"V-{count}", title=f"Chance {count}", pipeline=stages[0].pipeline,
            person=make_person("Anna", f"Abel{count}"), stage=stages[stage], stage_since=when,
            volume=Decimal(volume) if volume else None, created_at=when, updated_at=when,
            **{"probability": stages[stage].probability, **values},
        )  # fmt: skip

    return make


@pytest.fixture
def make_activity(at):
    def make(assignee: Any, due_at: datetime, closed_at: Any = None, **values: Any) -> Activity:
        state = ActivityState.DONE if closed_at else ActivityState.OPEN
        return Activity.objects.create(
            kind=ActivityKind.FOLLOW_UP, subject="Nachfassen", assignee=assignee, due_at=due_at,
            closed_at=closed_at, created_at=at, updated_at=at, **{"state": state, **values},
        )  # fmt: skip

    return make


@pytest.fixture
def make_contact(at):
    def make(agent: Any, channel: str = "PHONE", *, on: Any = None, **values: Any) -> Touchpoint:
        when = on or at - timedelta(days=1)
        return Touchpoint.objects.create(
            channel=channel, direction="OUT", agent=agent, happened_at=when, recorded_at=when,
            **values,
        )  # fmt: skip

    return make


@pytest.fixture
def categories(db):
    upper = Category.objects.create(name="Reklamation")
    return upper, Category.objects.create(name="Lieferung", parent=upper)
