"""A new opportunity, and changing what stands in it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import access as contacts
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities import asked
from crm.ui.screens.opportunities.forms.deals import (
    HeadForm,
    KeeperForm,
    NeedForm,
    NewDealForm,
    TrackedForm,
)
from crm.ui.screens.records.forms import reconciled
from history.models import Opportunity
from history.opportunities import deals


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_EDIT)
def deal_new(request: Request) -> HttpResponse:
    """Create one; ``?firma=`` and ``?person=`` say whose need it is."""
    user = request.user
    firm, person = request.GET.get("firma"), request.GET.get("person")
    form = NewDealForm(
        asked.posted(request),
        user=user,
        company=contacts.company_for(user=user, public_id=firm) if firm else None,
        person=contacts.person_for(user=user, public_id=person) if person else None,
    )
    if request.method == "POST":
        made = forms.carry_out(form, lambda data: _create(request, form, data))
        if made:
            toasts.show(request, _("%(number)s ist angelegt.") % {"number": made.number})
            return responses.redirect(request, asked.url_of(made))
    return responses.render(
        request,
        "opportunities/new.html",
        {"form": form},
        fragment="form",
        status=forms.status_of(form),
    )


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def head(request: Request, public_id: UUID) -> HttpResponse:
    """Title, customer, volume, chances and dates."""
    deal = asked.editable(request, public_id)
    form = HeadForm(asked.posted(request), user=request.user, deal=deal)
    return _tracked(request, deal, form, title=_("Verkaufschance ändern"), part="kopf")


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def need(request: Request, public_id: UUID) -> HttpResponse:
    """The need, in words."""
    deal = asked.editable(request, public_id)
    form = NeedForm(asked.posted(request), deal=deal)
    return _tracked(request, deal, form, title=_("Bedarf ändern"), part="bedarf")


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def keeper(request: Request, public_id: UUID) -> HttpResponse:
    """Hand it to somebody else; who does may not see it any more afterwards."""
    deal = asked.seen(request, public_id)
    policy.require(request.user, Permission.OPPORTUNITIES_MANAGE)
    form = KeeperForm(asked.posted(request), deal=deal)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: deals.assign(actor=request.user, opportunity=deal, at=clock.now(), **data),
        )
        if saved:
            return _after(request, saved)
    return asked.form_page(request, deal, form, title=_("Verkaufschance übergeben"), part="kopf")


def _create(request: Request, form: NewDealForm, data: dict[str, Any]) -> Opportunity:
    return deals.create(
        actor=request.user, values=form.deal_values(), pipeline=data["pipeline"], at=clock.now()
    )


def _tracked(
    request: Request, deal: Opportunity, form: TrackedForm, *, title: str, part: str
) -> HttpResponse:
    def write(values: dict[str, Any], version: int) -> Opportunity:
        return deals.update(
            actor=request.user, opportunity=deal, values=values, version=version, at=clock.now()
        )

    saved = reconciled.save(form, write) if request.method == "POST" else None
    if saved:
        return asked.changed(request, deal, text=_("Die Änderung ist gesichert."), part=part)
    return asked.form_page(request, deal, form, title=title, part=part)


def _after(request: Request, deal: Opportunity) -> HttpResponse:
    text = _("Die Verkaufschance ist übergeben.")
    try:
        asked.seen(request, deal.public_id)
    except errors.NotFound:
        toasts.show(request, text)
        return responses.redirect(request, "deal-board")
    return asked.changed(request, deal, text=text, part="kopf")
