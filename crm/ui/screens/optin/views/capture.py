"""Forms of colleagues on a person: a consent, and its end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consent import capturing, gate
from consent.optin import Press
from contacts import access, qualification
from contacts.models import Criterion, Person
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.login.attempts import address_of
from crm.ui.screens.optin.forms import (
    WAYS,
    DeclaredForm,
    EndForm,
    RequestForm,
    Way,
    ways_of,
)
from crm.ui.screens.records import subject


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_RECORD)
def record(request: Request, public_id: UUID, way: str) -> HttpResponse:
    """Record what was declared, or ask for a confirmation."""
    person = access.person_for(user=request.user, public_id=public_id)
    criterion = _criterion(request)
    if way not in ways_of(criterion):
        raise errors.NotFound(way=way)
    chosen = WAYS[way]
    posted: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form: DeclaredForm | RequestForm
    if way == "formular":
        form = RequestForm(*posted, person=person, way=chosen)
        act = _ask
    else:
        form = DeclaredForm(
            *posted, person=person, way=chosen, criterion=criterion, now=clock.now()
        )
        act = _record
    if request.method == "POST" and forms.carry_out(form, lambda _data: act(request, person, form)):
        return _back(request, person, criterion)
    context = {
        "form": form,
        "person": person,
        "way": chosen,
        "criterion": criterion,
        "tabs": _tabs(person, chosen, criterion),
    }
    return responses.render(
        request, "optin/record.html", context, fragment="form", status=forms.status_of(form)
    )


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_RECORD)
def end(request: Request, public_id: UUID) -> HttpResponse:
    """Record a withdrawal or an objection."""
    person = access.person_for(user=request.user, public_id=public_id)
    posted = request.POST if request.method == "POST" else None
    consent = request.GET.get("einwilligung", "")
    form = EndForm(posted, person=person, now=clock.now(), consent=consent)
    if request.method == "POST" and forms.carry_out(form, lambda _data: _end(request, form)):
        toasts.show(request, _("Ist eingetragen und gilt ab dem Eingang."))
        return responses.redirect(request, "person-detail", person.public_id)
    context = {"form": form, "person": person}
    return responses.render(
        request, "optin/end.html", context, fragment="form", status=forms.status_of(form)
    )


def _record(request: Request, person: Person, form: Any) -> bool:
    at = clock.now()
    events = capturing.record(actor=request.user, person=person, declared=form.declared(), at=at)
    is_yes = form.cleaned_data["answer"] == "yes"
    text = _("Die Einwilligung ist eingetragen.") if is_yes else _("Das Nein ist eingetragen.")
    toasts.show(request, text)
    if is_yes and form.confirmed_to is not None:
        _confirm_in_writing(request, person, form, events)
    return True


def _confirm_in_writing(request: Request, person: Person, form: Any, events: Any) -> None:
    """Send it; what was recorded stays recorded if the mail does not leave."""
    try:
        capturing.confirm_in_writing(
            actor=request.user,
            person=person,
            events=events,
            text=form.chosen_text,
            point=form.confirmed_to,
            at=clock.now(),
        )
    except errors.DomainError as refusal:
        toasts.show(request, refusal.message, kind="check")


def _ask(request: Request, person: Person, form: Any) -> bool:
    agent = request.headers.get("User-Agent", "")
    press = Press(address=address_of(request)[:45], agent=agent, form="capture")
    try:
        made = capturing.ask(
            actor=request.user,
            person=person,
            text=form.chosen_text,
            wishes=form.wishes,
            press=press,
            at=clock.now(),
        )
    except gate.NotAllowed as refusal:
        raise errors.Invalid({"ways": [refusal.message]}) from refusal
    for confirmation in made.confirmations.select_related("point"):
        words = _("Die Bestätigung ist unterwegs an %(value)s.")
        toasts.show(request, words % {"value": confirmation.point.display})
    return True


def _end(request: Request, form: EndForm) -> bool:
    data, at = form.cleaned_data, clock.now()
    known = {
        "actor": request.user,
        "person": form.person,
        "received_at": data["received_at"],
        "via": data["via"],
        "wording": data["wording"],
        "at": at,
    }
    capturing.end(lines=data["what"], objected=form.objected, **known)
    return True


def _criterion(request: Request) -> Criterion | None:
    """The criterion whose answer is to be kept, if the form is about one.

    :raises errors.NotFound: there is none of that name that needs a consent
    """
    code = request.GET.get("kriterium", "")
    if not code:
        return None
    found = qualification.guarded().filter(code=code).first()
    if found is None:
        raise errors.NotFound(code=code)
    return found


def _back(request: Request, person: Person, criterion: Criterion | None) -> HttpResponse:
    """To the person; to the answer, if the consent was asked for its sake."""
    if criterion is None:
        return responses.redirect(request, "person-detail", person.public_id)
    return responses.redirect(request, subject.url_of(person, anchor=f"antwort-{criterion.code}"))


def _tabs(person: Person, chosen: Way, criterion: Criterion | None) -> list[dict[str, Any]]:
    about = f"?kriterium={criterion.code}" if criterion else ""
    return [
        {
            "label": way.label,
            "url": reverse("consent-record", args=[person.public_id, way.code]) + about,
            "is_current": way == chosen,
        }
        for way in ways_of(criterion).values()
    ]
