"""What is asked at the stand: questions in order, each with its chips."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked
from crm.ui.screens.fairs.forms.questions import KINDS, QuestionForm
from history.fairs import questions
from history.fairs.forms import Form
from history.models import Event

manages = permitted(Permission.EVENTS_MANAGE)
_KINDS = {str(code): label for code, label in KINDS}


@require_GET
@manages
def question_list(request: Request, public_id: UUID) -> HttpResponse:
    """The questions in the order of the device."""
    found = asked.managed(request, public_id)
    rows = [(each, _KINDS.get(each.asks, "")) for each in Form.read(found.form).questions]
    return asked.page(request, found, "fragen", {"rows": rows})


@require_http_methods(["GET", "POST"])
@manages
def question_new(request: Request, public_id: UUID) -> HttpResponse:
    """One more, behind the last."""
    return _edit(request, asked.managed(request, public_id), None)


@require_http_methods(["GET", "POST"])
@manages
def question_edit(request: Request, public_id: UUID, place: int) -> HttpResponse:
    """Change one."""
    return _edit(request, asked.managed(request, public_id), place)


@require_POST
@manages
def question_up(request: Request, public_id: UUID, place: int) -> HttpResponse:
    """Ask it earlier."""
    found = asked.managed(request, public_id)
    questions.raise_up(actor=request.user, event=found, place=place, at=clock.now())
    return responses.redirect(request, "question-list", found.public_id)


@require_POST
@manages
def question_away(request: Request, public_id: UUID, place: int) -> HttpResponse:
    """Ask it no longer."""
    found = asked.managed(request, public_id)
    question = questions.question_for(found, place)
    questions.remove(actor=request.user, event=found, place=place, at=clock.now())
    text = _("„%(question)s“ wird nicht mehr gefragt.") % {"question": question.label}
    toasts.show(request, text)
    return responses.redirect(request, "question-list", found.public_id)


def _edit(request: Request, event: Event, place: int | None) -> HttpResponse:
    question = None if place is None else questions.question_for(event, place)
    form = QuestionForm(asked.posted(request), question=question)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda _data: questions.put(
                actor=request.user, event=event, question=form.read(), place=place, at=clock.now()
            ),
        )
        if saved:
            toasts.show(request, _("Die Änderung ist gesichert."))
            return responses.redirect(request, "question-list", event.public_id)
    title = _("Frage ändern") if question else _("Frage hinzufügen")
    context = {"form": form, "event": event, "title": title, "place": place}
    return responses.render(
        request, "fairs/question.html", context, fragment="form", status=forms.status_of(form)
    )
