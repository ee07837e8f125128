"""Roles of a person at companies: add, edit, confirm, end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts import employments, freshness, intake
from contacts.intake import NewRole
from contacts.models import Employment, Person
from crm.kernel import clock, errors
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms import reconciled
from crm.ui.screens.records.forms.roles import NewRoleForm, RoleForm

ROW = "records/role_of.html"
ADD = "records/role_add.html"


@require_http_methods(["GET", "POST"])
def role_new(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Give the person a role, at a company that is there or a new one."""
    person = _person(request, kind, public_id)
    form = NewRoleForm(subject.posted(request), request=request)
    if request.method == "POST":
        added = forms.carry_out(form, lambda _data: _add(person, form))
        if added:
            text = _("%(role)s ist hinzugefügt.") % {"role": added}
            anchor = f"rolle-{added.pk}"
            return outcomes.changed(
                request, person, text=text, main=ADD, anchor=anchor, new_role=added.pk
            )
    title = _("Rolle hinzufügen")
    return outcomes.form_page(request, person, "records/role_form.html", form, title, main=ADD)


@require_http_methods(["GET", "POST"])
def role(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Edit a role in its row."""
    person = _person(request, kind, public_id)
    employment = _employment(person, pk)
    data = subject.posted(request)
    form = RoleForm(data, request=request, person=person, employment=employment)
    if (
        request.method == "POST"
        and reconciled.save(form, lambda *a: _write(form, employment, *a)) is not None
    ):
        text = _("Die Rolle ist gesichert.")
        anchor = f"rolle-{pk}"
        return outcomes.changed(request, person, text=text, main=ROW, pk=pk, anchor=anchor)
    title = _("Rolle bearbeiten")
    return outcomes.form_page(
        request,
        person,
        "records/role_form.html",
        form,
        title,
        main=ROW,
        pk=pk,
        employment=employment,
    )


@require_POST
def confirm(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Somebody says that the person still does this."""
    person = _person(request, kind, public_id)
    employment = _employment(person, pk)
    freshness.confirm(actor=request.user, datum=employment, at=clock.now())
    text = _("%(role)s ist bestätigt.") % {"role": employment}
    return outcomes.changed(request, person, text=text, anchor=f"rolle-{pk}")


@require_POST
def end(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """The role ended yesterday; ``?zurueck=1`` takes that back."""
    person = _person(request, kind, public_id)
    employment = _employment(person, pk)
    at = clock.now()
    was_primary = employment.is_primary
    if request.GET.get("zurueck"):
        values = {"ended_on": None, "is_primary": request.GET["zurueck"] == "haupt"}
        employments.update(actor=request.user, employment=employment, values=values, at=at)
        return outcomes.changed(request, person, anchor=f"rolle-{pk}")
    yesterday = at.date() - timedelta(days=1)
    employments.end(actor=request.user, employment=employment, last_day=yesterday, at=at)
    back = "haupt" if was_primary else "neben"
    undo = f"{subject.url('record-role-end', person, pk)}?zurueck={back}"
    text = _("%(role)s ist beendet.") % {"role": employment}
    return outcomes.changed(request, person, text=text, undo_url=undo, anchor="rollen")


def _person(request: Request, kind: str, public_id: UUID) -> Person:
    record = subject.editable(request, kind, public_id)
    if not isinstance(record, Person):
        raise errors.NotFound(public_id=str(public_id))
    return record


def _employment(person: Person, pk: int) -> Employment:
    found = person.employments.select_related("company", "person").filter(pk=pk).first()
    if found is None:
        raise errors.NotFound
    return found


def _add(person: Person, form: NewRoleForm) -> Employment:
    at = clock.now()
    wanted = NewRole(company=form.chosen, new_company=form.new_name, values=form.role_values())
    return intake.add_role_with(
        actor=form.request.user, person=person, role=wanted, at=at, **form.origin(at=at)
    )


def _write(
    form: RoleForm, employment: Employment, values: dict[str, Any], version: int
) -> Employment:
    at = clock.now()
    actor = form.request.user
    saved = employments.update(
        actor=actor, employment=employment, values=values, version=version, at=at
    )
    if form.confirmed_on(at=at) and saved.confirmed_on != at.date():
        freshness.confirm(actor=actor, datum=saved, at=at)
    return saved
