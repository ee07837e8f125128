"""Contact points of a record: add and edit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import contact_points, correcting, freshness
from contacts.contact_points import Record
from contacts.models import ContactPointHolder
from crm.kernel import clock, errors
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms import reconciled
from crm.ui.screens.records.forms.points import NewPointForm, PointForm

ROW = "records/point_of.html"
ADD = "records/reach_add.html"


@require_http_methods(["GET", "POST"])
def point_new(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Add a contact point."""
    record = subject.editable(request, kind, public_id)
    form = NewPointForm(subject.posted(request), request=request)
    if request.method == "POST":
        at = clock.now()
        added = forms.carry_out(form, lambda _data: _add(request, record, form, at))
        if added:
            text = _("%(value)s ist hinzugefügt.") % {"value": added.contact_point.display}
            return outcomes.changed(
                request, record, text=text, main=ADD, anchor=anchor_of(added), new_point=added.pk
            )
    title = _("Kontaktweg hinzufügen")
    return outcomes.form_page(request, record, "records/point_new_form.html", form, title, main=ADD)


@require_http_methods(["GET", "POST"])
def point(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Edit a contact point in its row."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    form = PointForm(subject.posted(request), request=request, holder=holder)
    if (
        request.method == "POST"
        and reconciled.save(form, lambda *a: _correct(form, holder, *a)) is not None
    ):
        text = _("Der Kontaktweg ist gesichert.")
        anchor = anchor_of(holder)
        return outcomes.changed(request, record, text=text, main=ROW, anchor=anchor, pk=pk)
    title = _("Kontaktweg bearbeiten")
    return outcomes.form_page(
        request, record, "records/point_form.html", form, title, main=ROW, pk=pk, holder=holder
    )


def holder_of(record: Record, pk: int) -> ContactPointHolder:
    """The record's contact point of that number; page 404 without it."""
    found: ContactPointHolder | None = contact_points.held_by(record).filter(pk=pk).first()
    if found is None:
        raise errors.NotFound
    return found


def anchor_of(holder: ContactPointHolder) -> str:
    """Where the contact point stands on the page."""
    return f"weg-{holder.pk}"


def _add(request: Request, record: Record, form: NewPointForm, at: Any) -> ContactPointHolder:
    wanted = {
        name: form.cleaned_data[name]
        for name in ("kind", "value", "purpose", "label", "is_preferred")
    }
    return contact_points.add(
        actor=request.user, record=record, **wanted, **form.origin(at=at), at=at
    )


def _correct(
    form: PointForm, holder: ContactPointHolder, values: dict[str, Any], version: int
) -> ContactPointHolder:
    at = clock.now()
    actor = form.request.user
    value = values.pop("value", holder.contact_point.display)
    corrected = correcting.correct_point(
        actor=actor,
        holder=holder,
        value=value,
        values=values,
        version=version,
        at=at,
        **form.origin(at=at),
    )
    if form.cleaned_data["confirmed"] and corrected.confirmed_on != at.date():
        freshness.confirm(actor=actor, datum=corrected, at=at)
    return corrected
