"""Who looks after the record, and confirming it as a whole."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts import assigning, freshness
from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms.small import KeeperForm

ROW = "records/keeper.html"


@require_POST
def confirm_all(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Somebody went through everything: it is right today."""
    record = subject.editable(request, kind, public_id)
    freshness.confirm_record(actor=request.user, record=record, at=clock.now())
    text = _("Alle Angaben sind heute bestätigt.")
    return outcomes.changed(request, record, text=text)


@require_http_methods(["GET", "POST"])
def keeper(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Owner and team, for those who may assign."""
    record = subject.seen(request, kind, public_id)
    policy.require(request.user, Permission.CONTACTS_ASSIGN)
    form = KeeperForm(subject.posted(request), record=record)
    if request.method == "POST":
        model: Any = Person if isinstance(record, Person) else Company
        saved = forms.carry_out(form, lambda data: _assign(request, model, record.pk, data))
        if saved:
            return _after(request, kind, public_id)
    title = _("Zuständigkeit ändern")
    return outcomes.form_page(request, record, "records/keeper_form.html", form, title, main=ROW)


def _assign(request: Request, model: Any, pk: int, data: dict[str, Any]) -> bool:
    assigning.assign(
        actor=request.user,
        records=model.objects.filter(pk=pk),
        owner=data["owner"],
        team=data["team"],
        at=clock.now(),
    )
    return True


def _after(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Who hands a record on may no longer see it."""
    text = _("Die Zuständigkeit ist geändert.")
    try:
        record = subject.seen(request, kind, public_id)
    except errors.NotFound:
        toasts.show(request, text)
        return responses.redirect(request, "/")
    return outcomes.changed(request, record, text=text, main=ROW, anchor="zustaendigkeit")
