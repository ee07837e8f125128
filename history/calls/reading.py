"""Calls as the users see them at whose telephone they ring."""

from uuid import UUID

from django.db.models import Q, QuerySet

from contacts.access import parsed
from crm.accounts.models import User
from crm.kernel import errors
from history.models import Call, Extension

MOST = 20


def call_for(*, user: User, public_id: UUID | str) -> Call:
    """The call, if it rang at the user's telephone or the user took it.

    :raises errors.NotFound: there is none, or it was for somebody else
    """
    found = _of(user).select_related("agent").filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def latest_of(*, user: User) -> list[Call]:
    """The user's latest calls, the newest first; of a suppressed number, too."""
    return list(_of(user).select_related("agent", "touchpoint")[:MOST])


def opens_at_once(*, user: User, call: Call) -> bool:
    """Whether the user wants a caller who is certain to be opened without a card."""
    own = Extension.objects.filter(user=user, system=call.system_id)
    return own.filter(opens_at_once=True).exists()


def _of(user: User) -> QuerySet[Call]:
    return Call.objects.filter(Q(rung__contains=[user.pk]) | Q(agent=user))
