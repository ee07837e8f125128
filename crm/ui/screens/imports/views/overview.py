"""The list of imports with their figures."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts import access
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.imports import overview


@require_GET
@permitted(Permission.CONTACTS_IMPORT)
def import_list(request: Request) -> HttpResponse:
    """The imports the user may see, newest first; looks again while one is busy."""
    page = overview.page(
        access.imports_of(request.user), after=request.GET.get("after", ""), at=clock.now()
    )
    return responses.render(request, "imports/list.html", {"page": page}, fragment="runs")
