"""Addresses of a record: add, correct, move, confirm, end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts import addresses, freshness
from contacts.contact_points import Record
from contacts.models import Address
from crm.kernel import clock, errors
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms import reconciled
from crm.ui.screens.records.forms.places import PlaceForm

ROW = "records/place_of.html"
ADD = "records/reach_add.html"


@require_http_methods(["GET", "POST"])
def place_new(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Add an address."""
    record = subject.editable(request, kind, public_id)
    form = PlaceForm(subject.posted(request), request=request, record=record)
    if request.method == "POST":
        added = forms.carry_out(form, lambda _data: _add(record, form))
        if added:
            text = _("Die Anschrift %(address)s ist hinzugefügt.") % {"address": added}
            anchor = f"anschrift-{added.pk}"
            return outcomes.changed(
                request, record, text=text, main=ADD, anchor=anchor, new_place=added.pk
            )
    title = _("Anschrift hinzufügen")
    return outcomes.form_page(request, record, "records/place_form.html", form, title, main=ADD)


@require_http_methods(["GET", "POST"])
def place(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Correct an address in its row, or write down a move."""
    record = subject.editable(request, kind, public_id)
    address = address_of(record, pk)
    form = PlaceForm(subject.posted(request), request=request, record=record, address=address)
    if (
        request.method == "POST"
        and reconciled.save(form, lambda *a: _write(form, address, *a)) is not None
    ):
        moved = form.cleaned_data["moved_on"]
        text = _("Der Umzug ist festgehalten.") if moved else _("Die Anschrift ist gesichert.")
        anchor = f"anschrift-{pk}"
        return outcomes.changed(request, record, text=text, main=ROW, pk=pk, anchor=anchor)
    title = _("Anschrift bearbeiten")
    return outcomes.form_page(
        request, record, "records/place_form.html", form, title, main=ROW, pk=pk, address=address
    )


@require_POST
def confirm(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Somebody says that the address is right today."""
    record = subject.editable(request, kind, public_id)
    address = address_of(record, pk)
    freshness.confirm(actor=request.user, datum=address, at=clock.now())
    text = _("%(address)s ist bestätigt.") % {"address": address}
    return outcomes.changed(request, record, text=text, anchor=f"anschrift-{pk}")


@require_POST
def end(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """The address held until yesterday; ``?zurueck=1`` takes that back."""
    record = subject.editable(request, kind, public_id)
    address = address_of(record, pk)
    at = clock.now()
    if request.GET.get("zurueck"):
        addresses.update(
            actor=request.user,
            address=address,
            values={"valid_to": None},
            source=address.source,
            confirmed_on=address.confirmed_on,
            at=at,
        )
        return outcomes.changed(request, record, anchor=f"anschrift-{pk}")
    yesterday = at.date() - timedelta(days=1)
    addresses.end(actor=request.user, address=address, last_day=yesterday, at=at)
    undo = f"{subject.url('record-place-end', record, pk)}?zurueck=1"
    text = _("%(address)s gilt nicht mehr.") % {"address": address}
    return outcomes.changed(request, record, text=text, undo_url=undo, anchor="kontaktwege")


def address_of(record: Record, pk: int) -> Address:
    """The record's address of that number; page 404 without it."""
    found = record.addresses.select_related("source", "person", "company").filter(pk=pk).first()
    if found is None:
        raise errors.NotFound
    return found


def _add(record: Record, form: PlaceForm) -> Address:
    at = clock.now()
    return addresses.add(
        actor=form.request.user, record=record, values=form.values(), at=at, **form.origin(at=at)
    )


def _write(form: PlaceForm, address: Address, values: dict[str, Any], version: int) -> Address:
    at = clock.now()
    actor = form.request.user
    if moved_on := form.cleaned_data["moved_on"]:
        whole = {name: value for name, value in form.values().items() if name != "valid_to"}
        source = form.origin(at=at)["source"]
        return addresses.move(
            actor=actor, address=address, values=whole, since=moved_on, source=source, at=at
        )
    if not values and form.cleaned_data["confirmed"]:
        freshness.confirm(actor=actor, datum=address, at=at)
        return address
    return addresses.update(
        actor=actor, address=address, values=values, version=version, at=at, **form.origin(at=at)
    )
