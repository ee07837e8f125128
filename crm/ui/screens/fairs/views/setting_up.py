"""A fair is set up, changed, closed, opened again, given up."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked
from crm.ui.screens.fairs.forms.fair import FairForm
from history.fairs import events
from history.models import Event

manages = permitted(Permission.EVENTS_MANAGE)


@require_http_methods(["GET", "POST"])
@manages
def event_new(request: Request) -> HttpResponse:
    """Set one up; the questions come next."""
    form = FairForm(asked.posted(request))
    if request.method == "POST":
        made = forms.carry_out(
            form,
            lambda _data: events.create(actor=request.user, values=form.values(), at=clock.now()),
        )
        if made:
            text = _("%(event)s ist angelegt. Prüfen Sie die Fragen am Stand.") % {"event": made}
            toasts.show(request, text)
            return responses.redirect(request, "question-list", made.public_id)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@manages
def event_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Change what is set."""
    found = asked.managed(request, public_id)
    form = FairForm(asked.posted(request), event=found)
    saved = None
    if request.method == "POST":
        saved = forms.carry_out(form, lambda data: _save(request, form, data))
    if saved:
        toasts.show(request, _("Die Änderung ist gesichert."))
        return responses.redirect(request, asked.event_url(found))
    return _form_page(request, form, found)


@require_POST
@manages
def event_close(request: Request, public_id: UUID) -> HttpResponse:
    """Nothing more is captured."""
    found = asked.managed(request, public_id)
    events.close(actor=request.user, event=found, at=clock.now())
    text = _("Die Messe ist geschlossen. Was noch ankommt, ist als Nachzügler gekennzeichnet.")
    toasts.show(request, text)
    return responses.redirect(request, asked.event_url(found))


@require_POST
@manages
def event_reopen(request: Request, public_id: UUID) -> HttpResponse:
    """It goes on."""
    found = asked.managed(request, public_id)
    events.reopen(actor=request.user, event=found, at=clock.now())
    toasts.show(request, _("Die Messe ist wieder offen."))
    return responses.redirect(request, asked.event_url(found))


@require_POST
@manages
def event_remove(request: Request, public_id: UUID) -> HttpResponse:
    """Give one up at which nothing was captured."""
    found = asked.managed(request, public_id)
    try:
        events.remove(actor=request.user, event=found, at=clock.now())
    except errors.Conflict as refusal:
        toasts.show(request, refusal.message, kind="check")
        return responses.redirect(request, asked.event_url(found))
    toasts.show(request, _("%(event)s ist entfernt.") % {"event": found})
    return responses.redirect(request, "event-list")


def _save(request: Request, form: FairForm, data: dict[str, Any]) -> Event:
    assert form.event is not None
    return events.change(
        actor=request.user,
        event=form.event,
        values=form.values(),
        version=data["version"],
        at=clock.now(),
    )


def _form_page(request: Request, form: FairForm, event: Event | None) -> HttpResponse:
    title = _("Messe ändern") if event else _("Messe anlegen")
    context = {"form": form, "event": event, "title": title}
    return responses.render(
        request, "fairs/form.html", context, fragment="form", status=forms.status_of(form)
    )
