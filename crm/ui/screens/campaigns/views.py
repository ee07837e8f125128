"""List, create, check, take out."""

from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consent import campaigns, channels, tasks
from consent.campaigns.exporting import file_name
from consent.models import Campaign
from contacts.listing.chips import chips
from contacts.tables import Format
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.campaigns import preview
from crm.ui.screens.campaigns.forms import CampaignForm, ExportForm


@require_GET
@permitted(Permission.CAMPAIGNS_VIEW)
def campaign_list(request: Request) -> HttpResponse:
    """The campaigns that the user may see, the newest first."""
    lines = [_line(campaign) for campaign in campaigns.visible_to(request.user)]
    context = {"lines": lines, "may_run": _may_run(request)}
    return responses.render(request, "campaigns/list.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CAMPAIGNS_RUN)
def campaign_new(request: Request) -> HttpResponse:
    """Create one and check it at once. The address may hold a query of the list of persons."""
    query = urlencode(parse_qsl(request.GET.urlencode()), safe=",")
    posted = request.POST if request.method == "POST" else None
    form = CampaignForm(posted, user=request.user, query=query)
    if request.method == "POST":
        made = forms.carry_out(
            form, lambda data: campaigns.create(actor=request.user, at=clock.now(), **data)
        )
        if made:
            _check(request, made)
            return responses.redirect(request, "campaign", public_id=made.public_id)
    return responses.render(
        request,
        "campaigns/form.html",
        {"form": form},
        fragment="form",
        status=forms.status_of(form),
    )


@require_GET
@permitted(Permission.CAMPAIGNS_VIEW)
def campaign_page(request: Request, public_id: UUID) -> HttpResponse:
    """Who may be contacted, and why others may not; asks again by itself while it is counted."""
    campaign = campaigns.campaign_for(request.user, public_id)
    result = campaigns.Result.from_json(campaign.result) if campaign.result else None
    is_own = campaign.owner_id == request.user.pk and _may_run(request)
    context = {
        **_line(campaign),
        "conditions": _conditions(campaign),
        "result": result,
        "parts": preview.parts(result) if result else [],
        "bars": preview.bars(result, user=request.user) if result else [],
        "is_busy": campaigns.is_being_checked(campaign, at=clock.now()),
        "is_own": is_own,
        "may_export": is_own and bool(policy.may(request.user, Permission.CONTACTS_EXPORT)),
        "most": campaigns.MOST_AT_ONCE,
        "form": ExportForm(),
        "exports": campaign.exports.select_related("exported_by"),
    }
    return responses.render(request, "campaigns/page.html", context, fragment="result")


@require_POST
@permitted(Permission.CAMPAIGNS_RUN)
def campaign_check(request: Request, public_id: UUID) -> HttpResponse:
    """Ask about everybody again."""
    campaign = campaigns.campaign_for(request.user, public_id)
    _check(request, campaign)
    return responses.redirect(request, "campaign", public_id=public_id)


@require_POST
@permitted(Permission.CAMPAIGNS_RUN)
def campaign_export(request: Request, public_id: UUID) -> HttpResponseBase:
    """The file with those who may be contacted; everybody is asked about once more."""
    campaign = campaigns.campaign_for(request.user, public_id)
    form = ExportForm(request.POST)
    format = Format(form.cleaned_data["format"]) if form.is_valid() else Format.CSV
    at = clock.now()
    try:
        return responses.download(
            lambda file: campaigns.export(
                actor=request.user, campaign=campaign, format=format, to=file, at=at
            ),
            name=file_name(campaign, format=format, at=at),
            media_type=format.media_type,
        )
    except (campaigns.TooMany, errors.Conflict) as refused:
        toasts.show(request, refused.message, kind="no")
        return responses.redirect(request, "campaign", public_id=public_id)


@require_POST
@permitted(Permission.CAMPAIGNS_RUN)
def campaign_remove(request: Request, public_id: UUID) -> HttpResponse:
    """Forget a campaign that nothing was taken out of."""
    campaign = campaigns.campaign_for(request.user, public_id)
    try:
        campaigns.remove(actor=request.user, campaign=campaign, at=clock.now())
    except errors.Conflict as refused:
        toasts.show(request, refused.message, kind="no")
        return responses.redirect(request, "campaign", public_id=public_id)
    toasts.show(request, _("„%(name)s“ ist gelöscht.") % {"name": campaign.name})
    return responses.redirect(request, "campaign-list")


def _check(request: Request, campaign: Campaign) -> None:
    try:
        campaigns.request_check(
            actor=request.user,
            campaign=campaign,
            at=clock.now(),
            queue=tasks.check_campaign.delay,
        )
    except errors.Invalid as refused:
        toasts.show(request, refused.message, kind="no")


def _line(campaign: Campaign) -> dict[str, object]:
    result = campaigns.Result.from_json(campaign.result) if campaign.result else None
    return {
        "campaign": campaign,
        "channel": channels.label(campaign.channel),
        "purpose": channels.purpose(campaign.purpose),
        "found": result,
    }


def _conditions(campaign: Campaign) -> list[str]:
    """Whom it means, in words."""
    scope = campaigns.scope_of(campaign, at=clock.now())
    try:
        query = campaigns.query_of(campaign, scope)
    except errors.Invalid as refused:
        return [refused.message]
    told = [chip.text for chip in chips(scope=scope, query=query)]
    if query.text:
        told.append(_("Suche „%(text)s“") % {"text": query.text})
    return told


def _may_run(request: Request) -> bool:
    return bool(policy.may(request.user, Permission.CAMPAIGNS_RUN))
