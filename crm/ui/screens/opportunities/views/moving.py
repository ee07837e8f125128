"""To another stage, to the end, and back."""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities import asked
from crm.ui.screens.opportunities.forms.ends import LOST, WON, MoveForm
from crm.ui.screens.opportunities.views import board
from history.models import Opportunity
from history.opportunities import moving, pipelines


@require_http_methods(["GET", "POST"])
@permitted(Permission.OPPORTUNITIES_VIEW)
def move(request: Request, public_id: UUID) -> HttpResponse:
    """Choose where it goes (``?to=`` chooses beforehand), and take it there."""
    deal = asked.editable(request, public_id)
    form = MoveForm(asked.posted(request), deal=deal, to=request.GET.get("to", ""))
    if request.method == "POST":
        moved = forms.carry_out(form, lambda _data: _move(request, deal, form))
        if moved:
            return _moved(request, moved)
    context = {"deal": deal, "form": form, "home": asked.url_of(deal)}
    return responses.render(
        request,
        "opportunities/move.html",
        context,
        fragment="dialog",
        status=forms.status_of(form),
    )


@require_POST
@permitted(Permission.OPPORTUNITIES_VIEW)
def reopen(request: Request, public_id: UUID) -> HttpResponse:
    """Take the end back."""
    deal = asked.editable(request, public_id)
    moving.reopen(actor=request.user, opportunity=deal, at=clock.now())
    text = _("„%(title)s“ ist wieder offen.") % {"title": deal.title}
    return asked.changed(request, deal, text=text, part="kopf")


def _move(request: Request, deal: Opportunity, form: MoveForm) -> Opportunity:
    to, at = form.cleaned_data["to"], clock.now()
    if to in (WON, LOST):
        act = moving.win if to == WON else moving.lose
        return act(
            actor=request.user,
            opportunity=deal,
            reason=form.reason_chosen,
            note=form.cleaned_data["note"],
            at=at,
        )
    return moving.move(actor=request.user, opportunity=deal, stage=pipelines.stage_for(to), at=at)


def _moved(request: Request, deal: Opportunity) -> HttpResponse:
    """The board, if the request came from there, else the page."""
    where = deal.stage.name if deal.is_open else deal.get_state_display()
    text = _("„%(title)s“: %(where)s") % {"title": deal.title, "where": where}
    address = urlsplit(request.htmx.current_url or "")
    if not responses.wants_fragment(request) or address.path != reverse("deal-board"):
        return asked.changed(request, deal, text=text, part="kopf")
    toasts.show(request, text)
    context = board.context_of(request, QueryDict(address.query), moved=deal)
    answer = responses.render(request, board.TEMPLATE, context, fragment="board")
    return trigger_client_event(reswap(retarget(answer, "#board"), "outerHTML"), "closeDialog")
