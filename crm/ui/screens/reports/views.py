"""``/auswertung/``: a report for a period and a team, as bars, as a table and as a file."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from contacts.tables import Format
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import formats, forms, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.reports import bars
from crm.ui.screens.reports.forms import PeriodForm
from history.reports import catalogue, exporting
from history.reports.asking import Asked
from history.reports.report import Column, Report

NAMES: Final = {entry.slug: name for name, entry in catalogue.REPORTS.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table as it is shown."""

    column: Column
    text: str


@require_GET
@permitted(Permission.REPORTS_VIEW)
def report_home(request: Request) -> HttpResponse:
    """The first report."""
    return responses.redirect(request, "report", next(iter(NAMES)))


@require_GET
@permitted(Permission.REPORTS_VIEW)
def report(request: Request, slug: str) -> HttpResponse:
    """The report; days that are none leave it at the last twelve weeks and say so."""
    name = _name(slug)
    form = PeriodForm(request.GET, user=request.user)
    asked = forms.carry_out(form, lambda data: _asked(request, data)) or _asked(request, {})
    found = catalogue.make(name, asked)
    query = request.GET.urlencode()
    context = {
        "entry": catalogue.REPORTS[name],
        "tabs": _tabs(slug, query),
        "form": form if request.GET else _said(asked, request),
        "asked": asked,
        "report": found,
        "charts": [(chart, bars.drawn(chart)) for chart in found.charts],
        "rows": _cells(found),
        "export_url": f"{reverse('report-export', args=[slug])}?{query}",
    }
    status = forms.status_of(form)
    return responses.render(request, "reports/report.html", context, status=status)


@require_POST
@permitted(Permission.REPORTS_VIEW)
def report_export(request: Request, slug: str) -> HttpResponseBase:
    """The table as a file, for the days and the team of the address."""
    name = _name(slug)
    form = PeriodForm(request.GET, user=request.user)
    if not form.is_valid():
        raise errors.Invalid(
            {field: [str(text) for text in texts] for field, texts in form.errors.items()}
        )
    wanted = request.POST.get("format", "")
    format = Format.XLSX if wanted == Format.XLSX else Format.CSV
    asked = _asked(request, form.cleaned_data)
    return responses.download(
        lambda file: exporting.export(name=name, asked=asked, format=format, to=file),
        name=exporting.file_name(name=name, format=format, at=asked.at),
        media_type=format.media_type,
    )


def _said(asked: Asked, request: Request) -> PeriodForm:
    """The days that nobody chose, in their fields."""
    return PeriodForm(initial={"since": asked.since, "until": asked.until}, user=request.user)


def _asked(request: Request, data: dict[str, Any]) -> Asked:
    team = data.get("team")
    return Asked.of(
        user=request.user,
        at=clock.now(),
        since=data.get("since"),
        until=data.get("until"),
        team=team.public_id if team else None,
    )


def _name(slug: str) -> str:
    if slug not in NAMES:
        raise errors.NotFound(report=slug)
    return NAMES[slug]


def _tabs(slug: str, query: str) -> list[dict[str, Any]]:
    behind = f"?{query}" if query else ""
    return [
        {
            "label": entry.title,
            "url": reverse("report", args=[entry.slug]) + behind,
            "is_on": entry.slug == slug,
        }
        for entry in catalogue.REPORTS.values()
    ]


def _cells(found: Report) -> list[list[Cell]]:
    return [
        [Cell(column, _text(row[column.code], column)) for column in found.columns]
        for row in found.rows
    ]


def _text(value: Any, column: Column) -> str:
    match column.sort:
        case "money":
            return formats.euros(value)
        case "share":
            return formats.percent(value)
        case "day":
            return formats.day(value)
        case "count":
            return formats.number(value)
    return str(value)
