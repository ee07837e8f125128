"""The model that pairs are weighed with, for the administration."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from contacts.duplicates import current
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import weights
from crm.ui.screens.duplicates.histogram import histogram
from crm.ui.screens.duplicates.words import KINDS
from crm.ui.screens.records import subject


@require_GET
@permitted(Permission.CRITERIA_MANAGE)
def model(request: Request, kind: str = subject.PERSONS) -> HttpResponse:
    """Causes, weights, and what the last run made of them."""
    chosen = KINDS[kind]
    used, run = current.model_of(chosen.code), current.run_of(chosen.code)
    context = {
        "kind": chosen,
        "kinds": [
            (each, reverse("matching-model-of", args=[each.word])) for each in KINDS.values()
        ],
        "model": used,
        "run": run,
        "causes": weights.cause_lines(used) if used else [],
        "fields": weights.field_tables(used) if used else [],
        "histogram": histogram(run.figures) if run else None,
    }
    return responses.render(request, "duplicates/model.html", context)
