"""From stage to stage, to the end, and back."""

from datetime import datetime, timedelta

import pytest

from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.models import CloseReason, Opportunity, Stage, StageChange
from history.opportunities import deals, moving


def test_moving_is_a_step_and_takes_over_the_proposal(
    deal: Opportunity, stages: list[Stage], sales: User, at: datetime
) -> None:
    later = at + timedelta(days=6)
    moved = moving.move(actor=sales, opportunity=deal, stage=stages[2], at=later)
    assert (moved.stage, moved.stage_since, moved.probability) == (stages[2], later, 60)
    assert [step.stage.name for step in StageChange.objects.all()] == ["Qualifizierung", "Angebot"]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.changes) == (
        "opportunity.moved",
        {"stage": ["Qualifizierung", "Angebot"], "probability": [10, 60]},
    )


def test_an_own_judgement_stays(
    deal: Opportunity, stages: list[Stage], sales: User, at: datetime
) -> None:
    deals.update(actor=sales, opportunity=deal, values={"probability": 35}, at=at)
    moved = moving.move(actor=sales, opportunity=deal, stage=stages[1], at=at)
    assert moved.probability == 35


def test_moving_to_where_it_stands_is_nothing(
    deal: Opportunity, stages: list[Stage], sales: User, at: datetime
) -> None:
    moving.move(actor=sales, opportunity=deal, stage=stages[0], at=at)
    assert StageChange.objects.count() == 1
    assert Opportunity.objects.get().version == 1


def test_losing_asks_for_a_reason_of_its_kind(
    deal: Opportunity, sales: User, won: CloseReason, at: datetime
) -> None:
    for reason in (None, won):
        with pytest.raises(errors.Invalid) as refused:
            moving.lose(actor=sales, opportunity=deal, reason=reason, at=at)
        assert list(refused.value.errors) == ["reason"]
    fresh = Opportunity.objects.get()
    assert (fresh.state, fresh.version, StageChange.objects.count()) == ("OPEN", 1, 1)


def test_what_is_closed_neither_moves_nor_closes_again(
    deal: Opportunity,
    stages: list[Stage],
    sales: User,
    won: CloseReason,
    lost: CloseReason,
    at: datetime,
) -> None:
    closed = moving.win(actor=sales, opportunity=deal, reason=won, note=" Notlicht ", at=at)
    assert (closed.state, closed.close_reason, closed.close_note) == ("WON", won, "Notlicht")
    assert closed.closed_at == at
    with pytest.raises(errors.Conflict, match="ist gewonnen"):
        moving.move(actor=sales, opportunity=deal, stage=stages[1], at=at)
    with pytest.raises(errors.Conflict, match="ist schon gewonnen"):
        moving.lose(actor=sales, opportunity=deal, reason=lost, at=at)
    assert [step.state for step in StageChange.objects.all()] == ["OPEN", "WON"]


def test_an_end_can_be_taken_back(
    deal: Opportunity, stages: list[Stage], sales: User, lost: CloseReason, at: datetime
) -> None:
    moving.lose(actor=sales, opportunity=deal, reason=lost, note="zu teuer", at=at)
    opened = moving.reopen(actor=sales, opportunity=deal, at=at + timedelta(days=1))
    assert (opened.state, opened.close_reason, opened.close_note) == ("OPEN", None, "")
    assert opened.stage == stages[0]
    assert moving.reopen(actor=sales, opportunity=deal, at=at).version == opened.version
    assert [step.state for step in StageChange.objects.all()] == ["OPEN", "LOST", "OPEN"]
