"""The pages behind the link of the mail and for the code of the SMS.

GET and HEAD show and change nothing: mail scanners open every link.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from consent import links
from consent.models import ConfirmationKind
from consent.optin import confirming
from consent.optin.confirming import Answer
from crm.kernel import clock
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
    if request.method == "POST":
        answer = confirming.confirm_link(token=token, press=public.press_of(request), at=at)
    else:
        answer = confirming.look_by_token(token, at=at)
    if answer.state == confirming.State.PENDING:
        return _page(request, "optin/confirm.html", answer)
    return _said(request, answer)


@public.page
def code(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Confirm by the six digits."""
    at = clock.now()
    is_sent = request.method == "POST"
    if is_sent:
        typed = request.POST.get("code", "")[:40]
        answer = confirming.confirm_code(ref=ref, code=typed, press=public.press_of(request), at=at)
    else:
        answer = confirming.look_by_ref(ref, at=at)
    if answer.state == confirming.State.PENDING:
        return _page(request, "optin/code.html", answer, is_wrong=is_sent)
    return _said(request, answer)


def _page(
    request: HttpRequest, template: str, answer: Answer, *, is_wrong: bool = False
) -> HttpResponse:
    confirmation = answer.confirmation
    context = {
        "text": confirmation.request.text,
        "value": masks.masked(confirmation.point),
        "is_wrong": is_wrong,
        "left": answer.attempts_left,
    }
    return public.render(
        request,
        template,
        context,
        controller=confirmation.request.controller,
        status=422 if is_wrong else 200,
    )


def _said(request: HttpRequest, answer: Answer) -> HttpResponse:
    asked = answer.confirmation.request
    context = {
        "said": SAID[answer.state],
        "text": asked.text,
        "is_new": answer.is_new,
        "settings_url": _settings_url(answer),
    }
    return public.render(
        request,
        "optin/said.html",
        context,
        controller=asked.controller,
        status=STATUS[answer.state],
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
