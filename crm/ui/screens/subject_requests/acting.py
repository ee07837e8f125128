"""What is done about a request: each act is one form on its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consent.models import SubjectRequest
from consent.requests import cases, erasures
from contacts import access
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms as handing
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.subject_requests import pages
from crm.ui.screens.subject_requests.forms import (
    AnswerForm,
    AskForm,
    EraseForm,
    ExtendForm,
    IdentifyForm,
    LiftForm,
    RefuseForm,
)

Act = Callable[[dict[str, Any]], object]


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def ask(request: Request, public_id: UUID) -> HttpResponse:
    """A proof of identity was asked for."""
    case = cases.case_for(user=request.user, public_id=public_id)
    return _done(
        request,
        case,
        "ask",
        AskForm(request.POST, auto_id="ask_%s"),
        lambda data: cases.ask_identity(actor=request.user, case=case, at=clock.now(), **data),
        _("Die Frist steht still, bis der Nachweis da ist."),
    )


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def identify(request: Request, public_id: UUID) -> HttpResponse:
    """It is known who it is."""
    case = cases.case_for(user=request.user, public_id=public_id)
    found = pages.candidates(case, request.user)

    def act(data: dict[str, Any]) -> None:
        named = data.pop("person", "")
        person = access.person_for(user=request.user, public_id=named) if named else None
        cases.prove_identity(actor=request.user, case=case, person=person, at=clock.now(), **data)

    form = IdentifyForm(request.POST, found=found, auto_id="identify_%s")
    return _done(request, case, "identify", form, act, _("Die Identität ist festgehalten."))


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def extend(request: Request, public_id: UUID) -> HttpResponse:
    """Two months more."""
    case = cases.case_for(user=request.user, public_id=public_id)
    return _done(
        request,
        case,
        "extend",
        ExtendForm(request.POST, auto_id="extend_%s"),
        lambda data: cases.extend(actor=request.user, case=case, at=clock.now(), **data),
        _("Die Frist ist um zwei Monate verlängert."),
    )


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def refuse(request: Request, public_id: UUID) -> HttpResponse:
    """No, and why."""
    case = cases.case_for(user=request.user, public_id=public_id)
    return _done(
        request,
        case,
        "refuse",
        RefuseForm(request.POST, auto_id="refuse_%s"),
        lambda data: cases.refuse(actor=request.user, case=case, at=clock.now(), **data),
        _("Der Antrag ist abgelehnt. Das Schreiben dazu steht bereit."),
    )


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def answer(request: Request, public_id: UUID) -> HttpResponse:
    """It was answered."""
    case = cases.case_for(user=request.user, public_id=public_id)
    return _done(
        request,
        case,
        "answered",
        AnswerForm(request.POST, article=case.article, auto_id="answer_%s"),
        lambda data: cases.answer(actor=request.user, case=case, at=clock.now(), **data),
        _("Der Antrag ist erledigt."),
    )


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def lift(request: Request, public_id: UUID) -> HttpResponse:
    """The restriction ends."""
    case = cases.case_for(user=request.user, public_id=public_id)
    person = case.person
    if person is None:
        raise errors.NotFound(public_id=str(public_id))
    return _done(
        request,
        case,
        "lifting",
        LiftForm(request.POST, auto_id="lift_%s"),
        lambda data: cases.lift_restrictions(
            actor=request.user, person=person, at=clock.now(), **data
        ),
        _("Die Einschränkung ist aufgehoben."),
    )


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def erase(request: Request, public_id: UUID) -> HttpResponse:
    """Everything that may go goes."""
    case = cases.case_for(user=request.user, public_id=public_id)
    name = case.person.full_name if case.person else ""
    return _done(
        request,
        case,
        "erase",
        EraseForm(request.POST, name=name, auto_id="erase_%s"),
        lambda data: erasures.erase(actor=request.user, case=case, at=clock.now(), **data),
        _("Die Daten sind gelöscht. Was das Gesetz aufbewahrt, liegt gesperrt im Tresor."),
    )


def _done(
    request: Request, case: SubjectRequest, name: str, form: forms.Form, act: Act, said: str
) -> HttpResponse:
    """Do it and go back to the page, or show it again with what is wrong."""

    def carried(data: dict[str, Any]) -> bool:
        act(data)
        return True

    if handing.carry_out(form, carried):
        toasts.show(request, said)
        return responses.redirect(request, "request", public_id=case.public_id)
    case = cases.case_for(user=request.user, public_id=case.public_id)
    context = pages.context_of(case, user=request.user, **{name: form})
    return responses.render(request, "subject_requests/page.html", context, status=422)
