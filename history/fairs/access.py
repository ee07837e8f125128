"""Where events and leads are fetched, access is granted."""

from uuid import UUID

from contacts.access import parsed
from crm.accounts.models import User
from crm.kernel import errors
from history.models import Event, LeadCapture


def event_for(*, user: User, public_id: UUID | str) -> Event:
    """The event, if the user may see it.

    :raises errors.NotFound: there is none, or the user is not on its team
    """
    seen = Event.objects.visible_to(user).select_related("controller", "source")
    found = seen.filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def lead_for(*, user: User, public_id: UUID | str) -> LeadCapture:
    """The lead, if the user may see its event.

    :raises errors.NotFound: there is none, or the user is not on the team of the event
    """
    seen = LeadCapture.objects.visible_to(user).with_all()
    found = seen.filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found
