"""The way of an opportunity: from stage to stage, won, lost, opened again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import CloseReason, Opportunity, OpportunityState, Stage
from history.opportunities import writing


@transaction.atomic
def move(
    *,
    actor: User,
    opportunity: Opportunity,
    stage: Stage,
    version: int | None = None,
    at: datetime,
) -> Opportunity:
    """Take it to another stage, of another pipeline too; nothing happens if it stands there.

    A probability that was the old stage's proposal becomes the new one's; an own judgement stays.

    :raises errors.Conflict: it is closed, or somebody saved it since ``version`` was read
    """
    fresh = writing.editable(actor=actor, opportunity=opportunity, version=version)
    if not fresh.is_open:
        raise errors.Conflict(
            _("„%(title)s“ ist %(state)s. Öffnen Sie die Verkaufschance wieder, um sie zu bewegen.")
            % {"title": fresh.title, "state": fresh.get_state_display()}
        )
    if fresh.stage == stage:
        return fresh
    before, judged = fresh.stage, fresh.probability
    if judged == before.probability:
        fresh.probability = stage.probability
    fresh.stage, fresh.pipeline, fresh.stage_since = stage, stage.pipeline, at
    changes: audit.Changes = {"stage": [before, stage]}
    if judged != fresh.probability:
        changes["probability"] = [judged, fresh.probability]
    writing.note_step(fresh, actor=actor, at=at)
    writing.touch(fresh, actor=actor, action="opportunity.moved", at=at, changes=changes)
    return fresh


def win(
    *,
    actor: User,
    opportunity: Opportunity,
    reason: CloseReason | None,
    note: str = "",
    at: datetime,
) -> Opportunity:
    """It is won.

    :raises errors.Invalid: without a reason, or with one for lost opportunities
    :raises errors.Conflict: it is closed already
    """
    return _close(actor, opportunity, OpportunityState.WON, reason, note, at)


def lose(
    *,
    actor: User,
    opportunity: Opportunity,
    reason: CloseReason | None,
    note: str = "",
    at: datetime,
) -> Opportunity:
    """It is lost.

    :raises errors.Invalid: without a reason, or with one for won opportunities
    :raises errors.Conflict: it is closed already
    """
    return _close(actor, opportunity, OpportunityState.LOST, reason, note, at)


@transaction.atomic
def reopen(*, actor: User, opportunity: Opportunity, at: datetime) -> Opportunity:
    """Take the end back: it is open again in the stage where it stood; nothing happens if it is."""
    fresh = writing.editable(actor=actor, opportunity=opportunity)
    if fresh.is_open:
        return fresh
    changes = {"state": [fresh.state, OpportunityState.OPEN]}
    fresh.state, fresh.closed_at = OpportunityState.OPEN, None
    fresh.close_reason, fresh.close_note = None, ""
    fresh.stage_since = at
    writing.note_step(fresh, actor=actor, at=at)
    writing.touch(fresh, actor=actor, action="opportunity.reopened", at=at, changes=changes)
    return fresh


@transaction.atomic
def _close(
    actor: User,
    opportunity: Opportunity,
    state: OpportunityState,
    reason: CloseReason | None,
    note: str,
    at: datetime,
) -> Opportunity:
    fresh = writing.editable(actor=actor, opportunity=opportunity)
    if not fresh.is_open:
        raise errors.Conflict(
            _("„%(title)s“ ist schon %(state)s.")
            % {"title": fresh.title, "state": fresh.get_state_display()}
        )
    if reason is None:
        raise errors.Invalid({"reason": [_("Bitte wählen Sie einen Grund.")]})
    if reason.state != state:
        raise errors.Invalid({"reason": [_("Dieser Grund passt nicht zu diesem Ende.")]})
    fresh.state, fresh.closed_at = state, at
    fresh.close_reason, fresh.close_note = reason, note.strip()
    writing.note_step(fresh, actor=actor, at=at)
    verb = "won" if state == OpportunityState.WON else "lost"
    changes: audit.Changes = {"reason": ["", reason], "note": ["", fresh.close_note]}
    writing.touch(fresh, actor=actor, action=f"opportunity.{verb}", at=at, changes=changes)
    return fresh
