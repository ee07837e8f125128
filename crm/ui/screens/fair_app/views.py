"""The page, its worker and its manifest. None of them holds data, so none needs a log-in."""

import json
from typing import Any

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from crm.ui.screens.fair_app import files, words

LANGUAGES = ("de", "en")
OWN_PICTURES = {"img-src": ["blob:"], "media-src": ["'self'", "blob:"]}


@login_not_required
@never_cache
@csp_update(OWN_PICTURES)
def page(request: HttpRequest) -> HttpResponse:
    """The shell: the same for everybody who reads its language."""
    return HttpResponse(_page(_language(request)))


@login_not_required
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; a new one comes with every change of the page or of a file."""
    language = _language(request)
    kept = {
        "version": files.version(_page(language)),
        "page": f"{reverse('fair-app')}?{urlencode({'sprache': language})}",
        "home": reverse("fair-app"),
        "files": files.addresses(),
    }
    script = (
        f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static(files.WORKER))});\n"
    )
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = reverse("fair-app")
    return response


@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes it installable."""
    home = reverse("fair-app")
    described = {
        "id": home,
        "name": _("Einklang Messe"),
        "short_name": _("Messe"),
        "description": _("Leadzettel am Stand, auch ohne Netz"),
        "lang": translation.get_language(),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#164b7b",
        "icons": [
            _icon("icon-192", 192, "any"),
            _icon("icon-512", 512, "any"),
            _icon("icon-maskable-512", 512, "maskable"),
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@login_not_required
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and what a request that changes something needs. The page asks for it
    since it comes from the worker, whatever has become of the session."""
    user = request.user
    login = f"{resolve_url('login')}?{urlencode({'next': reverse('fair-app')})}"
    name = user.full_name if user.is_authenticated else None
    addresses = {"login": login, "logout": reverse("logout")}
    return JsonResponse({"user": name, "csrf": get_token(request), **addresses})


def _page(language: str) -> str:
    with translation.override(language):
        return render_to_string(
            "fair_app/page.html", {"language": language, "words": words.of_scripts()}
        )


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("sprache") or translation.get_language() or ""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _icon(name: str, size: int, purpose: str) -> dict[str, Any]:
    return {
        "src": static(f"ui/fair/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
