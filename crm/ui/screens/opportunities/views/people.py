"""Who has a say."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities import asked
from crm.ui.screens.opportunities.forms.parts import NewStakeholderForm, StakeholderForm
from crm.ui.screens.opportunities.forms.person_picker import candidates
from history.models import Opportunity, Stakeholder
from history.opportunities import stakeholders

PART = "beteiligte"


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def person_choices(request: Request) -> HttpResponse:
    """Radios for the persons that the text may mean (``?person=maier``)."""
    text = request.GET.get("person", "").replace("\0", "").strip()
    found = candidates(user=request.user, text=text) if text else []
    choice = found[0].public_id if len(found) == 1 else ""
    context = {"text": text, "candidates": found, "choice": choice}
    return responses.render(request, "opportunities/person_choices.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def stakeholder_new(request: Request, public_id: UUID) -> HttpResponse:
    """Name a person who has a say."""
    deal = asked.editable(request, public_id)
    form = NewStakeholderForm(asked.posted(request), user=request.user, deal=deal)
    if request.method == "POST":
        added = forms.carry_out(form, lambda _data: _add(request, deal, form))
        if added:
            text = _("%(name)s steht im Buying-Center.") % {"name": added.person}
            return asked.changed(request, deal, text=text, part=PART)
    title = _("Person ins Buying-Center aufnehmen")
    return asked.form_page(request, deal, form, title=title, part=PART)


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def stakeholder(request: Request, public_id: UUID, pk: int) -> HttpResponse:
    """Judge anew."""
    deal = asked.editable(request, public_id)
    found = stakeholders.stakeholder_for(deal, pk)
    form = StakeholderForm(asked.posted(request), user=request.user, deal=deal, stakeholder=found)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda _data: stakeholders.update(
                actor=request.user, stakeholder=found, values=form.judged(), at=clock.now()
            ),
        )
        if saved:
            text = _("%(name)s ist gesichert.") % {"name": found.person}
            return asked.changed(request, deal, text=text, part=PART)
    away = reverse("stakeholder-away", args=[deal.public_id, pk])
    return asked.form_page(request, deal, form, title=str(found.person), part=PART, away=away)


@require_POST
@permitted(Permission.OPPORTUNITIES_VIEW)
def stakeholder_away(request: Request, public_id: UUID, pk: int) -> HttpResponse:
    """Take somebody out."""
    deal = asked.editable(request, public_id)
    found = stakeholders.stakeholder_for(deal, pk)
    stakeholders.remove(actor=request.user, stakeholder=found, at=clock.now())
    text = _("%(name)s steht nicht mehr im Buying-Center.") % {"name": found.person}
    return asked.changed(request, deal, text=text, part=PART)


def _add(request: Request, deal: Opportunity, form: NewStakeholderForm) -> Stakeholder:
    person = form.person_chosen
    assert person is not None  # the form demands one
    return stakeholders.add(
        actor=request.user, opportunity=deal, person=person, values=form.judged(), at=clock.now()
    )
