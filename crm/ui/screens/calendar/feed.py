"""The subscription of other calendar programs: make its address, end it, and the file itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from history.activities import feeds, icalendar_file
from history.models import CalendarFeed


@never_cache
@require_GET
@permitted(Permission.HISTORY_VIEW)
def settings(request: Request) -> HttpResponse:
    """Whether there is a subscription, and what can be done with it."""
    return _show(request)


@never_cache
@require_POST
@permitted(Permission.HISTORY_VIEW)
def subscribe(request: Request) -> HttpResponse:
    """A new address. It stands in this answer only and is kept nowhere."""
    secret = feeds.subscribe(actor=request.user, at=clock.now())
    address = request.build_absolute_uri(reverse("calendar-feed-file", args=[secret]))
    return _show(request, address=address)


@require_POST
@permitted(Permission.HISTORY_VIEW)
def revoke(request: Request) -> HttpResponse:
    """End it at once."""
    feeds.revoke(actor=request.user, at=clock.now())
    toasts.show(request, _("Das Abonnement ist beendet. Die Adresse gilt nicht mehr."))
    return responses.redirect(request, "calendar-feed")


@never_cache
@login_not_required
@require_GET
def file(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar file; a wrong address looks like one that never was."""
    now = clock.now()
    user = feeds.user_for(secret=secret, at=now)
    if user is None:
        raise Http404
    base_url = request.build_absolute_uri("/").rstrip("/")
    content = icalendar_file.of(user=user, at=now, base_url=base_url)
    headers = {"Content-Disposition": 'inline; filename="einklang.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _show(request: Request, *, address: str = "") -> HttpResponse:
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return responses.render(request, "calendar/feed.html", {"feed": feed, "address": address})
