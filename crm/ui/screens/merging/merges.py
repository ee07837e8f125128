"""The list of merges, day by day."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts import merging
from contacts.models import MergeOrigin
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.merging import lines

PAGE = 50


@require_GET
@permitted(Permission.CONTACTS_MERGE)
def merge_list(request: Request) -> HttpResponse:
    """What was merged, the last one first; ``?art=automatisch`` only what nobody was asked of."""
    rows = merging.merges_of(request.user).order_by("-pk")
    is_automatic = request.GET.get("art") == "automatisch"
    if is_automatic:
        rows = rows.filter(origin=MergeOrigin.AUTOMATIC)
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    context = {
        "days": lines.by_day(found[:PAGE]),
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
        "is_automatic": is_automatic,
        "may_undo_day": bool(policy.may(request.user, Permission.DUPLICATES_AUTOMATE)),
    }
    return responses.render(request, "merging/list.html", context)
