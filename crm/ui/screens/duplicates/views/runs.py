"""Runs: the list, starting one, watching it, stopping it, its figures."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.duplicates import runs
from contacts.models import MatchingKind, MatchingRun, MatchingScope, MatchingStep
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import figures
from crm.ui.screens.duplicates.forms import StartForm
from crm.ui.screens.duplicates.histogram import histogram

PAGE = 25


@require_http_methods(["GET", "POST"])
@permitted(Permission.DUPLICATES_RUN)
def run_list(request: Request) -> HttpResponse:
    """All runs, the last one first, looking again while one is busy; a POST starts one."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        started = forms.carry_out(form, lambda data: _start(request, data))
        if started:
            return responses.redirect(request, "matching-run", started.public_id)
    context = _page(request) | {"form": form}
    return responses.render(
        request, "duplicates/runs.html", context,
        fragment="start" if request.method == "POST" else "runs", status=forms.status_of(form),
    )  # fmt: skip


@require_GET
@permitted(Permission.DUPLICATES_RUN)
def run_detail(request: Request, public_id: UUID) -> HttpResponse:
    """A run as it stands; while it is busy the page looks again every second."""
    run = runs.run_for(user=request.user, public_id=public_id)
    line = figures.line_of(run)
    context: dict[str, Any] = {"run": run, "line": line}
    if line.is_busy:
        progress = runs.progress(run)
        context |= {
            "progress": progress,
            "percent": min(round(100 * progress.share), 100),
            "step_labels": [str(step.label) for step in MatchingStep],
        }
    else:
        context |= _results(run)
    return responses.render(request, "duplicates/run.html", context, fragment="region")


@require_POST
@permitted(Permission.DUPLICATES_RUN)
def run_cancel(request: Request, public_id: UUID) -> HttpResponse:
    """Stop a run."""
    run = runs.run_for(user=request.user, public_id=public_id)
    runs.cancel(actor=request.user, run=run, at=clock.now())
    return responses.redirect(request, "matching-run", public_id)


def _start(request: Request, data: dict[str, Any]) -> MatchingRun:
    return runs.start(
        actor=request.user,
        kind=MatchingKind(data["kind"]),
        scope=MatchingScope(data["scope"]),
        retrain=data["retrain"],
        at=clock.now(),
    )


def _page(request: Request) -> dict[str, Any]:
    rows = runs.runs_of(request.user).order_by("-pk")
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    lines = [figures.line_of(run) for run in found[:PAGE]]
    return {
        "lines": lines,
        "is_busy": any(line.is_busy for line in lines),
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
    }


def _results(run: MatchingRun) -> dict[str, Any]:
    fillers, more = figures.filler_lines(run.figures)
    return {
        "steps": figures.step_lines(run.figures),
        "keys": run.figures.get("keys", []),
        "fillers": fillers,
        "more_fillers": more,
        "histogram": histogram(run.figures),
        "notices": run.figures.get("notices", []),
    }
