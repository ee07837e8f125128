"""The page of an opportunity."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities import asked


@require_GET
@permitted(Permission.OPPORTUNITIES_VIEW)
def deal_page(request: Request, public_id: UUID) -> HttpResponse:
    """Everything about it; for HTMX without the frame."""
    deal = asked.seen(request, public_id)
    return responses.render(request, asked.PAGE, asked.context_of(request, deal), fragment="deal")
