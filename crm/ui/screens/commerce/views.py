"""``/auftraege/``: upload a file, choose its columns, see what became of its rows."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.commerce import preview
from crm.ui.screens.commerce.forms import TakeoverForm
from history.commerce import access, refusals, takeovers, waiting
from history.models import Takeover, TakeoverState, WaitingRow

SHOWN = 50


@require_GET
@permitted(Permission.COMMERCE_IMPORT)
def takeover_list(request: Request) -> HttpResponse:
    """The latest take-overs, and how many rows still wait."""
    context = {
        "takeovers": access.takeovers_of(request.user)[:SHOWN],
        "waiting": WaitingRow.objects.count(),
    }
    return responses.render(request, "commerce/list.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.COMMERCE_IMPORT)
def takeover_new(request: Request) -> HttpResponse:
    """Upload a file."""
    is_sent = request.method == "POST"
    form = TakeoverForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent:
        made = forms.carry_out(form, lambda data: _upload(request, data))
        if made:
            return responses.redirect(request, "takeover-columns", made.public_id)
    return responses.render(
        request, "commerce/new.html", {"form": form}, fragment="form", status=forms.status_of(form)
    )


@require_http_methods(["GET", "POST"])
@permitted(Permission.COMMERCE_IMPORT)
def takeover_columns(request: Request, public_id: UUID) -> HttpResponse:
    """Show the mapping; a POST keeps it and takes the file over, or tries to (``go=trial``)."""
    takeover = access.takeover_for(user=request.user, public_id=public_id)
    if not takeover.file or takeover.is_busy:
        return responses.redirect(request, "takeover", public_id)
    problems: list[str] = []
    if request.method == "POST":
        takeover, problems = _configure(request, takeover)
        if not problems:
            takeovers.start(
                actor=request.user,
                takeover=takeover,
                is_dry_run=request.POST.get("go") == "trial",
                at=clock.now(),
            )
            return responses.redirect(request, "takeover", public_id)
    sample = takeovers.sample_of(takeover)
    context = {
        "takeover": takeover,
        "lines": preview.lines(takeover, sample),
        "look": preview.look(takeover, sample),
        "choices": preview.choices(takeover.kind),
        "problems": problems,
    }
    status = 422 if problems else 200
    return responses.render(
        request, "commerce/columns.html", context, fragment="work", status=status
    )


@require_GET
@permitted(Permission.COMMERCE_IMPORT)
def takeover(request: Request, public_id: UUID) -> HttpResponse:
    """What became of the rows; while it is busy the page looks again every second."""
    found = access.takeover_for(user=request.user, public_id=public_id)
    if found.state == TakeoverState.UPLOADED:
        return responses.redirect(request, "takeover-columns", public_id)
    context = {
        "takeover": found,
        "refused": found.refused_rows.all()[:SHOWN],
        "waiting": found.waiting_rows.order_by("row")[:SHOWN],
    }
    return responses.render(request, "commerce/takeover.html", context, fragment="region")


@require_GET
@permitted(Permission.COMMERCE_IMPORT)
def takeover_refused(request: Request, public_id: UUID) -> StreamingHttpResponse:
    """The refused rows as a table to be mended and taken over again."""
    found = access.takeover_for(user=request.user, public_id=public_id)
    stem = slugify(found.file_name.rsplit(".", 1)[0]) or "auftraege"
    return StreamingHttpResponse(
        refusals.as_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{stem}-zurueckgewiesen.csv"'},
    )


@require_POST
@permitted(Permission.COMMERCE_IMPORT)
def takeover_retry(request: Request) -> HttpResponse:
    """Try what waits once more."""
    count = waiting.retry(actor=request.user, at=clock.now())
    told = ngettext("%(n)d Zeile übernommen.", "%(n)d Zeilen übernommen.", count) % {"n": count}
    toasts.show(request, told if count else _("Noch ist keine der Nummern bekannt."))
    return responses.redirect(request, "takeover-list")


def _upload(request: Request, data: dict[str, Any]) -> Takeover:
    return takeovers.upload(
        actor=request.user,
        kind=data["kind"],
        file=data["file"],
        file_name=data["file"].name,
        at=clock.now(),
    )


def _configure(request: Request, takeover: Takeover) -> tuple[Takeover, list[str]]:
    """Save the mapping of the form; one that does not fit is only shown, with its problems."""
    chosen = preview.posted(request.POST, takeover)
    try:
        saved = takeovers.configure(
            actor=request.user, takeover=takeover, chosen=chosen, at=clock.now()
        )
    except errors.Invalid as refusal:
        takeover.columns = {
            name: code for name, code in chosen.items() if _is_field(takeover.kind, code)
        }
        return takeover, refusal.errors.get("columns", [refusal.message])
    return saved, []


def _is_field(kind: str, code: str) -> bool:
    return any(field.code == code for field in preview.choices(kind))
