"""Refusals of the domain as pages, and as messages beside the fragment HTMX asked for."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from crm.kernel import collisions, errors
from crm.ui import responses, toasts

_STATUS: dict[type[errors.DomainError], int] = {
    errors.NotPermitted: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Invalid: 422,
}
_TEMPLATES = {403: "403.html", 404: "404.html"}


class DomainErrorMiddleware:
    """Turns a :class:`~crm.kernel.errors.DomainError` that a view let pass into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals; anything else remains an error of the programme (500)."""
        if request.path.startswith("/api/"):
            return None
        refusal = collisions.conflict_of(exception) or exception
        if isinstance(refusal, errors.DomainError):
            return refuse(request, refusal.message, status=status_of(refusal))
        if responses.wants_fragment(request):
            if isinstance(exception, Http404):
                return refuse(request, str(errors.NotFound.default_message), status=404)
            if isinstance(exception, PermissionDenied):
                return refuse(request, str(errors.NotPermitted.default_message), status=403)
        return None


def status_of(error: errors.DomainError) -> int:
    """The HTTP status that says the same as the error's class; 409 for a rule of the domain."""
    return next((code for cls, code in _STATUS.items() if isinstance(error, cls)), 409)


def refuse(request: HttpRequest, message: str, *, status: int) -> HttpResponse:
    """A page with the message, or for HTMX a message in the corner and nothing swapped."""
    if responses.wants_fragment(request):
        toasts.show(request, message, kind="no")
        return HttpResponse(status=status, headers={"HX-Reswap": "none"})
    template = _TEMPLATES.get(status, "ui/refused.html")
    return render(
        request, template, {"message": message, "title": _("Das geht so nicht")}, status=status
    )
