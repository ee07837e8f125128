"""``/heute/``: what is planned, records in need of care, what changed last, deadlines, imports."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts import access, agenda
from contacts.agenda import Reason
from contacts.models import ImportRun
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import formats, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.today import follow_ups, wording

MOST_IMPORTS = 4


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def today(request: Request) -> HttpResponse:
    """The page, or for HTMX what is planned."""
    now, day = clock.now(), clock.today()
    planned = follow_ups.context(user=request.user, at=now, here=request.path)
    if responses.wants_fragment(request):
        context = planned | {"is_fragment": True}
        return responses.render(request, "today/today.html", context, fragment="planned")
    care = agenda.care(user=request.user, at=now)
    deadlines = agenda.deadlines_of(user=request.user, at=now)
    context = planned | {
        "heading": formats.weekday(day),
        "summary": wording.summary(care, deadlines),
        "care": care,
        "tasks": [wording.task(task) for task in care.tasks],
        "needs": [wording.need(need) for need in care.needs if need.total.value],
        "unconfirmed": Reason.UNCONFIRMED,
        "deadlines": [wording.deadline(deadline) for deadline in deadlines],
        "imports": _imports(request, day),
    }
    return responses.render(request, "today/today.html", context)


def _imports(request: Request, day: date) -> list[ImportRun] | None:
    """The latest imports; None for users who may not import."""
    if not policy.may(request.user, Permission.CONTACTS_IMPORT):
        return None
    runs = access.imports_of(request.user).filter(dry_run=False)
    return list(runs.order_by("-id")[:MOST_IMPORTS])
