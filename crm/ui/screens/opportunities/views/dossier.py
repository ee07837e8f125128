"""The dossier, on a page and as PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities import asked
from history.opportunities import dossier


@require_GET
@permitted(Permission.OPPORTUNITIES_VIEW)
def dossier_page(request: Request, public_id: UUID) -> HttpResponse:
    """Everything on one page, as it is printed."""
    deal = asked.seen(request, public_id)
    at = clock.now()
    found = dossier.read(user=request.user, opportunity=deal, at=at)
    blocks = [(type(block).__name__, block) for block in found.blocks]
    context = {"deal": deal, "found": found, "blocks": blocks, "now": at}
    return responses.render(request, "opportunities/dossier.html", context)


@require_GET
@permitted(Permission.OPPORTUNITIES_VIEW)
def dossier_pdf(request: Request, public_id: UUID) -> HttpResponse:
    """The same as PDF; that it was made stands in the audit log."""
    deal = asked.seen(request, public_id)
    content = dossier.make(actor=request.user, opportunity=deal, at=clock.now())
    name = f"dossier-{deal.number.lower()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
