"""Step two, second half: how the file is read, seen at once."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from contacts import access
from contacts.importing import imports, readers, settings
from contacts.importing.readers import options
from contacts.models import ImportRun
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.imports import steps
from crm.ui.screens.imports.forms import ReadingForm, reading_of

SHOWN = 12


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_IMPORT)
def import_file(request: Request, public_id: UUID) -> HttpResponse:
    """Show the beginning of the file as the options in the address, or the kept ones, read it."""
    run = access.import_for(user=request.user, public_id=public_id)
    if not steps.is_open(run):
        return responses.redirect(request, "import-detail", public_id)
    current = settings.of(run)
    tried = request.method == "GET" and any(name in request.GET for name in ReadingForm.NAMES)
    data = request.POST or (request.GET if tried else None)
    form = ReadingForm(data, initial=reading_of(current.found), sheets=current.sheets)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda reading: imports.configure(
                actor=request.user, run=run, reading=reading, at=clock.now()
            ),
        )
        if saved:
            return responses.redirect(request, "import-mapping", run.public_id)
    return responses.render(
        request,
        "imports/reading.html",
        {"form": form, "kind": current.kind, "sheets": current.sheets}
        | _look(run, form if tried else None)
        | steps.frame(steps.FILE, run=run),
        fragment="preview",
        status=422 if request.method == "POST" else 200,
    )


def _look(run: ImportRun, form: ReadingForm | None) -> dict[str, Any]:
    """The first rows, or why there are none."""
    try:
        if form is None:
            chosen = settings.of(run).found
        elif form.is_valid():
            chosen = options.from_json(form.cleaned_data)
        else:
            return {
                "refusal": " ".join(str(text) for texts in form.errors.values() for text in texts)
            }
        return {"preview": readers.preview(Path(run.file.path), chosen, limit=SHOWN)}
    except errors.DomainError as error:
        return {"refusal": error.message}
