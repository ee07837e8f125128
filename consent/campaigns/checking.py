"""Ask the gate about everybody whom a campaign means, and keep what it said."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from consent import digests, many, recording
from consent.campaigns import keeping
from consent.campaigns.result import Result, gather
from consent.models import Campaign
from contacts.listing import matching
from crm.accounts.models import User
from crm.kernel import audit

AT_ONCE = 20_000
"""So many persons are asked about within a request; more are left to a worker."""
NEWS = 20_000
"""So many new events are folded first; more are left to the hourly task."""
GIVEN_UP_AFTER = timedelta(minutes=10)


@transaction.atomic
def request_check(
    *, actor: User, campaign: Campaign, at: datetime, queue: Callable[[int], object]
) -> bool:
    """Check now if it is quickly done, else have a worker do it after the commit.

    Returns whether it is done. While one check is under way no other one starts.
    """
    keeping.require_own(actor, campaign)
    campaign = Campaign.objects.select_for_update(of=["self"]).get(pk=campaign.pk)
    if is_being_checked(campaign, at=at):
        return False
    scope = keeping.scope_of(campaign, at=at)
    persons = matching.records(scope=scope, query=keeping.query_of(campaign, scope))
    if persons.values("pk")[: AT_ONCE + 1].count() <= AT_ONCE:
        check(campaign=campaign, at=at)
        return True
    campaign.asked_at = at
    campaign.save(update_fields=["asked_at"])
    transaction.on_commit(lambda: queue(campaign.pk))
    return False


@transaction.atomic
def check(*, campaign: Campaign, at: datetime) -> Result:
    """Ask about everybody whom the owner of the campaign may see, as of now.

    :raises errors.NotPermitted: the owner may not run campaigns any more
    :raises errors.Invalid: the campaign's query cannot be read any more
    """
    keeping.require_own(campaign.owner, campaign)
    scope = keeping.scope_of(campaign, at=at)
    persons = matching.records(scope=scope, query=keeping.query_of(campaign, scope))
    digests.catch_up(most=NEWS)
    size = recording.size()
    result = gather(
        many.may_contact_many(
            persons,
            channel=campaign.channel,
            purpose=campaign.purpose,
            controller=campaign.controller,
            at=at,
        )
    )
    campaign.checked_at, campaign.size, campaign.result = at, size, result.as_json()
    campaign.asked_at = None
    campaign.save(update_fields=["checked_at", "size", "result", "asked_at"])
    audit.record(
        actor=campaign.owner,
        action="campaign.checked",
        at=at,
        target=campaign,
        context={"persons": result.persons, "outcomes": result.outcomes, "events": size},
    )
    return result


def is_being_checked(campaign: Campaign, *, at: datetime) -> bool:
    """Whether a worker is at it; after ten minutes it counts as dead."""
    return campaign.asked_at is not None and at - campaign.asked_at < GIVEN_UP_AFTER
