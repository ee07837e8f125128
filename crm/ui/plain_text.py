"""Requests must be text: PostgreSQL stores no NUL, so none gets as far as a view of the screens."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from crm.ui import refusals

NUL = "\0"


class PlainTextMiddleware:
    """Answers 400 if a NUL stands in the address, its parameters or a form.

    Forms refuse it by themselves; parameters read by hand and choices do not. The API says it in
    its own words, see :mod:`crm.api.base`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse before the view runs, and after the protection against forgery."""
        if request.path.startswith("/api/"):
            return None
        if NUL in request.path or any(NUL in text for text in _texts(request)):
            message = _("Die Anfrage enthält ein Zeichen, das in keinem Text vorkommt.")
            return refusals.refuse(request, message, status=400)
        return None


def _texts(request: HttpRequest) -> Iterator[str]:
    parameters: list[QueryDict] = [request.GET]
    if request.method == "POST":
        parameters.append(request.POST)
    for each in parameters:
        for name, values in each.lists():
            yield name
            yield from (value for value in values if isinstance(value, str))
