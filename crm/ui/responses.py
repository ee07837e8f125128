"""Answers of views: a page or its fragment, and redirects that HTMX understands too."""

from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or for an HTMX request only its ``{% partialdef fragment %}``.

    A restored history entry gets the whole page again. ``status`` 422 is for forms with errors.
    """
    wanted = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    response = render_page(request, wanted, context, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def download(write: Callable[[IO[bytes]], object], *, name: str, media_type: str) -> FileResponse:
    """A file to be saved as ``name``: what ``write`` writes. If it raises, nothing is sent."""
    with ExitStack() as stack:
        file = stack.enter_context(TemporaryFile())
        write(file)
        file.seek(0)
        stack.pop_all()  # from here on the response closes it
    return FileResponse(file, as_attachment=True, filename=name, content_type=media_type)


def redirect(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to another page; for HTMX the whole window moves, not the fragment."""
    url = resolve_url(to, *args, **kwargs)
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303 if request.method == "POST" else 302)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether HTMX asked for a part of a page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
