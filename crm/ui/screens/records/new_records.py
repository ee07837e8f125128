"""Quick add of a person or a company, with those who are perhaps the same beside it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import access, intake, supplementing
from contacts.contact_points import Record
from contacts.intake import NewRole
from contacts.models import Company, Person
from contacts.supplementing import Supplement
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.records import subject, supplemented, suspects
from crm.ui.screens.records.forms.new_company import NewCompanyForm
from crm.ui.screens.records.forms.new_person import NewPersonForm


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_EDIT)
def person_new(request: Request) -> HttpResponse:
    """A person with company, contact points and address (``?firma=`` names the company)."""
    form = NewPersonForm(
        subject.posted(request),
        request=request,
        company=_company(request),
        initial=_handed_over(request),
    )
    if "ergaenzen" in request.POST:
        wanted = access.person_for(user=request.user, public_id=request.POST["ergaenzen"])
        found = refusals.carry_out(form, lambda _data: _supplement(form, wanted, form.role()))
        if found:
            return _supplemented(request, found)
    elif request.method == "POST" and not suspects.is_asked(request):
        person = refusals.carry_out(form, lambda _data: _create_person(form))
        if person:
            return _done(request, person, "person-new")
    return _page(request, "records/person_new.html", form, Person)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_EDIT)
def company_new(request: Request) -> HttpResponse:
    """A company with contact points and address."""
    form = NewCompanyForm(subject.posted(request), request=request, initial=_handed_over(request))
    if "ergaenzen" in request.POST:
        wanted = access.company_for(user=request.user, public_id=request.POST["ergaenzen"])
        found = refusals.carry_out(form, lambda _data: _supplement(form, wanted))
        if found:
            return _supplemented(request, found)
    elif request.method == "POST" and not suspects.is_asked(request):
        company = refusals.carry_out(form, lambda _data: _create_company(form))
        if company:
            return _done(request, company, "company-new")
    return _page(request, "records/company_new.html", form, Company)


def _handed_over(request: Request) -> dict[str, str]:
    """What was typed into the search (``?name=``, ``?phone=``, ``?email=``)."""
    return {name: request.GET[name] for name in ("name", "phone", "email") if name in request.GET}


def _create_person(form: NewPersonForm) -> Record:
    at = clock.now()
    return intake.create_person_with(
        actor=form.request.user,
        values=form.values(),
        role=form.role(),
        points=form.points(),
        address=form.address(),
        apart=suspects.apart(form.request, Person),
        at=at,
        **form.origin(at=at),
    )


def _create_company(form: NewCompanyForm) -> Record:
    at = clock.now()
    return intake.create_company_with(
        actor=form.request.user,
        values=form.values(),
        points=form.points(),
        address=form.address(),
        apart=suspects.apart(form.request, Company),
        at=at,
        **form.origin(at=at),
    )


def _supplement(
    form: NewPersonForm | NewCompanyForm, record: Record, role: NewRole | None = None
) -> Supplement:
    at = clock.now()
    return supplementing.supplement(
        actor=form.request.user,
        record=record,
        values=form.values(),
        role=role,
        points=form.points(),
        address=form.address(),
        at=at,
        **form.origin(at=at),
    )


def _supplemented(request: Request, found: Supplement) -> HttpResponse:
    supplemented.tell(request, found)
    return responses.redirect(request, subject.url_of(found.record))


def _company(request: Request) -> Company | None:
    wanted = request.GET.get("firma")
    return access.company_for(user=request.user, public_id=wanted) if wanted else None


def _done(request: Request, record: Record, again: str) -> HttpResponse:
    toasts.show(request, _("„%(name)s“ ist angelegt.") % {"name": record.full_name})
    if "weiteres" not in request.POST:
        return responses.redirect(request, subject.url_of(record))
    query = request.GET.urlencode()
    return responses.redirect(request, reverse(again) + (f"?{query}" if query else ""))


def _page(request: Request, template: str, form: Any, model: type[Record]) -> HttpResponse:
    name = "person" if model is Person else "company"
    fields = request.POST if request.method == "POST" else _shown(form)
    context = {
        "form": form,
        "panel": suspects.of_new(request, model, fields),
        "is_new": True,
        "check_url": reverse(f"{name}-new-suspects"),
    }
    status = 200 if suspects.is_asked(request) else refusals.status_of(form)
    return responses.render(request, template, context, fragment="form", status=status)


def _shown(form: forms.Form) -> dict[str, Any]:
    """What stands in the fields of a form that was not sent yet."""
    return {name: form[name].value() for name in form.fields}
