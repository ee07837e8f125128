"""``/messe/ja/<token>/``: the visitor's own yes or no, without a log-in.

GET and HEAD show and record nothing: scanners and previews open every link.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from crm.kernel import clock, errors
from crm.ui.screens.fair_visitor import shown
from crm.ui.screens.optin import limits, public
from history.fairs import stand_notices, visitor_links, visitors
from history.fairs.visitor_links import BadLink, ExpiredLink, RevokedLink, VisitorLink
from history.fairs.visitor_ways import Details, Proof
from history.fairs.visitors import Answer, Outcome, slip_sentence

ANSWER, YES, NO = "antwort", "ja", "nein"
FIELDS: Final = ("name", "email", "mobile", "phone")
LONGEST: Final = 254


@public.page
def visitor(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or what became of it; POST answers it."""
    at = clock.now()
    try:
        link = visitor_links.read(token, at=at)
    except BadLink:
        limits.count_unknown(request)
        return _gone(request, "visitor_bad", status=404)
    except ExpiredLink:
        return _gone(request, "visitor_expired", status=410)
    except RevokedLink:
        return _gone(request, "visitor_revoked", status=410)
    if request.method != "POST":
        return _page(request, link, Details.of(link.values), at=at)
    return _answered(request, link, at=at)


def _answered(request: HttpRequest, link: VisitorLink, *, at: datetime) -> HttpResponse:
    details, chosen = _typed(request, link), request.POST.getlist("weg")[:50]
    said = request.POST.get(ANSWER)
    if said not in (YES, NO):
        return _page(request, link, details, chosen=chosen, is_corrected=True, at=at)
    answer = Answer(
        is_yes=said == YES,
        chosen=chosen,
        details=details,
        language=public.gettext_language(request),
        notice_language=public.notice_language(request),
    )
    if answer.is_yes and not _may_ask(answer):
        return public.render(request, "optin/said.html", {"said": "too_many"}, status=429)
    try:
        outcome = visitors.decide(link=link, answer=answer, press=public.press_of(request), at=at)
    except errors.Invalid as refusal:
        wrong = {name: sentences[0] for name, sentences in refusal.errors.items()}
        return _page(request, link, details, chosen=chosen, wrong=wrong, at=at)
    except errors.DomainError as refusal:
        wrong = {"ways": refusal.message}
        return _page(request, link, details, chosen=chosen, wrong=wrong, at=at)
    return _page(request, link, details, outcome=outcome, at=at)


def _page(
    request: HttpRequest,
    link: VisitorLink,
    details: Details,
    *,
    chosen: Sequence[str] = (),
    wrong: Mapping[str, str] | None = None,
    outcome: Outcome | None = None,
    is_corrected: bool = False,
    at: datetime,
) -> HttpResponse:
    language = public.gettext_language(request)
    visit = visitors.seen(link=link, language=language, details=details, at=at)
    event, wrong = link.event, dict(wrong or {})
    notice = stand_notices.version_of(event)
    context: dict[str, Any] = {
        "event": event,
        "day": timezone.localdate(min(link.device_at, at)),
        "check_code": link.check_code,
        "details": details,
        "asks": shown.asks(visit.ways, chosen=chosen),
        "fields": shown.fields(details, wrong),
        "has_details": any(getattr(details, name) for name in FIELDS),
        "stored": shown.stored(link.values),
        "stands": shown.stands(visit.stands),
        "verdict": shown.verdict(visit),
        "wrong": wrong,
        "has_wrong_field": any(getattr(details, name, "") for name in wrong),
        "problems": outcome.problems if outcome else (),
        "by_slip": [slip_sentence(way.value) for way in outcome.by_slip] if outcome else (),
        "is_corrected": is_corrected,
        "is_open": bool(chosen or wrong or is_corrected),
        "notice_url": stand_notices.address_of(notice) if notice else "",
        "notice_version": notice,
        "slip": Proof.SLIP,
    }
    return public.render(
        request,
        "fairs/visitor.html",
        context,
        controller=event.controller,
        status=422 if wrong else 200,
    )


def _typed(request: HttpRequest, link: VisitorLink) -> Details:
    """What the link says, as far as the visitor did not say otherwise."""
    typed = {name: request.POST[name].strip()[:LONGEST] for name in FIELDS if name in request.POST}
    return Details.of({**link.values, **typed})


def _may_ask(answer: Answer) -> bool:
    """Count one more message to each value that may be sent one."""
    values = {
        getattr(answer.details, key.rpartition(":")[2], "")
        for key in answer.chosen
        if key.rpartition(":")[2] in ("email", "mobile")
    }
    return all(limits.may_ask(value) for value in sorted(filter(None, values)))


def _gone(request: HttpRequest, said: str, *, status: int) -> HttpResponse:
    return public.render(request, "fairs/visitor_gone.html", {"said": said}, status=status)
