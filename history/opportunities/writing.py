"""How an opportunity is written: lock, notice who was faster, save, audit, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import audit, errors
from history import access
from history.models import Opportunity, StageChange

RELATED = ("company", "person", "pipeline", "stage", "owner", "team", "close_reason")


def editable(*, actor: User, opportunity: Opportunity, version: int | None = None) -> Opportunity:
    """The opportunity, locked for this transaction.

    :raises errors.NotFound: it is gone, or the actor may not see it
    :raises errors.NotPermitted: the role allows no changes
    :raises errors.Conflict: somebody saved it since ``version`` was read
    """
    access.require_editable_opportunity(user=actor, opportunity=opportunity)
    rows = Opportunity.objects.select_related(*RELATED).select_for_update(of=("self",))
    fresh = rows.filter(pk=opportunity.pk).first()
    if fresh is None:
        raise errors.NotFound(public_id=str(opportunity.public_id))
    if version is not None and fresh.version != version:
        raise errors.Conflict(expected=version, actual=fresh.version)
    return fresh


def touch(
    opportunity: Opportunity,
    *,
    actor: User,
    action: str,
    at: datetime,
    changes: audit.Changes | None = None,
    context: Mapping[str, Any] | None = None,
) -> None:
    """Save it, count the change and write its audit row."""
    opportunity.version += 1
    opportunity.updated_at = at
    opportunity.save()
    audit.record(
        actor=actor, action=action, at=at, target=opportunity, changes=changes, context=context
    )


def note_step(opportunity: Opportunity, *, actor: User, at: datetime) -> None:
    """Remember where it stands now, with what volume and probability."""
    StageChange.objects.create(
        opportunity=opportunity,
        stage=opportunity.stage,
        state=opportunity.state,
        volume=opportunity.volume,
        probability=opportunity.probability,
        at=at,
        actor=actor,
    )


def stripped(values: Mapping[str, Any], *, allowed: frozenset[str]) -> dict[str, Any]:
    """``values`` with their texts trimmed.

    :raises errors.Invalid: one of them is none of ``allowed``
    """
    if unknown := sorted(set(values) - allowed):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
