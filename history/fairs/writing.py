"""How what became of a lead is written: lock, notice who was faster, save, audit."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import audit, errors
from history.fairs import access
from history.models import OPEN_LEADS, LeadCapture, LeadState


def locked(*, actor: User, lead: LeadCapture, version: int | None = None) -> LeadCapture:
    """The lead, locked for this transaction.

    :raises errors.NotPermitted: the role records no history
    :raises errors.NotFound: it is gone, or the actor is not on the team of its event
    :raises errors.Conflict: somebody saved it since ``version`` was read
    """
    policy.require(actor, Permission.HISTORY_RECORD)
    LeadCapture.objects.select_for_update().filter(pk=lead.pk).order_by().first()
    fresh = access.lead_for(user=actor, public_id=lead.public_id)
    if version is not None and fresh.version != version:
        raise errors.Conflict(expected=version, actual=fresh.version)
    return fresh


def require_open(lead: LeadCapture) -> None:
    """Pass if nothing was decided yet.

    :raises errors.Conflict: it was taken over or dropped
    """
    if lead.state not in OPEN_LEADS:
        raise errors.Conflict(
            _("Dieser Lead ist schon entschieden: %(state)s.")
            % {"state": lead.get_state_display()},
            state=lead.state,
        )


def require_named(lead: LeadCapture) -> Person:
    """The person that the slip became.

    :raises errors.Invalid: nobody is named on it yet
    """
    if lead.person is None:
        raise errors.Invalid(
            {"name": [_("Auf dem Leadzettel steht noch kein Name. Bitte ergänzen Sie ihn zuerst.")]}
        )
    return lead.person


def finish(lead: LeadCapture, *, state: LeadState, actor: User, at: datetime) -> None:
    """Remember who decided what and when; nothing is saved yet."""
    lead.state, lead.finished_at, lead.finished_by = state, at, actor


def keep(
    lead: LeadCapture, *, actor: User, action: str, at: datetime, changes: dict[str, Any]
) -> None:
    """Save it, count the change and write its audit row."""
    lead.version += 1
    lead.save()
    audit.record(
        actor=actor,
        action=action,
        at=at,
        target=lead,
        changes=changes,
        context={"event": str(lead.event.public_id)},
    )
