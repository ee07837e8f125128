"""The pot: contacts without owner and without a next step."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts.listing.scope import ListName
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from history.activities import pot as pots

FIELDS = {ListName.PERSONS: "person", ListName.COMPANIES: "company"}


@require_GET
@permitted(Permission.HISTORY_VIEW)
def pot(request: Request) -> HttpResponse:
    """Persons, or with ``?liste=firmen`` companies."""
    is_companies = request.GET.get("liste") == "firmen"
    name = ListName.COMPANIES if is_companies else ListName.PERSONS
    page = pots.page(user=request.user, name=name, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "is_companies": is_companies,
        "field": FIELDS[name],
        "detail": f"{FIELDS[name]}-detail",
        "may_record": bool(policy.may(request.user, Permission.HISTORY_RECORD)),
        "here": request.get_full_path(),
    }
    return responses.render(request, "activities/pot.html", context, fragment="pot")
