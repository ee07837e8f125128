"""Short messages in the corner: what happened, and the way back while there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django_htmx.middleware import HtmxDetails

Kind = Literal["yes", "no", "check", ""]
_LEVELS: dict[str, int] = {
    "yes": messages.SUCCESS,
    "no": messages.ERROR,
    "check": messages.WARNING,
    "": messages.INFO,
}
_KINDS = {level: kind for kind, level in _LEVELS.items()}
_SIGNS = {"yes": "yes", "no": "no", "check": "review", "": "info"}


@dataclass(frozen=True, slots=True)
class Toast:
    """One message; ``undo_url`` is posted to by its button *Rückgängig*."""

    text: str
    kind: str = ""
    undo_url: str = ""

    @property
    def sign(self) -> str:
        """The icon that says the same as the colour."""
        return _SIGNS[self.kind]


def show(request: HttpRequest, text: str, *, kind: Kind = "yes", undo_url: str = "") -> None:
    """Show ``text`` on the page this request leads to, whether by redirect or by HTMX."""
    messages.add_message(request, _LEVELS[kind], text, extra_tags=undo_url)


def pending(request: HttpRequest) -> list[Toast]:
    """The messages not shown yet; reading them uses them up."""
    return [
        Toast(
            text=str(message.message),
            kind=_KINDS.get(message.level, ""),
            undo_url=message.extra_tags,
        )
        for message in messages.get_messages(request)
    ]


class ToastMiddleware:
    """Adds waiting messages to HTMX fragments, out of band, so that no view has to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_fragment(request, response) and (toasts := pending(request)):
            html = render_to_string("ui/toasts_out_of_band.html", {"toasts": toasts}, request)
            response.content += html.encode()
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response


def is_fragment(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether HTMX will put this response into the page as it is."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return (
        htmx is not None
        and bool(htmx)
        and not htmx.boosted
        and not response.streaming
        and response.status_code not in (204, 286, 301, 302, 303)
        and response.headers.get("Content-Type", "").startswith("text/html")
        and not {"HX-Redirect", "HX-Refresh", "HX-Location"} & set(response.headers)
    )
