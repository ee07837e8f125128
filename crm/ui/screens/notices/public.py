"""The full text for everybody: no log-in, no cookie, nothing from elsewhere."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from consent import controllers
from consent.models import NoticeVersion
from consent.notices import documents
from crm.kernel import errors
from crm.ui.screens.optin import public


@public.page
def notice(request: HttpRequest, purpose: str, controller: UUID | None = None) -> HttpResponse:
    """The notice of a purpose that is in force."""

    def find() -> NoticeVersion:
        found = controllers.controller_for(controller) if controller else controllers.default()
        return documents.in_force(controller=found, purpose=purpose)

    return _page(request, find)


@public.page
def version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version, also when it was superseded: what a message led to stays readable."""
    return _page(request, lambda: documents.published(public_id))


def _page(request: HttpRequest, find: Callable[[], NoticeVersion]) -> HttpResponse:
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        found = find()
    except errors.NotFound:
        return public.render(request, "optin/said.html", {"said": "unknown"}, status=404)
    chosen = public.language(request)
    language = "plain" if chosen == public.PLAIN else chosen
    context = {
        "document": documents.of_version(found, language=language),
        "instead": documents.superseded(found),
    }
    return public.render(request, "notices/public.html", context, controller=found.controller)
