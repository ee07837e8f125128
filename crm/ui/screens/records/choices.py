"""Companies to choose from, while their name is typed."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts import company_choice
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.records.forms.company_picker import preselected


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def company_choices(request: Request) -> HttpResponse:
    """Radios for the companies that the text may mean (``?company=havel&neu=1``)."""
    text = request.GET.get("company", "").strip()
    may_be_new = request.GET.get("neu") == "1"
    candidates = company_choice.companies_like(user=request.user, text=text) if text else []
    context = {
        "text": text,
        "candidates": candidates,
        "may_be_new": may_be_new,
        "choice": preselected(candidates, text, may_be_new=may_be_new),
    }
    return responses.render(request, "records/company_choices.html", context)
