"""What a change of an activity answers: back to where it was asked, or a word to the page."""

import json

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from crm.ui import responses
from crm.ui.access import Request

CHANGED = "activitiesChanged"


def back(request: Request, *, refresh: bool = False) -> HttpResponse:
    """To ``next``, else to the list. HTMX is told that activities changed; with ``refresh``, also
    as a field of the form, it loads the page anew, whichever it is."""
    if responses.wants_fragment(request):
        if refresh or "refresh" in request.POST:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({CHANGED: ""})})
    return responses.redirect(request, next_of(request))


def next_of(request: Request) -> str:
    """The page to return to: one of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and is_ours else reverse("activity-list")
