"""Somebody else does it: one thing, or everything of a colleague who is absent."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.activities import access, agreed
from history.activities.planning import keep
from history.models import Activity


@transaction.atomic
def hand_over(
    *, actor: User, activity: Activity, to: User, version: int | None = None, at: datetime
) -> Activity:
    """Give one open thing to a colleague.

    :raises errors.Conflict: it is closed, or somebody saved it since ``version`` was read
    :raises errors.Invalid: the colleague's account is not active
    """
    _require_active(to)
    activity = access.locked(user=actor, activity=activity, version=version)
    if not activity.is_open:
        raise errors.Conflict(_("Sie ist nicht mehr offen. Öffnen Sie sie zuerst wieder."))
    if activity.assignee_id == to.pk:
        return activity
    agreed.require_untied(activity)
    changes: audit.Changes = {"assignee": [str(activity.assignee or ""), str(to)]}
    activity.assignee = to
    keep(activity, actor=actor, action="activity.handed-over", changes=changes, at=at)
    return activity


@transaction.atomic
def hand_over_all(*, actor: User, absent: User, to: User, at: datetime) -> int:
    """Give everything open of a colleague that the actor sees to another one; returns how much.
    Appointments agreed with somebody stay: they are moved with the person.

    Own things anybody may give away; those of others takes the permission to assign.

    :raises errors.NotPermitted: they are somebody else's, and the role may not assign
    :raises errors.Invalid: both are the same, or the account is not active
    """
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    if absent != actor:
        policy.require(actor, policy.Permission.CONTACTS_ASSIGN)
    _require_active(to)
    if absent == to:
        raise errors.Invalid({"to": [_("Bitte wählen Sie jemand anderen.")]})
    seen = Activity.objects.visible_to(actor).open().filter(assignee=absent).order_by("pk")
    rows = list(agreed.untied(seen).select_for_update(of=("self",)))
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(
        assignee=to, updated_at=at, version=F("version") + 1
    )
    changes: audit.Changes = {"assignee": [str(absent), str(to)]}
    acts = [audit.Act("activity.handed-over", target=row, changes=changes) for row in rows]
    audit.record_many(actor=actor, acts=acts, at=at)
    return len(rows)


def _require_active(user: User) -> None:
    if not user.is_active:
        sentence = _("Dieses Konto ist stillgelegt. Wählen Sie jemand anderen.")
        raise errors.Invalid({"to": [sentence]})
