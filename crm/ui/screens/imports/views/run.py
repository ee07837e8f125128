"""Steps four and five: the trial, the take-over, the result; halting, going on, taking back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts import access
from contacts.importing import foresight, imports, reports, settings
from contacts.models import ImportRun, ImportState
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.imports import progress, result, steps


@require_GET
@permitted(Permission.CONTACTS_IMPORT)
def import_detail(request: Request, public_id: UUID) -> HttpResponse:
    """The run as it stands; while it is busy the page looks again every second."""
    run = access.import_for(user=request.user, public_id=public_id)
    if run.state == ImportState.UPLOADED:
        return responses.redirect(request, "import-mapping", run.public_id)
    context = _context(request, run) | steps.frame(_step(run), run=run)
    return responses.render(request, "imports/run.html", context, fragment="region")


@require_POST
@permitted(Permission.CONTACTS_IMPORT)
def import_start(request: Request, public_id: UUID) -> HttpResponse:
    """Take the file over, or go on with a halted run."""
    run = access.import_for(user=request.user, public_id=public_id)
    imports.start(actor=request.user, run=run, at=clock.now())
    return responses.redirect(request, "import-detail", public_id)


@require_POST
@permitted(Permission.CONTACTS_IMPORT)
def import_cancel(request: Request, public_id: UUID) -> HttpResponse:
    """Halt behind the rows under way."""
    run = access.import_for(user=request.user, public_id=public_id)
    imports.cancel(actor=request.user, run=run, at=clock.now())
    return responses.redirect(request, "import-detail", public_id)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_IMPORT)
def import_revert(request: Request, public_id: UUID) -> HttpResponse:
    """Show what taking back would do; a POST does it."""
    run = access.import_for(user=request.user, public_id=public_id)
    if request.method == "POST":
        imports.revert(actor=request.user, run=run, at=clock.now())
        return responses.redirect(request, "import-detail", public_id)
    context = {"foresight": foresight.of_revert(run)} | steps.frame(steps.FINISHED, run=run)
    return responses.render(request, "imports/revert.html", context)


@require_POST
@permitted(Permission.CONTACTS_IMPORT)
def import_discard(request: Request, public_id: UUID) -> HttpResponse:
    """Throw an upload away of which nothing was taken over."""
    run = access.import_for(user=request.user, public_id=public_id)
    imports.discard(actor=request.user, run=run, at=clock.now())
    toasts.show(request, _("„%(file)s“ ist verworfen.") % {"file": run.file_name})
    return responses.redirect(request, "import-list")


@require_GET
@permitted(Permission.CONTACTS_IMPORT)
def import_rejected(request: Request, public_id: UUID) -> StreamingHttpResponse:
    """The rejected rows as a table to be mended and imported again."""
    run = access.import_for(user=request.user, public_id=public_id)
    stem = slugify(run.file_name.rsplit(".", 1)[0]) or "import"
    return StreamingHttpResponse(
        reports.rejected(run),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{stem}-zurueckgewiesen.csv"'},
    )


def _context(request: Request, run: ImportRun) -> dict[str, Any]:
    busy = progress.is_busy(run)
    tab = request.GET.get("tab") or result.first_tab(run)
    context: dict[str, Any] = {
        "busy": busy,
        "trial": run.dry_run,
        "progress": progress.of(run, at=clock.now()),
        "tabs": result.tabs(run),
        "tab": tab,
        "chosen": settings.of(run),
        "can_cancel": run.state in (ImportState.QUEUED, ImportState.RUNNING),
        "can_revert": not run.dry_run and run.state in imports.REVERTIBLE,
    }
    if not busy:
        column = request.GET.get("spalte") if tab == "rejected" else None
        cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
        context |= {
            "column": column,
            "columns": result.columns(run) if tab == "rejected" else [],
            "page": result.page(run, tab=tab, column=column, user=request.user, **cursors),
        }
    return context


def _step(run: ImportRun) -> int:
    if run.dry_run:
        return steps.TRIAL
    done = run.state in (ImportState.DONE, ImportState.REVERTED, ImportState.REVERTING)
    return steps.FINISHED if done else steps.TAKEOVER
