"""The desk, its findings and its sample drawer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from consent import recording, ungrounded
from consent.desk import coverage, findings, questions, samples, states
from consent.desk.questions import Answer
from consent.notices import tasks
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.privacy.forms import FORMATS, QuestionForm, SampleForm
from crm.ui.screens.privacy.strips import Strip, strip_of

SHOWN_CHECKPOINTS = 14
SHOWN_ANSWERS = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with its drawing."""

    answer: Answer
    strip: Strip | None


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def desk(request: Request) -> HttpResponse:
    """The question box with its answer, for HTMX alone; beside it what stands and what is wrong."""
    now = clock.now()
    form = QuestionForm(request.GET, now=now)
    context = {"form": form, "answers": _answers(request, form), "formats": FORMATS}
    if not responses.wants_fragment(request):
        context |= {
            "state": states.state(),
            "rows": coverage.rows(at=now),
            "findings": findings.all_of(at=now),
            "left": tasks.left(at=now),
            "latency": findings.latency(at=now),
            "may_import": bool(policy.may(request.user, Permission.CONSENT_MANAGE)),
        }
    status = refusals.status_of(form)
    return responses.render(
        request, "privacy/desk.html", context, fragment="question", status=status
    )


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def finding(request: Request, kind: str) -> HttpResponse:
    """The single cases of one finding."""
    context = {"found": findings.one(kind, at=clock.now())}
    return responses.render(request, "privacy/finding.html", context)


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def sample(request: Request) -> HttpResponse:
    """Contacts drawn by chance, with what speaks for each of them."""
    form = SampleForm(request.GET or None)
    drawn = None
    if form.is_bound and form.is_valid():
        seed = form.cleaned_data["seed"]
        drawn = samples.draw(
            count=form.cleaned_data["count"],
            seed=samples.new_seed() if seed is None else seed,
            size=recording.size(),
        )
    context = {"form": form, "sample": drawn}
    status = refusals.status_of(form)
    return responses.render(
        request, "privacy/sample.html", context, fragment="sample", status=status
    )


@require_POST
@permitted(Permission.CONSENT_AUDIT)
def verify(request: Request) -> HttpResponse:
    """Sign the head and check everything now."""
    done = states.check(actor=request.user, at=clock.now())
    text = (
        _("Das Register ist unverändert.")
        if done
        else _("Das Register wurde verändert: %(first)s") % {"first": done.findings[0]}
    )
    toasts.show(request, text)
    return responses.redirect(request, "privacy-desk")


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def guarded_answers(request: Request) -> HttpResponse:
    """Answers to guarded criteria that have lost their ground, without the answers themselves."""
    context = {
        "outcome": ungrounded.look(at=clock.now(), most=SHOWN_ANSWERS),
        "most": SHOWN_ANSWERS,
        "may_take_back": bool(policy.may(request.user, Permission.CONSENT_MANAGE)),
    }
    return responses.render(request, "privacy/answers.html", context)


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def take_back(request: Request) -> HttpResponse:
    """Delete them with their history."""
    outcome = ungrounded.take_back(actor=request.user, at=clock.now())
    toasts.show(request, _("%(n)s Angaben zurückgenommen.") % {"n": outcome.taken})
    return responses.redirect(request, "privacy-answers")


def _answers(request: Request, form: QuestionForm) -> Sequence[Shown]:
    found = refusals.carry_out(
        form, lambda _data: questions.ask(user=request.user, asked=form.asked, now=clock.now())
    )
    return [Shown(answer, strip_of(answer)) for answer in found or ()]
