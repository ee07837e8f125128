"""Where take-overs are fetched, access is granted."""

from uuid import UUID

from django.db.models import QuerySet

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User, Visibility
from crm.kernel import errors
from history.models import Takeover


def takeovers_of(user: User) -> QuerySet[Takeover]:
    """The take-overs that the user may see: own ones, or all."""
    policy.require(user, policy.Permission.COMMERCE_IMPORT)
    found = Takeover.objects.select_related("source", "created_by")
    return found if user.access.visibility == Visibility.ALL else found.filter(created_by=user)


def takeover_for(*, user: User, public_id: UUID | str) -> Takeover:
    """The take-over, if the user may see it.

    :raises errors.NotPermitted: the role may not take over
    :raises errors.NotFound: there is none, or the user may not see it
    """
    found = takeovers_of(user).filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found
