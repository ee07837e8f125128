"""What all pages without a log-in share: language, caution, no cookie, an answer for strangers.

The link itself is the key: whoever has it may press the buttons, and nobody can make a browser
press them without knowing it. So there is neither a session nor a CSRF cookie.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consent import links
from consent.models import Controller
from consent.optin import Press
from crm.kernel import errors
from crm.ui.screens.login.attempts import address_of
from crm.ui.screens.optin import limits, words

PLAIN: Final = "einfach"
LANGUAGES: Final = {"de": "Deutsch", "en": "English", PLAIN: "Einfache Sprache"}
View = Callable[..., HttpResponse]
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(view: View) -> View:
    """Decorate a public view: it answers GET, HEAD and POST, unknown links with a neutral page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(gettext_language(request)):
            response = _answered(view, request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language()
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return csrf_exempt(login_not_required(methods(answer)))


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    controller: Controller | None = None,
    status: int = 200,
) -> HttpResponse:
    """A public page in the chosen language."""
    chosen = language(request)
    context |= {
        "controller": controller,
        "words": words.Words(plain=chosen == PLAIN),
        "chosen": chosen,
        "languages": LANGUAGES.items(),
        "is_plain": chosen == PLAIN,
    }
    return render_page(request, template, context, status=status)


def language(request: HttpRequest) -> str:
    """``de``, ``en`` or ``einfach``: from the address, else what the browser prefers."""
    wanted = request.GET.get("sprache", "")
    if wanted in LANGUAGES:
        return wanted
    return "en" if translation.get_language_from_request(request).startswith("en") else "de"


def gettext_language(request: HttpRequest) -> str:
    """The language of translations: plain German is German."""
    chosen = language(request)
    return "de" if chosen == PLAIN else chosen


def notice_language(request: HttpRequest) -> str:
    """What notices call the language: plain German is one of its own."""
    chosen = language(request)
    return "plain" if chosen == PLAIN else chosen


def press_of(request: HttpRequest) -> Press:
    """From where the button was pressed."""
    return Press(
        address=address_of(request)[:45],
        agent=request.headers.get("User-Agent", ""),
        form=request.path.split("/")[1],
    )


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if limits.are_exhausted(request) or (
        request.method == "POST" and not limits.may_press(request)
    ):
        return render(request, "optin/said.html", {"said": "too_many"}, status=429)
    try:
        return view(request, *args, **kwargs)
    except links.UnknownLink:
        limits.count_unknown(request)
        return render(request, "optin/said.html", {"said": "unknown"}, status=404)
    except errors.DomainError as refusal:
        context = {"said": "refused", "reason": refusal.message}
        return render(request, "optin/said.html", context, status=422)
