"""``/auftraege/firmen/…/``: the orders of a record with their lines, newest first."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.commerce import panel
from crm.ui.screens.records import subject
from history.commerce import of_record


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def order_history(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """The orders, 25 on a page, beside the open invoices."""
    record = subject.seen(request, kind, public_id)
    today = clock.today()
    page = of_record.orders_of(
        record=record, user=request.user, today=today, after=request.GET.get("after", "")
    )
    context = {
        "record": record,
        "record_url": subject.url_of(record),
        "page": page,
        "next": f"?after={page.next}" if page.next else "",
        **panel.context(record=record, user=request.user, today=today),
    }
    return responses.render(request, "commerce/orders.html", context)
