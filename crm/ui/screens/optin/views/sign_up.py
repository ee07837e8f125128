"""``/eintragen/<code>/``: people sign themselves up for a consent text, without a log-in.

GET and HEAD show the form and record nothing. The answer to an entry in order is the same page for
everybody; what happens then is done in the background.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from consent.optin import entering, sign_up_forms
from consent.optin.entering import Entry
from consent.optin.sign_up_forms import Offer
from crm.kernel import clock, errors
from crm.ui.screens.optin import limits, public

TRAP: Final = "website"
"""A field that people do not see and programs fill in."""
LONGEST: Final = 254


@public.page
def sign_up(request: HttpRequest, code: str) -> HttpResponse:
    """The form; POST enters somebody."""
    try:
        offer = sign_up_forms.offer(code, language=public.gettext_language(request))
        if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _page(request, offer)
        return _entered(request, offer)
    except sign_up_forms.Closed:
        return public.render(request, "optin/said.html", {"said": "sign_up_closed"}, status=404)


def _entered(request: HttpRequest, offer: Offer) -> HttpResponse:
    if not limits.may_enter(request):
        return public.render(request, "optin/said.html", {"said": "too_many"}, status=429)
    posted = request.POST
    entry = Entry(
        text=posted.get("text", ""),
        email=posted.get("email", "")[:LONGEST],
        name=posted.get("name", "")[:LONGEST],
        agrees=posted.get("ja") == "1",
        language=public.notice_language(request),
        shown=_page(request, offer).content.decode(),
    )
    if not posted.get(TRAP):
        try:
            entering.enter(
                code=offer.form.code, entry=entry, press=public.press_of(request), at=clock.now()
            )
        except errors.Invalid as refusal:
            wrong = {name: sentences[0] for name, sentences in refusal.errors.items()}
            return _page(request, offer, entry=entry, wrong=wrong)
    context = {"said": "sign_up_asked"}
    return public.render(request, "optin/said.html", context, controller=offer.text.controller)


def _page(
    request: HttpRequest,
    offer: Offer,
    *,
    entry: Entry | None = None,
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    wrong = wrong or {}
    typed = {"email": entry.email, "name": entry.name} if entry else {"email": "", "name": ""}
    context: dict[str, Any] = {
        "offer": offer,
        "text": offer.text,
        "wrong": wrong,
        "agrees": entry is not None and entry.agrees and "text" not in wrong,
        "fields": [
            {
                "name": name,
                "value": value,
                "label": f"sign_up_{name}",
                "fills": name,
                "wrong": wrong.get(name, ""),
            }
            for name, value in typed.items()
        ],
        "trap": TRAP,
    }
    return public.render(
        request,
        "optin/sign_up.html",
        context,
        controller=offer.text.controller,
        status=422 if wrong else 200,
    )
