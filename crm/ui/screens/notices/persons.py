"""What a person was told of their data, what they lack, and giving it to them."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from consent import controllers
from consent.notices import asking, standing, tasks, ways
from consent.notices.asking import Due
from consent.notices.rules.due import Outcome
from consent.notices.standing import Standing
from contacts import access
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.notices import names

LIGHTS = {Outcome.NONE: "yes", Outcome.DELTA: "check", Outcome.REVIEW: "check"}
SAID = {
    Outcome.NONE: gettext_lazy("alles bekannt"),
    Outcome.DELTA: gettext_lazy("einiges fehlt"),
    Outcome.REVIEW: gettext_lazy("zu klären"),
}
KINDS = {
    "art14": gettext_lazy("Daten von anderen (Art. 14)"),
    "skipped": gettext_lazy("nicht vorgelesen"),
    "deferred": gettext_lazy("auf den Termin verschoben"),
}


class GiveForm(django_forms.Form):
    """Which notice, in which way, in which language."""

    purpose = django_forms.ChoiceField(label=gettext_lazy("Zweck"))
    way = django_forms.ChoiceField(label=gettext_lazy("Weg"))
    language = django_forms.ChoiceField(
        label=gettext_lazy("Sprache"), choices=list(names.LANGUAGES.items())
    )

    def __init__(self, posted: Any, *, person: Person, found: Standing) -> None:
        super().__init__(posted, initial={"language": asking.language_of(person)})
        fields: Any = self.fields
        fields["purpose"].choices = [
            (due.version.purpose, names.purpose(due.version.purpose)) for due in found.due
        ]
        fields["way"].choices = [(way.key, way.label) for way in ways.of(person)]


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_VIEW)
def person(request: Request, public_id: UUID) -> HttpResponse:
    """Each notice in force and what of it the person has; a form to give one."""
    if request.method == "POST":
        policy.require(request.user, Permission.CONSENT_RECORD)
    found = access.person_for(user=request.user, public_id=public_id)
    at = clock.now()
    state = standing.of(found, controller=controllers.default(), at=at)
    form = GiveForm(_posted(request), person=found, found=state)
    if request.method == "POST":
        given = forms.carry_out(form, lambda data: _give(request, found, state, data))
        if given:
            return _answered(request, found, given)
    context = {
        "record": found,
        "rows": [_row(due) for due in state.due],
        "told": [_told(provision) for provision in state.told],
        "form": form,
        "may_give": policy.may(request.user, Permission.CONSENT_RECORD),
    }
    return responses.render(request, "notices/person.html", context, status=forms.status_of(form))


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def left(request: Request) -> HttpResponse:
    """Everybody who is still to be told, the most urgent first."""
    today, found = clock.today(), tasks.left(at=clock.now())
    rows = [
        {
            "task": task,
            "kind": KINDS[task.kind],
            "purpose": names.purpose(task.purpose),
            "is_overdue": task.is_overdue(today),
        }
        for task in found.listed
    ]
    context = {"rows": rows, "left": found}
    return responses.render(request, "notices/left.html", context)


def _give(request: Request, found: Person, state: Standing, data: dict[str, Any]) -> ways.Given:
    due = next(each for each in state.due if each.version.purpose == data["purpose"])
    return ways.give(
        actor=request.user,
        person=found,
        due=due,
        key=data["way"],
        language=data["language"],
        at=clock.now(),
    )


def _answered(request: Request, found: Person, given: ways.Given) -> HttpResponse:
    if given.letter is not None:
        response = HttpResponse(given.letter, content_type="application/pdf")
        response.headers["Content-Disposition"] = 'attachment; filename="datenschutzhinweise.pdf"'
        return response
    toasts.show(request, _("Ist festgehalten: %(status)s.") % {
        "status": given.provision.get_status_display()
    })  # fmt: skip
    return responses.redirect(request, "person-notices", found.public_id)


def _row(due: Due) -> dict[str, Any]:
    known = due.known.values()
    return {
        "due": due,
        "purpose": names.purpose(due.version.purpose),
        "light": LIGHTS.get(due.outcome, "no"),
        "said": SAID.get(due.outcome, _("nichts bekannt")),
        "items": ", ".join(names.item(item) for item in due.items),
        "since": max(known) if known else None,
        "known": len(due.known),
        "all": len(due.known) + len(due.items),
    }


def _told(provision: Any) -> dict[str, Any]:
    return {
        "provision": provision,
        "purpose": names.purpose(provision.version.purpose)
        if provision.version.purpose in names.PURPOSES
        else provision.version.purpose,
        "items": ", ".join(names.item(item) for item in sorted(provision.items)),
    }


def _posted(request: Request) -> Any:
    """What was sent, also if it is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
