"""Who else wants it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities import asked
from crm.ui.screens.opportunities.forms.parts import CompetitorForm
from history.opportunities import competitors

PART = "wettbewerb"


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def competitor_new(request: Request, public_id: UUID) -> HttpResponse:
    """Name another supplier."""
    deal = asked.editable(request, public_id)
    form = CompetitorForm(asked.posted(request), auto_id="rival-%s")
    if request.method == "POST":
        made = forms.carry_out(
            form,
            lambda data: competitors.add(
                actor=request.user, opportunity=deal, values=data, at=clock.now()
            ),
        )
        if made:
            text = _("%(name)s steht im Wettbewerb.") % {"name": made.name}
            return asked.changed(request, deal, text=text, part=PART)
    return asked.form_page(request, deal, form, title=_("Wettbewerber nennen"), part=PART)


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def competitor(request: Request, public_id: UUID, pk: int) -> HttpResponse:
    """Judge anew."""
    deal = asked.editable(request, public_id)
    found = competitors.competitor_for(deal, pk)
    initial = {name: getattr(found, name) for name in CompetitorForm.base_fields}
    form = CompetitorForm(asked.posted(request), initial=initial, auto_id="rival-%s")
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: competitors.update(
                actor=request.user, competitor=found, values=data, at=clock.now()
            ),
        )
        if saved:
            text = _("%(name)s ist gesichert.") % {"name": saved.name}
            return asked.changed(request, deal, text=text, part=PART)
    away = reverse("competitor-away", args=[deal.public_id, pk])
    return asked.form_page(request, deal, form, title=found.name, part=PART, away=away)


@require_POST
@permitted(Permission.OPPORTUNITIES_VIEW)
def competitor_away(request: Request, public_id: UUID, pk: int) -> HttpResponse:
    """It never was one."""
    deal = asked.editable(request, public_id)
    found = competitors.competitor_for(deal, pk)
    competitors.remove(actor=request.user, competitor=found, at=clock.now())
    text = _("%(name)s ist entfernt.") % {"name": found.name}
    return asked.changed(request, deal, text=text, part=PART)
