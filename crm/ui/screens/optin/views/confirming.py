"""The pages behind the link of the mail and for the code of the SMS.

GET and HEAD show and change nothing: mail scanners open every link.
"""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from consent import gate, links
from consent.decision.opting_in import Again
from consent.models import ConfirmationKind, OptInConfirmation
from consent.optin import confirming, renewing
from consent.optin.confirming import Answer
from crm.kernel import clock, errors
from crm.ui.screens.optin import masks, public

SAID = {
    "GRANTED": "granted",
    "EXPIRED": "expired",
    "PURGE": "expired",
    "LOCKED": "locked",
    "WITHDRAWN": "withdrawn",
}
STATUS = {"GRANTED": 200, "EXPIRED": 410, "PURGE": 410, "LOCKED": 429, "WITHDRAWN": 410}


@public.page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by the button, and say how it stands."""
    at = clock.now()
    if "again" in request.POST:
        answer = confirming.look_by_token(token, at=at)
        _new, problem = _ask_again(request, answer, at=at)
        return _said(request, answer, at=at, problem=problem, said="" if problem else "sent_again")
    if request.method == "POST":
        answer = confirming.confirm_link(token=token, press=public.press_of(request), at=at)
    else:
        answer = confirming.look_by_token(token, at=at)
    if answer.state == confirming.State.PENDING:
        return _page(request, "optin/confirm.html", answer)
    return _said(request, answer, at=at)


@public.page
def code(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Confirm by the six digits, or ask for new ones."""
    at, problem = clock.now(), ""
    if "again" in request.POST:
        answer = confirming.look_by_ref(ref, at=at)
        new, problem = _ask_again(request, answer, at=at)
        if new is not None:
            query = f"?sprache={public.language(request)}&neu=1"
            return redirect(reverse("optin-code", args=[new.ref]) + query)
    elif request.method == "POST":
        typed = request.POST.get("code", "")[:40]
        answer = confirming.confirm_code(ref=ref, code=typed, press=public.press_of(request), at=at)
        problem = "code_wrong"
    else:
        answer = confirming.look_by_ref(ref, at=at)
    if answer.state == confirming.State.PENDING:
        return _page(request, "optin/code.html", answer, problem=problem)
    return _said(request, answer, at=at, problem=problem)


def _ask_again(
    request: HttpRequest, answer: Answer, *, at: datetime
) -> tuple[OptInConfirmation | None, str]:
    """The new confirmation, or why there is none, as a name of a saying."""
    try:
        made = renewing.again(
            confirmation=answer.confirmation, press=public.press_of(request), at=at
        )
    except renewing.NotAgain as refusal:
        return None, f"again_{refusal.why}"
    except gate.NotAllowed:
        return None, "again_SUPPRESSED"
    except links.UnknownLink:
        raise
    except errors.DomainError:
        return None, "again_FAILED"
    return made, ""


def _page(
    request: HttpRequest, template: str, answer: Answer, *, problem: str = ""
) -> HttpResponse:
    confirmation = answer.confirmation
    context = {
        "text": confirmation.request.text,
        "value": masks.masked(confirmation.point),
        "problem": problem,
        "is_new": "neu" in request.GET and not problem,
        "left": answer.attempts_left,
    }
    return public.render(
        request,
        template,
        context,
        controller=confirmation.request.controller,
        status=422 if problem else 200,
    )


def _said(
    request: HttpRequest, answer: Answer, *, at: datetime, problem: str = "", said: str = ""
) -> HttpResponse:
    asked = answer.confirmation.request
    may = renewing.may(answer, at=at)
    context = {
        "said": said or SAID[answer.state],
        "text": asked.text,
        "is_new": answer.is_new,
        "settings_url": _settings_url(answer),
        "problem": problem if problem != "code_wrong" else "",
        "offers": "" if said or may is not Again.YES else f"again_{answer.confirmation.kind}",
    }
    return public.render(
        request,
        "optin/said.html",
        context,
        controller=asked.controller,
        status=200 if said else STATUS[answer.state],
    )


def _settings_url(answer: Answer) -> str:
    """Where to withdraw, for who came by the mail: a code may be entered by somebody else."""
    confirmation = answer.confirmation
    is_mail = confirmation.kind == ConfirmationKind.EMAIL_LINK
    if answer.state != confirming.State.GRANTED or not is_mail:
        return ""
    return links.preferences(
        person=confirmation.request.person,
        point=confirmation.point,
        controller=confirmation.request.controller,
    )
