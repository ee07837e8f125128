"""Take a list out as a file."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from contacts import exporting
from contacts.listing import ListName
from contacts.tables import Format
from crm.accounts.policy import Permission
from crm.ui import forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.listing.forms import ExportForm
from crm.ui.screens.listing.selections import Chosen, chosen


@require_POST
@permitted(Permission.CONTACTS_EXPORT)
def export(request: Request, name: ListName) -> HttpResponseBase:
    """First the choice of format and columns, then the file."""
    rows = chosen(request, name)
    if "do" not in request.POST:
        return _ask(request, rows, ExportForm())
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _ask(request, rows, form)
    format = Format(form.cleaned_data["format"])
    return responses.download(
        lambda file: exporting.export(
            actor=request.user,
            list_name=name,
            selection=rows.selection,
            format=format,
            to=file,
            all_columns=form.cleaned_data["columns"] == "all",
            at=rows.scope.at,
        ),
        name=exporting.file_name(list_name=name, format=format, at=rows.scope.at),
        media_type=format.media_type,
    )


def _ask(request: Request, rows: Chosen, form: ExportForm) -> HttpResponse:
    context = {
        "screen": rows.screen,
        "rows": rows,
        "form": form,
        "action": rows.screen.url("export"),
    }
    return responses.render(
        request, "listing/export.html", context, fragment="dialog", status=forms.status_of(form)
    )
