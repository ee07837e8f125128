"""Where deals, contacts and files are fetched, access is granted: all doors come here."""

from uuid import UUID

from django.db.models import QuerySet

from contacts.access import parsed
from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.prepared import prepared
from history.models import Attachment, Opportunity, Participation, Touchpoint


def opportunity_for(*, user: User, public_id: UUID | str) -> Opportunity:
    """The deal, if the user may see it.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    for opportunity in _opportunities(user=user, public_id=parsed(public_id)):
        return opportunity
    raise errors.NotFound(public_id=str(public_id))


@prepared
def _opportunities(*, user: User, public_id: UUID) -> QuerySet[Opportunity]:
    seen = Opportunity.objects.visible_to(user).filter(public_id=public_id).order_by()
    related = seen.select_related("company", "person", "stage", "pipeline", "owner", "team")
    return related.defer("company__search", "person__search")


def require_editable_opportunity(*, user: User, opportunity: Opportunity) -> None:
    """Pass if the user may change the deal.

    :raises errors.NotPermitted: the role allows no changes
    :raises errors.NotFound: the user may not even see it
    """
    if not Opportunity.objects.visible_to(user).filter(pk=opportunity.pk).exists():
        raise errors.NotFound(public_id=str(opportunity.public_id))
    policy.require(user, policy.Permission.OPPORTUNITIES_EDIT)


def touchpoint_for(*, user: User, public_id: UUID | str) -> Touchpoint:
    """The contact, if it stands in a line that the user may see.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    found = Touchpoint.objects.filter(public_id=parsed(public_id))
    touchpoint = found.select_related("agent", "category__parent", "contact_point").first()
    if touchpoint is None or not _is_seen(user, touchpoint):
        raise errors.NotFound(public_id=str(public_id))
    return touchpoint


def _is_seen(user: User, touchpoint: Touchpoint) -> bool:
    """By whoever made it, or sees somebody who took part or holds the number or address."""
    if policy.Permission.HISTORY_VIEW not in user.access.permissions:
        return False
    rows = Participation.objects.filter(touchpoint=touchpoint)
    points = rows.exclude(contact_point=None).values("contact_point")
    return (
        touchpoint.agent_id == user.pk
        or Person.objects.visible_to(user).filter(participations__in=rows).exists()
        or Company.objects.visible_to(user).filter(participations__in=rows).exists()
        or Opportunity.objects.visible_to(user).filter(participations__in=rows).exists()
        or Person.objects.visible_to(user).filter(contact_points__contact_point__in=points).exists()
        or (not rows.exclude(contact_point__holders=None).exists() and points.exists())
    )


def attachment_for(*, user: User, public_id: UUID | str) -> Attachment:
    """The file, if the user may see the contact that it belongs to.

    :raises errors.NotFound: there is none, the user may not see it, or its content was deleted
    """
    found = Attachment.objects.select_related("stored", "touchpoint")
    attachment = found.filter(public_id=parsed(public_id), stored__erased_at=None).first()
    if attachment is None:
        raise errors.NotFound(public_id=str(public_id))
    touchpoint_for(user=user, public_id=attachment.touchpoint.public_id)
    return attachment
