"""Who reaches a view: everybody logs in first, and some views ask for a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from crm.accounts import policy
from crm.accounts.models import User

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """The request of somebody who is logged in: what every view gets that is not marked
    ``@login_not_required``. Views name it as their argument's type."""

    user: User
    htmx: HtmxDetails


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Every view needs a log-in unless it is marked ``@login_not_required``.

    A fragment request of an expired session moves the whole window to the log-in page, and
    back to the page it came from afterwards.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        to_login = super().process_view(request, view_func, view_args, view_kwargs)
        htmx: HtmxDetails | None = getattr(request, "htmx", None)
        if to_login is None or not htmx:
            return to_login
        query = urlencode({"next": htmx.current_url_abs_path or "/"})
        return HttpResponse(status=204, headers={"HX-Redirect": f"{resolve_url('login')}?{query}"})


def permitted(permission: policy.Permission) -> Callable[[View], View]:
    """Decorate a view that needs a permission; without it the answer is page 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            policy.require(request.user, permission)
            return view(request, *args, **kwargs)

        return checked

    return decorate
