"""Numbers of a record in other systems: adding one."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import external_ids
from contacts.contact_points import Record
from contacts.models import ExternalId
from crm.kernel import clock
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms.small import NumberForm

ADD = "records/number_add.html"


@require_http_methods(["GET", "POST"])
def number_new(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Add a number."""
    record = subject.editable(request, kind, public_id)
    form = NumberForm(subject.posted(request), request=request)
    if request.method == "POST":
        added = forms.carry_out(form, lambda _data: _add(record, form))
        if added:
            text = _("Die Nummer %(number)s ist hinzugefügt.") % {"number": added}
            return outcomes.changed(request, record, text=text, main=ADD, anchor="nummern")
    title = _("Nummer hinzufügen")
    return outcomes.form_page(request, record, "records/number_form.html", form, title, main=ADD)


def _add(record: Record, form: NumberForm) -> ExternalId:
    at = clock.now()
    form.cleaned_data.setdefault("confirmed", False)
    return external_ids.add(
        actor=form.request.user,
        record=record,
        system=form.cleaned_data["system"],
        value=form.cleaned_data["value"],
        source=form.origin(at=at)["source"],
        at=at,
    )
