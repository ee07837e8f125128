"""Step two, first half: the file arrives."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from contacts import access
from contacts.importing import imports, repeating
from contacts.models import ImportRun, Source
from crm.accounts.models import Team, User
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.imports import steps
from crm.ui.screens.imports.forms import FileForm


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_IMPORT)
def import_upload(request: Request) -> HttpResponse:
    """Upload a file for the source, owner and team named in the address."""
    source = _source(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        run = forms.carry_out(form, lambda data: _upload(request, source, data))
        if run:
            return responses.redirect(request, "import-file", run.public_id)
    return _page(request, form, source=source)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_IMPORT)
def import_again(request: Request, public_id: UUID) -> HttpResponse:
    """Upload a new file with the settings of an earlier import."""
    former = access.import_for(user=request.user, public_id=public_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        run = forms.carry_out(form, lambda data: _upload_like(request, former, data))
        if run:
            return responses.redirect(request, "import-mapping", run.public_id)
    return _page(request, form, source=former.source, like=former)


def _upload(request: Request, source: Source, data: dict[str, Any]) -> ImportRun:
    return imports.upload(
        actor=request.user,
        file=data["file"],
        file_name=data["file"].name,
        source=source,
        owner=_chosen(User, request.GET.get("zustaendig")),
        team=_chosen(Team, request.GET.get("team")),
        at=clock.now(),
    )


def _upload_like(request: Request, former: ImportRun, data: dict[str, Any]) -> ImportRun:
    return repeating.upload_like(
        actor=request.user,
        run=former,
        file=data["file"],
        file_name=data["file"].name,
        at=clock.now(),
    )


def _source(request: Request) -> Source:
    source = _chosen(Source, request.GET.get("herkunft"))
    if source is None:
        raise errors.NotFound
    return source


def _chosen(model: Any, public_id: str | None) -> Any:
    """The active record of that id, None without one."""
    if not public_id:
        return None
    try:
        return model.objects.filter(is_active=True, public_id=UUID(public_id)).first()
    except ValueError as error:
        raise errors.NotFound(public_id=public_id) from error


def _page(request: Request, form: FileForm, **context: Any) -> HttpResponse:
    return responses.render(
        request,
        "imports/upload.html",
        {"form": form, **context} | steps.frame(steps.FILE),
        fragment="form",
        status=forms.status_of(form),
    )
