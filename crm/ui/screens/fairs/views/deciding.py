"""What becomes of a lead: taken over, given up, added to a known person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts import access as contacts
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked
from crm.ui.screens.fairs.forms.deciding import DropForm, TakeOverForm
from crm.ui.screens.fairs.views.lead import onward
from history.fairs import dropping, joining, taking_over
from history.models import LeadCapture

views = permitted(Permission.HISTORY_VIEW)


@require_http_methods(["GET", "POST"])
@views
def lead_take_over(request: Request, public_id: UUID) -> HttpResponse:
    """Make company, role and opportunity of it."""
    lead = asked.recorded(request, public_id)
    policy.require(request.user, Permission.OPPORTUNITIES_EDIT)
    form = TakeOverForm(asked.posted(request), user=request.user, lead=lead)
    if request.method == "POST":
        done = forms.carry_out(form, lambda data: _take_over(request, lead, form, data))
        if done and done.opportunity:
            text = _("%(number)s ist angelegt.") % {"number": done.opportunity.number}
            toasts.show(request, text)
            return responses.redirect(request, asked.lead_url(lead))
    context = {"form": form, "lead": lead, "event": lead.event}
    return responses.render(
        request, "fairs/take_over.html", context, fragment="form", status=forms.status_of(form)
    )


@require_http_methods(["GET", "POST"])
@views
def lead_drop(request: Request, public_id: UUID) -> HttpResponse:
    """Nothing comes of it; then to the next one."""
    lead = asked.recorded(request, public_id)
    form = DropForm(asked.posted(request), initial={"version": lead.version}, auto_id="drop-%s")
    saved = None
    if request.method == "POST":
        saved = forms.carry_out(form, lambda data: _drop(request, lead, data))
    if saved:
        undo = reverse("lead-take-up", args=[lead.public_id])
        toasts.show(request, _("%(lead)s: ohne Ergebnis.") % {"lead": lead}, undo_url=undo)
        return onward(request, lead)
    context = {"form": form, "lead": lead, "event": lead.event}
    return responses.render(
        request, "fairs/drop.html", context, fragment="form", status=forms.status_of(form)
    )


@require_POST
@views
def lead_take_up(request: Request, public_id: UUID) -> HttpResponse:
    """It is looked at again after all."""
    lead = asked.recorded(request, public_id)
    dropping.take_up(actor=request.user, lead=lead, at=clock.now())
    toasts.show(request, _("Der Lead ist wieder offen."))
    return responses.redirect(request, asked.lead_url(lead))


@require_POST
@views
def lead_join(request: Request, public_id: UUID) -> HttpResponse:
    """Add the visitor to a known person (``person``); can be undone."""
    lead = asked.recorded(request, public_id)
    policy.require(request.user, Permission.CONTACTS_MERGE)
    person = contacts.person_for(user=request.user, public_id=request.POST.get("person", ""))
    here = asked.lead_url(lead)
    try:
        merge = joining.join(
            actor=request.user,
            lead=lead,
            person=person,
            version=asked.version_of(request),
            at=clock.now(),
        )
    except (errors.Conflict, errors.Invalid) as refusal:
        toasts.show(request, refusal.message, kind="check")
        return responses.redirect(request, here)
    undo = reverse("settling-undo", args=[merge.public_id])
    toasts.show(
        request,
        _("%(lead)s gehört jetzt zu %(person)s.") % {"lead": lead, "person": person},
        undo_url=f"{undo}?{urlencode({'zurueck': here})}",
    )
    return responses.redirect(request, here)


def _take_over(
    request: Request, lead: LeadCapture, form: TakeOverForm, data: dict[str, Any]
) -> LeadCapture:
    return taking_over.take_over(
        actor=request.user,
        lead=lead,
        values=form.values(),
        version=data["version"],
        at=clock.now(),
    )


def _drop(request: Request, lead: LeadCapture, data: dict[str, Any]) -> LeadCapture:
    return dropping.drop(
        actor=request.user,
        lead=lead,
        reason=data["reason"],
        version=data["version"],
        at=clock.now(),
    )
