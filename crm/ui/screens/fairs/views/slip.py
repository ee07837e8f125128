"""A slip is completed or corrected at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked, shown
from crm.ui.screens.fairs.forms.slip import SlipForm
from history.fairs import capturing
from history.models import LeadCapture

views = permitted(Permission.HISTORY_VIEW)


@require_http_methods(["GET", "POST"])
@views
def lead_edit(request: Request, public_id: UUID) -> HttpResponse:
    """The fields of the slip."""
    lead = asked.recorded(request, public_id)
    form = SlipForm(asked.posted(request), lead=lead)
    saved = None
    if request.method == "POST":
        saved = forms.carry_out(form, lambda data: _save(request, lead, form, data))
    if saved:
        toasts.show(request, _("Der Leadzettel ist gesichert."))
        return responses.redirect(request, asked.lead_url(lead))
    context = {"form": form, "lead": lead, "event": lead.event}
    return responses.render(
        request, "fairs/slip_form.html", context, fragment="form", status=forms.status_of(form)
    )


@require_POST
@views
def lead_proposal(request: Request, public_id: UUID) -> HttpResponse:
    """Take what the card says about a field (``feld``)."""
    lead = asked.recorded(request, public_id)
    name = request.POST.get("feld", "")
    value = shown.suggestion_of(lead, name)
    if not value:
        raise errors.NotFound(field=name)
    origins = {**lead.origins, name: "card"}
    try:
        capturing.edit(
            actor=request.user,
            lead=lead,
            values={name: value, "origins": origins},
            version=asked.version_of(request),
            at=clock.now(),
        )
    except errors.Conflict as refusal:
        toasts.show(request, refusal.message, kind="check")
    else:
        text = _("%(field)s übernommen: %(value)s.")
        toasts.show(request, text % {"field": shown.LABELS[name], "value": value})
    return responses.redirect(request, asked.lead_url(lead))


def _save(request: Request, lead: LeadCapture, form: SlipForm, data: dict[str, Any]) -> LeadCapture:
    return capturing.edit(
        actor=request.user, lead=lead, values=form.values(), version=data["version"], at=clock.now()
    )
