"""Pipelines, stages and reasons, as the team lead keeps them."""

from datetime import datetime

import pytest

from crm.accounts.models import User
from crm.kernel import errors
from history.models import CloseReason, Opportunity, Pipeline, Stage
from history.opportunities import moving, pipelines, reasons, starters


def test_an_installation_begins_with_five_stages_and_reasons(stages: list[Stage]) -> None:
    assert [(stage.name, stage.probability) for stage in stages] == [
        ("Qualifizierung", 10), ("Bedarf geklärt", 30), ("Angebot", 60),
        ("Verhandlung", 75), ("Entscheidung", 90),
    ]  # fmt: skip
    starters.ensure()
    assert (Pipeline.objects.count(), Stage.objects.count()) == (1, 5)
    assert CloseReason.objects.count() == 10


def test_keeping_them_is_for_the_lead(sales: User, stages: list[Stage], at: datetime) -> None:
    with pytest.raises(errors.NotPermitted):
        pipelines.create(actor=sales, name="Service", at=at)
    with pytest.raises(errors.NotPermitted):
        pipelines.update_stage(actor=sales, stage=stages[0], values={"name": "x"}, at=at)
    with pytest.raises(errors.NotPermitted):
        reasons.create(actor=sales, state="LOST", label="Laune", at=at)
    assert Pipeline.objects.count() == 1


def test_a_pipeline_grows_stage_by_stage(team_lead: User, at: datetime) -> None:
    made = pipelines.create(actor=team_lead, name=" Service ", at=at)
    with pytest.raises(errors.Conflict, match="noch keine Stufen"):
        pipelines.first_stage(made)
    for name, percent in (("Anfrage", 20), ("Termin", 80)):
        values = {"name": name, "probability": percent}
        pipelines.add_stage(actor=team_lead, pipeline=made, values=values, at=at)
    assert [each.position for each in made.stages.all()] == [1, 2]
    assert pipelines.first_stage(made).name == "Anfrage"
    for values in ({"name": "Anfrage", "probability": 1}, {"name": "X", "probability": 120}):
        with pytest.raises(errors.Invalid):
            pipelines.add_stage(actor=team_lead, pipeline=made, values=values, at=at)
    with pytest.raises(errors.Invalid):
        pipelines.create(actor=team_lead, name="Service", at=at)
    assert made.stages.count() == 2


def test_a_stage_with_a_past_stays(
    deal: Opportunity, stages: list[Stage], team_lead: User, at: datetime
) -> None:
    moving.move(actor=team_lead, opportunity=deal, stage=stages[1], at=at)
    for stage in stages[:2]:
        with pytest.raises(errors.Conflict, match="Historie"):
            pipelines.remove_stage(actor=team_lead, stage=stage, at=at)
    pipelines.remove_stage(actor=team_lead, stage=stages[4], at=at)
    assert Stage.objects.count() == 4


def test_without_a_pipeline_in_use_nothing_begins(team_lead: User, at: datetime) -> None:
    pipeline = pipelines.default()
    pipelines.update(actor=team_lead, pipeline=pipeline, values={"is_active": False}, at=at)
    with pytest.raises(errors.Conflict, match="keine Pipeline"):
        pipelines.default()


def test_reasons_are_kept_by_end(team_lead: User, at: datetime) -> None:
    made = reasons.create(actor=team_lead, state="LOST", label=" Zu spät ", at=at)
    assert (made.label, made.position) == ("Zu spät", 7)
    for state, label in (("LOST", "Zu spät"), ("LOST", ""), ("OPEN", "x")):
        with pytest.raises(errors.Invalid):
            reasons.create(actor=team_lead, state=state, label=label, at=at)
    reasons.update(actor=team_lead, reason=made, label="Zu langsam", is_active=False, at=at)
    assert reasons.reason_for(made.pk) is None
    assert "Zu langsam" not in [each.label for each in reasons.in_use()]
