"""Quick add of a person or a company."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import access, intake
from contacts.contact_points import Record
from contacts.models import Company
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.records import subject
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
    if request.method == "POST":
        person = refusals.carry_out(form, lambda _data: _create_person(form))
        if person:
            return _done(request, person, "person-new")
    return _page(request, "records/person_new.html", form)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_EDIT)
def company_new(request: Request) -> HttpResponse:
    """A company with contact points and address."""
    form = NewCompanyForm(subject.posted(request), request=request, initial=_handed_over(request))
    if request.method == "POST":
        company = refusals.carry_out(form, lambda _data: _create_company(form))
        if company:
            return _done(request, company, "company-new")
    return _page(request, "records/company_new.html", form)


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
        at=at,
        **form.origin(at=at),
    )


def _company(request: Request) -> Company | None:
    wanted = request.GET.get("firma")
    return access.company_for(user=request.user, public_id=wanted) if wanted else None


def _done(request: Request, record: Record, again: str) -> HttpResponse:
    toasts.show(request, _("„%(name)s“ ist angelegt.") % {"name": record.full_name})
    if "weiteres" not in request.POST:
        return responses.redirect(request, subject.url_of(record))
    query = request.GET.urlencode()
    return responses.redirect(request, reverse(again) + (f"?{query}" if query else ""))


def _page(request: Request, template: str, form: forms.Form) -> HttpResponse:
    return responses.render(
        request, template, {"form": form}, fragment="form", status=refusals.status_of(form)
    )
