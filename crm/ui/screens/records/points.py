"""Contact points of a record: add, edit, confirm, verify, set the status, prefer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts import contact_points, correcting, freshness
from contacts.contact_points import Record
from contacts.models import ContactPointHolder, ContactPointStatus
from crm.kernel import clock, errors
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms import reconciled
from crm.ui.screens.records.forms.points import NewPointForm, PointForm
from crm.ui.screens.records.forms.small import VerifyForm

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
                request, record, text=text, main=ADD, anchor=_anchor(added), new_point=added.pk
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
        anchor = _anchor(holder)
        return outcomes.changed(request, record, text=text, main=ROW, anchor=anchor, pk=pk)
    title = _("Kontaktweg bearbeiten")
    return outcomes.form_page(
        request, record, "records/point_form.html", form, title, main=ROW, pk=pk, holder=holder
    )


@require_POST
def confirm(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Somebody says that the contact point is right today."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    freshness.confirm(actor=request.user, datum=holder, at=clock.now())
    text = _("%(value)s ist bestätigt.") % {"value": holder.contact_point.display}
    return outcomes.changed(request, record, text=text, anchor=_anchor(holder))


@require_http_methods(["GET", "POST"])
def verify(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Remember how it turned out that the contact point works."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    form = VerifyForm(subject.posted(request), auto_id=f"verify-{pk}-%s")
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: contact_points.verify(
                actor=request.user, holder=holder, how=data["how"], at=clock.now()
            ),
        )
        if saved:
            text = _("%(value)s ist geprüft.") % {"value": holder.contact_point.display}
            anchor = _anchor(holder)
            return outcomes.changed(request, record, text=text, main=ROW, anchor=anchor, pk=pk)
    title = _("%(value)s prüfen") % {"value": holder.contact_point.display}
    return outcomes.form_page(
        request, record, "records/verify_form.html", form, title, main=ROW, pk=pk, holder=holder
    )


@require_POST
def status(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Mark as active, bounced, retired or given to somebody else."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    before = holder.status
    wanted = request.POST.get("status") or request.GET.get("status", "")
    contact_points.set_status(actor=request.user, holder=holder, status=wanted, at=clock.now())
    label = ContactPointStatus(wanted).label
    text = _("%(value)s: %(status)s.") % {"value": holder.contact_point.display, "status": label}
    undo = f"{subject.url('record-point-status', record, pk)}?status={before}"
    return outcomes.changed(request, record, text=text, undo_url=undo, anchor=_anchor(holder))


@require_POST
def prefer(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Prefer the contact point among those of its kind, or no longer."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    values = {"is_preferred": not holder.is_preferred}
    contact_points.update(actor=request.user, holder=holder, values=values, at=clock.now())
    return outcomes.changed(request, record, anchor=_anchor(holder))


def holder_of(record: Record, pk: int) -> ContactPointHolder:
    """The record's contact point of that number; page 404 without it."""
    found: ContactPointHolder | None = contact_points.held_by(record).filter(pk=pk).first()
    if found is None:
        raise errors.NotFound
    return found


def _anchor(holder: ContactPointHolder) -> str:
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
