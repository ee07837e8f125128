"""Why opportunities are won or lost, as the team lead keeps it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import CloseReason, OpportunityState

LONGEST = 100
ENDS = (OpportunityState.WON, OpportunityState.LOST)


def in_use() -> list[CloseReason]:
    """The reasons that may be chosen, by end and position."""
    return list(CloseReason.objects.filter(is_active=True))


def reason_for(pk: object) -> CloseReason | None:
    """The reason of this number that may still be chosen; None if there is none."""
    found = _found(pk)
    return found if found and found.is_active else None


def kept(pk: object) -> CloseReason:
    """The reason of this number, in use or not.

    :raises errors.NotFound: there is none
    """
    if found := _found(pk):
        return found
    raise errors.NotFound(id=str(pk))


@transaction.atomic
def create(*, actor: User, state: str, label: str, at: datetime) -> CloseReason:
    """A new reason behind the others of its end.

    :raises errors.Invalid: the label is missing, too long or taken, or ``state`` is no end
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    if state not in ENDS:
        raise errors.Invalid({"state": [_("Bitte wählen Sie gewonnen oder verloren.")]})
    last = CloseReason.objects.filter(state=state).aggregate(last=Max("position"))["last"]
    made = CloseReason(state=state, label=_checked(label, state), position=(last or 0) + 1)
    made.save()
    changes = {"label": ["", made.label]}
    audit.record(actor=actor, action="close-reason.created", at=at, target=made, changes=changes)
    return made


@transaction.atomic
def update(
    *, actor: User, reason: CloseReason, label: str, is_active: bool, at: datetime
) -> CloseReason:
    """Rename it, take it out of use or back; what was closed with it keeps it."""
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    label = _checked(label, reason.state, except_for=reason)
    changes = audit.diff(
        {"label": reason.label, "is_active": reason.is_active},
        {"label": label, "is_active": is_active},
    )
    if changes:
        reason.label, reason.is_active = label, is_active
        reason.save()
        audit.record(
            actor=actor, action="close-reason.updated", at=at, target=reason, changes=changes
        )
    return reason


def _found(pk: object) -> CloseReason | None:
    text = str(pk)
    known = text.isascii() and text.isdecimal() and len(text) < 10
    return CloseReason.objects.filter(pk=int(text)).first() if known else None


def _checked(label: str, state: str, *, except_for: CloseReason | None = None) -> str:
    label = label.strip()
    if not label or len(label) > LONGEST or "\0" in label:
        raise errors.Invalid(
            {
                "label": [
                    _("Bitte nennen Sie den Grund in höchstens %(n)s Zeichen.") % {"n": LONGEST}
                ]
            }
        )
    taken = CloseReason.objects.filter(state=state, label=label)
    if taken.exclude(pk=except_for.pk if except_for else 0).exists():
        raise errors.Invalid({"label": [_("Diesen Grund gibt es schon.")]})
    return label
