"""Step three: which column means what, with findings and a preview that follow every choice."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import access
from contacts.importing import imports, plans, repeating, settings, survey
from contacts.importing.mapping import BadMapping, Mapping
from contacts.models import ImportRun
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.imports import choices, columns, portrait, posted, questions, steps


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_IMPORT)
def import_mapping(request: Request, public_id: UUID) -> HttpResponse:
    """Show the mapping; a POST keeps it, ``go=trial`` starts the trial."""
    run = access.import_for(user=request.user, public_id=public_id)
    if not steps.is_open(run):
        return responses.redirect(request, "import-detail", public_id)
    problems: list[str] = []
    if request.method == "POST":
        run, problems = _keep(request, run)
        if request.POST.get("go") == "trial" and not problems:
            imports.start(actor=request.user, run=run, dry_run=True, at=clock.now())
            return responses.redirect(request, "import-detail", run.public_id)
    wanted = posted.row_number(request.POST if request.method == "POST" else request.GET)
    return responses.render(
        request,
        "imports/mapping.html",
        _context(request, run, wanted)
        | {"problems": problems}
        | steps.frame(steps.MAPPING, run=run),
        fragment="work",
        status=422 if problems else 200,
    )


def _keep(request: Request, run: ImportRun) -> tuple[ImportRun, list[str]]:
    """Save the mapping of the form; one that does not fit is only shown, with its problems."""
    mapping = _wanted(request, run)
    updates = request.POST.get("update") == "yes"
    try:
        saved = imports.configure(
            actor=request.user,
            run=run,
            mapping=mapping.as_json(),
            update_existing=updates,
            at=clock.now(),
        )
    except BadMapping as refusal:
        run.settings = {**run.settings, "mapping": mapping.as_json()}
        run.update_existing = updates
        return run, refusal.problems
    return saved, []


def _wanted(request: Request, run: ImportRun) -> Mapping:
    if like := request.POST.get("like"):
        former = access.import_for(user=request.user, public_id=like)
        return repeating.mapping_like(former, like=run)
    return posted.mapping_from(request.POST, settings.of(run).header)


def _context(request: Request, run: ImportRun, wanted: int | None) -> dict[str, Any]:
    chosen = settings.of(run)
    criteria = plans.importable_criteria()
    fields = choices.grouped(criteria)
    found = survey.of_run(run=run, focus=wanted, at=clock.now())
    defaults = [*chosen.mapping.defaults.items(), ("", "")]
    lines = columns.lines(found.findings, chosen.mapping, source=run.source, criteria=criteria)
    return {
        "lines": [line for line in lines if not line.is_blank],
        "empty_lines": [line for line in lines if line.is_blank],
        "total": len(lines),
        "decided": columns.decided(chosen.mapping, chosen.header),
        "own": len(chosen.understood),
        "choices": fields,
        "mapping": chosen.mapping,
        "defaults": defaults,
        "regions": _regions(),
        "former": repeating.former_run(run, user=request.user),
        "survey": found,
        "questions": questions.grouped(found.questions),
        "portrait": portrait.of(found.focused, labels=choices.labels(fields), criteria=criteria)
        if found.focused
        else None,
    } | _neighbours(found)


def _neighbours(found: survey.Survey) -> dict[str, int | None]:
    if found.focused is None:
        return {"before": None, "after": None}
    at = found.numbers.index(found.focused.number)
    return {
        "before": found.numbers[at - 1] if at else None,
        "after": found.numbers[at + 1] if at + 1 < len(found.numbers) else None,
    }


def _regions() -> list[tuple[str, str]]:
    return [("DE", _("Deutschland")), ("AT", _("Österreich")), ("CH", _("Schweiz"))]
