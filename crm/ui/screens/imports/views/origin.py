"""Step one: where the data come from, and whose they become."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from contacts import sources
from contacts.models import Source
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.imports import steps
from crm.ui.screens.imports.forms import NEW, OriginForm
from crm.ui.screens.sources import listing
from crm.ui.screens.sources.forms import SourceForm


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_IMPORT)
def import_new(request: Request) -> HttpResponse:
    """Choose a source or describe a new one."""
    lines = listing.choosable(on=clock.today())
    known = [line.source for line in lines]
    posted = request.POST if request.method == "POST" else None
    form = OriginForm(posted, sources=known, initial=_first_guess(request))
    new = SourceForm(_posted_for_new(request), prefix=NEW)
    if request.method == "POST" and form.is_valid():
        source = _new_source(request, new) if form.wants_new else form.known
        if source:
            return responses.redirect(request, _next(source, form))
    context = {"form": form, "new_source": new, "lines": lines, "chosen": form["source"].value()}
    return responses.render(
        request,
        "imports/new.html",
        context | steps.frame(steps.ORIGIN),
        status=422 if form.errors or new.errors else 200,
    )


def _first_guess(request: Request) -> dict[str, Any]:
    team = request.user.teams.order_by("pk").first()
    return {"owner": request.user.public_id, "team": team.public_id if team else None}


def _posted_for_new(request: Request) -> Any:
    return request.POST if request.POST.get("source") == NEW else None


def _new_source(request: Request, form: SourceForm) -> Source | None:
    return forms.carry_out(
        form, lambda data: sources.create(actor=request.user, at=clock.now(), **data)
    )


def _next(source: Source, form: OriginForm) -> str:
    chosen: dict[str, Any] = {"herkunft": source.public_id}
    for name, field in (("zustaendig", "owner"), ("team", "team")):
        if record := form.cleaned_data[field]:
            chosen[name] = record.public_id
    return f"{reverse('import-upload')}?{urlencode(chosen)}"
