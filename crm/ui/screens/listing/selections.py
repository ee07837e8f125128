"""What is done with chosen rows: assign, confirm, answer; first what it means, then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts import assigning, bulk, sources
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.listing.counting import Count, count
from contacts.listing.selecting import Selection, for_change
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.listing import views_bar
from crm.ui.screens.listing.forms import AnswerForm, AssignForm
from crm.ui.screens.listing.lists import SCREENS, Screen
from crm.ui.screens.records import subject

PICKS = "pick"
FEWEST, MOST = 2, 5  # records that can be merged from a list


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that a form carries: some by name, or all that its query means."""

    screen: Screen
    scope: Scope
    selection: Selection

    @property
    def told(self) -> str:
        """``12 Ansprechpartner``."""
        number = self.number
        if number.is_capped:
            return f"{views_bar.told(number)} {self.screen.label}"
        return self.screen.counted(number.value)

    @property
    def number(self) -> Count:
        """How many rows were chosen."""
        if self.selection.public_ids is not None:
            return Count(len(self.selection.public_ids))
        return count(scope=self.scope, query=self.selection.query)

    @property
    def address(self) -> str:
        """The list that they were chosen from."""
        query = self.selection.query.encode()
        return f"{self.screen.url()}?{query}" if query else self.screen.url()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that carry the choice to the next step."""
        pairs = [("query", self.selection.query.encode())]
        if self.selection.public_ids is None:
            return [*pairs, ("everything", "1")]
        return [*pairs, *((PICKS, value) for value in sorted(self.selection.public_ids))]


def chosen(request: Request, name: ListName) -> Chosen:
    """Read the choice from the form of a list."""
    scope = Scope(name, request.user, clock.now())
    query = queries.parse_string(scope=scope, text=request.POST.get("query", ""))
    everything = bool(request.POST.get("everything"))
    picks = None if everything else frozenset(request.POST.getlist(PICKS))
    return Chosen(SCREENS[name], scope, Selection(query, picks))


@require_POST
@permitted(Permission.CONTACTS_ASSIGN)
def assign(request: Request, name: ListName) -> HttpResponse:
    """Who looks after the chosen records from now on."""
    rows = chosen(request, name)
    form = AssignForm(request.POST if "do" in request.POST else None)
    return _step(request, rows, _ASSIGN, form, lambda data: _assign(rows, data))


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def confirm(request: Request, name: ListName) -> HttpResponse:
    """The chosen records are right as they are."""
    rows = chosen(request, name)
    form = django_forms.Form(request.POST if "do" in request.POST else None)
    return _step(request, rows, _CONFIRM, form, lambda data: _confirm(rows))


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def answer(request: Request, name: ListName) -> HttpResponse:
    """The same answer to a criterion for the chosen records."""
    rows = chosen(request, name)
    form = AnswerForm(request.POST if "criterion" in request.POST else None, scope=rows.scope)
    if "do" not in request.POST or "value" not in form.fields:
        form = AnswerForm(_blank(form), scope=rows.scope) if form.is_bound else form
        return _ask(request, rows, _ANSWER, form)
    return _step(request, rows, _ANSWER, form, lambda data: _answer(rows, data))


@require_POST
@permitted(Permission.CONTACTS_MERGE)
def merge(request: Request, name: ListName) -> HttpResponse:
    """Lay the chosen records side by side, to make them one."""
    rows = chosen(request, name)
    picks = sorted(rows.selection.public_ids or ())
    if not FEWEST <= len(picks) <= MOST:
        toasts.show(
            request,
            _("Zum Zusammenführen wählen Sie bitte zwei bis fünf Einträge."),
            kind="check",
        )
        return responses.redirect(request, rows.address)
    kind = subject.PERSONS if name is ListName.PERSONS else subject.COMPANIES
    query = urlencode([("eintrag", pick) for pick in picks])
    return responses.redirect(request, f"{reverse('duplicate-compare', args=[kind])}?{query}")


@dataclass(frozen=True, slots=True)
class Step:
    """The words of one act."""

    part: str
    title: str | Promise
    text: str | Promise
    submit: str | Promise
    done: str | Promise


_ASSIGN = Step(
    "assign",
    gettext_lazy("%(rows)s zuweisen"),
    "",
    gettext_lazy("Zuweisen"),
    gettext_lazy("%(rows)s zugewiesen."),
)
_CONFIRM = Step(
    "confirm",
    gettext_lazy("%(rows)s als aktuell bestätigen"),
    gettext_lazy(
        "Die Einträge mit allen gültigen Kontaktwegen, Anschriften und Funktionen gelten dann "
        "als heute geprüft. Tun Sie das nur, wenn jemand sie wirklich geprüft hat."
    ),
    gettext_lazy("Bestätigen"),
    gettext_lazy("%(rows)s bestätigt."),
)
_ANSWER = Step(
    "answer",
    gettext_lazy("Kriterium für %(rows)s"),
    "",
    gettext_lazy("Eintragen"),
    gettext_lazy("Antwort für %(rows)s eingetragen."),
)


def _assign(rows: Chosen, wanted: dict[str, Any]) -> int:
    records = for_change(scope=rows.scope, selection=rows.selection)
    return assigning.assign(actor=rows.scope.user, records=records, at=rows.scope.at, **wanted)


def _confirm(rows: Chosen) -> int:
    records = for_change(scope=rows.scope, selection=rows.selection)
    return bulk.confirm(actor=rows.scope.user, records=records, at=rows.scope.at)


def _answer(rows: Chosen, data: dict[str, Any]) -> int:
    return bulk.answer(
        actor=rows.scope.user,
        records=for_change(scope=rows.scope, selection=rows.selection),
        source=sources.by_hand(at=rows.scope.at),
        at=rows.scope.at,
        **data,
    )


def _step(
    request: Request,
    rows: Chosen,
    step: Step,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], int],
) -> HttpResponse:
    if "do" not in request.POST:
        return _ask(request, rows, step, form)
    changed = forms.carry_out(form, act)
    if changed is None:
        return _ask(request, rows, step, form)
    text = str(step.done) % {"rows": rows.screen.counted(changed)}
    toasts.show(request, text if changed else _("Es gab nichts zu ändern."))
    return responses.redirect(request, rows.address)


def _ask(request: Request, rows: Chosen, step: Step, form: django_forms.Form) -> HttpResponse:
    context = {
        "screen": rows.screen,
        "rows": rows,
        "step": step,
        "title": str(step.title) % {"rows": rows.told},
        "form": form,
        "action": rows.screen.url(step.part),
    }
    return responses.render(
        request,
        "listing/step.html",
        context,
        fragment="dialog",
        status=forms.status_of(form),
    )


def _blank(form: AnswerForm) -> dict[str, Any]:
    """Only the criterion: a changed choice forgets the answer typed for the former one."""
    return {"criterion": form.data.get("criterion", "")}
