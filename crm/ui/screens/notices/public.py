"""The full text for everybody: no log-in, no cookie, nothing from elsewhere."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from consent import controllers
from consent.models import NoticeVersion
from consent.notices import documents, letters
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


@public.page
def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A version to keep, as PDF/A."""

    def give(found: NoticeVersion, language: str) -> HttpResponse:
        made = letters.pdf(found, language=language, at=found.published_at or found.created_at)
        response = HttpResponse(made, content_type="application/pdf")
        name = f"datenschutzhinweise-{found.purpose}-{found.number}-{language}.pdf"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    return _given(request, lambda: documents.published(public_id), give)


def _page(request: HttpRequest, find: Callable[[], NoticeVersion]) -> HttpResponse:
    def show(found: NoticeVersion, language: str) -> HttpResponse:
        context = {
            "document": documents.of_version(found, language=language),
            "instead": documents.superseded(found),
        }
        return public.render(request, "notices/public.html", context, controller=found.controller)

    return _given(request, find, show)


def _given(
    request: HttpRequest,
    find: Callable[[], NoticeVersion],
    give: Callable[[NoticeVersion, str], HttpResponse],
) -> HttpResponse:
    """What is found, in the language chosen; nothing is changed by it."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        found = find()
    except errors.NotFound:
        return public.render(request, "optin/said.html", {"said": "unknown"}, status=404)
    chosen = public.language(request)
    return give(found, "plain" if chosen == public.PLAIN else chosen)
