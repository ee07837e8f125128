"""Where activities are fetched, access is granted: screens, API and commands come here."""

from uuid import UUID

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from history.models import Activity


def activity_for(*, user: User, public_id: UUID | str) -> Activity:
    """The activity, if the user may see it, with what it is about.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    rows = Activity.objects.visible_to(user).with_subjects(user)
    found = rows.filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def require_editable(*, user: User, activity: Activity) -> None:
    """Pass if the user may change the activity.

    :raises errors.NotPermitted: the role allows no changes
    :raises errors.NotFound: the user may not even see it
    """
    if not Activity.objects.visible_to(user).filter(pk=activity.pk).exists():
        raise errors.NotFound(public_id=str(activity.public_id))
    policy.require(user, policy.Permission.HISTORY_RECORD)


def locked(*, user: User, activity: Activity, version: int | None = None) -> Activity:
    """The activity, locked for this transaction, if the user may change it.

    :raises errors.NotPermitted: the role allows no changes
    :raises errors.NotFound: the user may not even see it
    :raises errors.Conflict: somebody saved it since ``version`` was read
    """
    require_editable(user=user, activity=activity)
    fresh = Activity.objects.select_for_update(of=("self",)).filter(pk=activity.pk).first()
    if fresh is None:
        raise errors.NotFound(public_id=str(activity.public_id))
    if version is not None and fresh.version != version:
        raise errors.Conflict(expected=version, actual=fresh.version)
    return fresh
