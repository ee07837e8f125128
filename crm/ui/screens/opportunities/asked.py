"""What every view of an opportunity does first and last: fetch it, show it after a change."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget, trigger_client_event

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request
from crm.ui.screens.activities import panel as steps
from crm.ui.screens.line import section
from history import access
from history.models import Opportunity
from history.opportunities import page, words

PAGE = "opportunities/page.html"


def seen(request: Request, public_id: UUID) -> Opportunity:
    """The opportunity of the address, if the user may see it."""
    return access.opportunity_for(user=request.user, public_id=public_id)


def editable(request: Request, public_id: UUID) -> Opportunity:
    """The opportunity of the address, if the user may change it."""
    deal = seen(request, public_id)
    policy.require(request.user, Permission.OPPORTUNITIES_EDIT)
    return deal


def posted(request: Request) -> Any:
    """What was sent, None if the form is only asked for."""
    return request.POST if request.method == "POST" else None


def url_of(deal: Opportunity) -> str:
    """The address of its page."""
    return reverse("deal", args=[deal.public_id])


def context_of(request: Request, deal: Opportunity, *, fresh: str = "") -> dict[str, Any]:
    """What the page needs; ``fresh`` names the part that was changed just now."""
    at = clock.now()
    shown = page.read(user=request.user, opportunity=deal, at=at)
    return {
        "deal": deal,
        "shown": shown,
        "gap": words.gap(shown.gap) if shown.gap else "",
        "fresh": fresh,
        "now": at,
        "line": section.context_of(request, deal),
        "steps": steps.of_record(user=request.user, record=deal, at=at, here=url_of(deal)),
        "may_edit": bool(policy.may(request.user, Permission.OPPORTUNITIES_EDIT)),
        "may_assign": bool(policy.may(request.user, Permission.OPPORTUNITIES_MANAGE)),
    }


def changed(request: Request, deal: Opportunity, *, text: str, part: str = "") -> HttpResponse:
    """The page after a change; for HTMX it takes the place of what stood there."""
    toasts.show(request, text)
    if not responses.wants_fragment(request):
        return responses.redirect(request, url_of(deal))
    again = seen(request, deal.public_id)
    context = context_of(request, again, fresh=part)
    answer = responses.render(request, PAGE, context, fragment="deal")
    return trigger_client_event(reswap(retarget(answer, "#deal"), "outerHTML"), "closeDialog")


def form_page(
    request: Request,
    deal: Opportunity,
    form: forms.Form,
    *,
    title: str,
    part: str,
    away: str = "",
) -> HttpResponse:
    """The form in the place of ``part``, or on a page of its own; ``away`` removes the thing."""
    context = {
        "deal": deal,
        "form": form,
        "title": title,
        "part": part,
        "away": away,
        "home": url_of(deal),
        "save": _("Sichern"),
    }
    return responses.render(
        request,
        "opportunities/form_page.html",
        context,
        fragment="form",
        status=refusals.status_of(form),
    )
