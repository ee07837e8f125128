"""List, take in, look at."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from consent.models import RequestState
from consent.requests import cases
from contacts import access
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.subject_requests import pages
from crm.ui.screens.subject_requests.forms import RequestForm

MOST_CLOSED = 50


@require_GET
@permitted(Permission.REQUESTS_MANAGE)
def request_list(request: Request) -> HttpResponse:
    """What has to be answered, the most urgent first, and what was answered lately."""
    today = clock.today()
    found = cases.cases_of(request.user)
    lines = [pages.line_of(case, today=today) for case in found.filter(state=RequestState.OPEN)]
    lines.sort(key=lambda line: (line.is_standing, line.due.legal))
    closed = found.exclude(state=RequestState.OPEN).order_by("-closed_at")[:MOST_CLOSED]
    context = {"lines": lines, "closed": closed, "today": today}
    return responses.render(request, "subject_requests/list.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_RECORD)
def request_new(request: Request) -> HttpResponse:
    """Take a request in; ``?person=`` says who it is from, if that is known."""
    now = clock.now()
    person = _person(request)
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        initial={"received_on": timezone.localdate(now), "article": "15"},
    )
    if request.method == "POST":
        made = forms.carry_out(
            form,
            lambda _data: cases.receive(
                actor=request.user, person=person, at=now, **form.values(now)
            ),
        )
        if made:
            toasts.show(request, _("Antrag %(number)s ist aufgenommen.") % {"number": made.number})
            if policy.may(request.user, Permission.REQUESTS_MANAGE):
                return responses.redirect(request, "request", public_id=made.public_id)
            if person is not None:
                return responses.redirect(request, "person-detail", public_id=person.public_id)
            return responses.redirect(request, "today")
    context = {"form": form, "person": person}
    return responses.render(
        request,
        "subject_requests/form.html",
        context,
        fragment="form",
        status=forms.status_of(form),
    )


@require_GET
@permitted(Permission.REQUESTS_MANAGE)
def request_page(request: Request, public_id: UUID) -> HttpResponse:
    """One request with everything that can be done about it."""
    case = cases.case_for(user=request.user, public_id=public_id)
    context = pages.context_of(case, user=request.user)
    return responses.render(request, "subject_requests/page.html", context)


def _person(request: Request) -> Person | None:
    """Whom the address names."""
    named = request.GET.get("person", "")
    return access.person_for(user=request.user, public_id=named) if named else None
