"""Where deals are fetched, access is granted: every screen, API view and command comes here."""

from uuid import UUID

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from history.models import Opportunity


def opportunity_for(*, user: User, public_id: UUID | str) -> Opportunity:
    """The deal, if the user may see it.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    seen = Opportunity.objects.visible_to(user)
    found = seen.select_related("company", "person", "stage", "pipeline", "owner", "team")
    opportunity = found.filter(public_id=parsed(public_id)).first()
    if opportunity is None:
        raise errors.NotFound(public_id=str(public_id))
    return opportunity


def require_editable_opportunity(*, user: User, opportunity: Opportunity) -> None:
    """Pass if the user may change the deal.

    :raises errors.NotPermitted: the role allows no changes
    :raises errors.NotFound: the user may not even see it
    """
    if not Opportunity.objects.visible_to(user).filter(pk=opportunity.pk).exists():
        raise errors.NotFound(public_id=str(opportunity.public_id))
    policy.require(user, policy.Permission.OPPORTUNITIES_EDIT)
