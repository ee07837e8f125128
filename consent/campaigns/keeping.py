"""Campaigns as they are kept: every change is one function here."""

from datetime import datetime
from urllib.parse import parse_qs
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from consent import controllers
from consent.decision.codes import PURPOSES, Channel, PurposeClass
from consent.models import Campaign, Controller
from contacts.listing import ListName, ListQuery, Scope
from contacts.listing import query as queries
from crm.accounts import policy
from crm.accounts.models import User, Visibility
from crm.kernel import audit, errors

LONGEST_NAME = 80
CLASSES = (PurposeClass.MARKETING, PurposeClass.SERVICE, PurposeClass.LEGAL)
"""What many may be contacted for; everything else is between two."""
CAMPAIGN_PURPOSES = [code for code, kind in PURPOSES.items() if kind in CLASSES]


def visible_to(user: User) -> list[Campaign]:
    """The user's own campaigns, or everybody's for somebody who sees all contacts."""
    policy.require(user, policy.Permission.CAMPAIGNS_VIEW)
    rows = Campaign.objects.select_related("owner", "controller")
    if user.access.visibility != Visibility.ALL:
        rows = rows.filter(owner=user.pk)
    return list(rows)


def campaign_for(user: User, public_id: UUID | str) -> Campaign:
    """One campaign that the user may see.

    :raises errors.NotFound: there is none, or it is somebody else's
    """
    for campaign in visible_to(user):
        if str(campaign.public_id) == str(public_id):
            return campaign
    raise errors.NotFound(public_id=str(public_id))


@transaction.atomic
def create(
    *,
    actor: User,
    name: str,
    query: str,
    channel: str,
    purpose: str,
    controller: Controller | None = None,
    at: datetime,
) -> Campaign:
    """Keep a question about the persons that ``query`` (a query string of the list) means.

    :raises errors.Invalid: the name is missing or too long, channel or purpose is none that many
        can be contacted over or for, or the query cannot be read
    """
    policy.require(actor, policy.Permission.CAMPAIGNS_RUN)
    wrong: dict[str, list[str]] = {}
    name = name.strip()
    if not name:
        wrong["name"] = [_("Bitte geben Sie der Kampagne einen Namen.")]
    elif len(name) > LONGEST_NAME or "\0" in name:
        wrong["name"] = [_("Bitte wählen Sie einen kürzeren Namen.")]
    if channel not in set(Channel):
        wrong["channel"] = [_("Diesen Kanal gibt es nicht.")]
    if purpose not in CAMPAIGN_PURPOSES:
        wrong["purpose"] = [_("Zu diesem Zweck wird nicht vielen geschrieben.")]
    if wrong:
        raise errors.Invalid(wrong)
    campaign = Campaign(
        name=name,
        query=parsed(query, Scope(ListName.PERSONS, actor, at)).encode(),
        channel=channel,
        purpose=purpose,
        controller=controller or controllers.default(),
        owner=actor,
        created_at=at,
    )
    campaign.save()
    fields = {"name": name, "query": campaign.query, "channel": channel, "purpose": purpose}
    audit.record(
        actor=actor,
        action="campaign.created",
        at=at,
        target=campaign,
        changes=audit.diff({}, fields),
    )
    return campaign


@transaction.atomic
def remove(*, actor: User, campaign: Campaign, at: datetime) -> None:
    """Forget a campaign that nothing was taken out of yet.

    :raises errors.Conflict: there are exports: they have to stay explainable
    """
    require_own(actor, campaign)
    if campaign.exports.exists():
        raise errors.Conflict(
            _("Aus dieser Kampagne wurde schon ausgeleitet; sie bleibt als Nachweis stehen.")
        )
    audit.record(
        actor=actor,
        action="campaign.removed",
        at=at,
        target=campaign,
        changes={"name": [campaign.name, ""]},
    )
    campaign.delete()


def require_own(actor: User, campaign: Campaign) -> None:
    """Pass if the user may run this campaign.

    :raises errors.NotPermitted: without the permission, or somebody else's
    """
    policy.require(actor, policy.Permission.CAMPAIGNS_RUN)
    if campaign.owner_id != actor.pk:
        raise errors.NotPermitted(
            _("Diese Kampagne gehört %(owner)s. Legen Sie eine eigene an.")
            % {"owner": campaign.owner}
        )


def scope_of(campaign: Campaign, *, at: datetime) -> Scope:
    """The list of persons as the campaign's owner sees it."""
    return Scope(ListName.PERSONS, campaign.owner, at)


def query_of(campaign: Campaign, scope: Scope) -> ListQuery:
    """Whom the campaign means.

    :raises errors.Invalid: a condition of it is gone
    """
    return parsed(campaign.query, scope)


def parsed(query: str, scope: Scope) -> ListQuery:
    """A query string of the list.

    :raises errors.Invalid: it cannot be read (field ``query``)
    """
    parameters = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    parameters.pop("view", None)
    try:
        return queries.parse(scope=scope, parameters=parameters)
    except errors.Invalid as error:
        told = " ".join(sentence for texts in error.errors.values() for sentence in texts)
        raise errors.Invalid(
            {"query": [_("Die Auswahl lässt sich nicht lesen: %(why)s") % {"why": told}]}
        ) from error
