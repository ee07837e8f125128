"""Nothing comes of a lead, with the reason; and back."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import errors
from history.activities import progress
from history.fairs import writing
from history.models import OPEN_LEADS, ActivityState, LeadCapture, LeadState

LONGEST: Final = 200


@transaction.atomic
def drop(
    *, actor: User, lead: LeadCapture, reason: str, version: int | None = None, at: datetime
) -> LeadCapture:
    """Nothing comes of it: its follow-up is cancelled, and on the day of the event it is deleted.

    :raises errors.Conflict: it was decided already, or somebody saved it since ``version`` was read
    :raises errors.Invalid: without a reason
    """
    lead = writing.locked(actor=actor, lead=lead, version=version)
    writing.require_open(lead)
    why = reason.strip()
    if not why:
        raise errors.Invalid({"reason": [_("Bitte sagen Sie, warum daraus nichts wird.")]})
    if len(why) > LONGEST:
        raise errors.Invalid({"reason": [_("Höchstens %(most)s Zeichen.") % {"most": LONGEST}]})
    if lead.activity is not None and lead.activity.is_open:
        progress.cancel(actor=actor, activity=lead.activity, at=at)
    lead.dropped_because = why
    writing.finish(lead, state=LeadState.DROPPED, actor=actor, at=at)
    changes = {"state": [LeadState.NEW.value, lead.state], "dropped_because": ["", why]}
    writing.keep(lead, actor=actor, action="lead.dropped", at=at, changes=changes)
    return lead


@transaction.atomic
def take_up(*, actor: User, lead: LeadCapture, at: datetime) -> LeadCapture:
    """It is looked at again after all, and its follow-up is to be done. Twice is once.

    :raises errors.Conflict: it was taken over
    """
    lead = writing.locked(actor=actor, lead=lead)
    if lead.state in OPEN_LEADS:
        return lead
    if lead.state != LeadState.DROPPED:
        writing.require_open(lead)
    if lead.activity is not None and lead.activity.state == ActivityState.CANCELLED:
        progress.reopen(actor=actor, activity=lead.activity, at=at)
    changes = {"state": [lead.state, LeadState.NEW.value], "reason": [lead.dropped_because, ""]}
    lead.state, lead.finished_at, lead.finished_by = LeadState.NEW, None, None
    lead.dropped_because = ""
    writing.keep(lead, actor=actor, action="lead.taken-up", at=at, changes=changes)
    return lead
