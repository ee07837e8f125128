"""``/aktivitaeten/``: what is planned, narrowed down by chips."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.activities import filters, lines
from history.activities import listing


@require_GET
@permitted(Permission.HISTORY_VIEW)
def activity_list(request: Request) -> HttpResponse:
    """The page, or for HTMX the list of it."""
    now, asked = clock.now(), request.GET
    wanted = filters.read(asked)
    page = listing.page(
        user=request.user,
        filters=wanted,
        at=now,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    context = {
        "page": page,
        "lines": lines.lines(page.rows, at=now),
        "filters": wanted,
        "whose": filters.whose(asked, wanted),
        "states": filters.states(asked, wanted),
        "kinds": filters.kinds(asked, wanted),
        "kept": [(name, asked[name]) for name in ("wer", "stand", "art", "bei") if name in asked],
        "may_record": bool(policy.may(request.user, Permission.HISTORY_RECORD)),
        "shows_who": wanted.whose != "mine" or wanted.assignee is not None,
        "here": request.get_full_path(),
    }
    return responses.render(request, "activities/list.html", context, fragment="list")
