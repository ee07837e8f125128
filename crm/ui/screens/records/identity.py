"""Editing the own fields of a record, and its remark."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import companies, persons
from contacts.contact_points import Record
from contacts.models import Person
from crm.kernel import clock
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms import reconciled
from crm.ui.screens.records.forms.identity import CompanyForm, PersonForm, RemarkForm

Form = PersonForm | CompanyForm


@require_http_methods(["GET", "POST"])
def identity(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Name and all that belongs to the record itself."""
    record = subject.editable(request, kind, public_id)
    form = _form(request, record)
    main = "records/identity.html"
    if request.method == "POST" and _saved(request, record, form):
        text = _("Die Stammdaten sind gesichert.")
        return outcomes.changed(request, record, text=text, main=main)
    title = _("Stammdaten bearbeiten")
    template = f"records/{record._meta.model_name}_form.html"
    return outcomes.form_page(request, record, template, form, title, main=main)


@require_http_methods(["GET", "POST"])
def remark(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """The remark."""
    record = subject.editable(request, kind, public_id)
    form = RemarkForm(subject.posted(request), request=request, record=record)
    main = "records/remark.html"
    if request.method == "POST" and _saved(request, record, form):
        text = _("Die Bemerkung ist gesichert.")
        return outcomes.changed(request, record, text=text, main=main, anchor="bemerkung")
    title = _("Bemerkung bearbeiten")
    return outcomes.form_page(request, record, "records/remark_form.html", form, title, main=main)


def _form(request: Request, record: Record) -> Form:
    data = subject.posted(request)
    if isinstance(record, Person):
        return PersonForm(data, request=request, person=record)
    return CompanyForm(data, request=request, record=record)


def _saved(request: Request, record: Record, form: Form | RemarkForm) -> Record | None:
    at = clock.now()

    def write(values: dict[str, Any], version: int) -> Record:
        known: dict[str, Any] = {
            "actor": request.user,
            "values": values,
            "version": version,
            "at": at,
        }
        if isinstance(record, Person):
            return persons.update(person=record, **known, **form.origin(at=at))
        return companies.update(company=record, **known, **form.origin(at=at))

    return reconciled.save(form, write)
