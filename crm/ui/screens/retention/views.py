"""The schedule, one period, a run on trial."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consent.desk import reports
from consent.desk.reports import Report
from consent.models import PeriodUnit, RetentionRun
from consent.requests.packages import in_words
from consent.retention import processing, rules, running
from consent.retention.schedule import RULES
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms as handing
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted

RUNS = 10
RECORDS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "pdf": (reports.pdf, "application/pdf"),
    "csv": (reports.table, "text/csv; charset=utf-8"),
}


class PeriodForm(forms.Form):
    """How long."""

    number = forms.IntegerField(label=gettext_lazy("Frist"), min_value=1, max_value=9999)
    unit = forms.ChoiceField(label=gettext_lazy("Einheit"), choices=PeriodUnit.choices)


@require_GET
@permitted(Permission.REQUESTS_MANAGE)
def schedule(request: Request) -> HttpResponse:
    """All rules with their periods, and the last runs."""
    own = rules.periods()
    lines = [
        {
            "rule": rule,
            "period": in_words(own[code]),
            "minimum": in_words(rule.minimum) if rule.minimum else "",
            "is_own": own[code] != rule.period,
        }
        for code, rule in RULES.items()
    ]
    runs = [
        {"run": run, "figures": _figures(run)}
        for run in RetentionRun.objects.select_related("started_by")[:RUNS]
    ]
    return responses.render(request, "retention/schedule.html", {"lines": lines, "runs": runs})


@require_http_methods(["GET", "POST"])
@permitted(Permission.REQUESTS_MANAGE)
def period(request: Request, rule: str) -> HttpResponse:
    """Set the period of one rule; never below what the law asks for."""
    known, current = RULES.get(rule), rules.periods().get(rule)
    if known is None or current is None:
        raise errors.NotFound(rule=rule)
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        initial={"number": current.number, "unit": current.unit.value},
    )
    if request.method == "POST":
        saved = handing.carry_out(
            form,
            lambda data: rules.set_period(actor=request.user, rule=rule, at=clock.now(), **data),
        )
        if saved:
            toasts.show(request, _("Die Frist ist gesichert."))
            return responses.redirect(request, "retention")
    minimum = in_words(known.minimum) if known.minimum else ""
    context = {"form": form, "rule": known, "minimum": minimum}
    return responses.render(
        request,
        "retention/period.html",
        context,
        fragment="form",
        status=handing.status_of(form),
    )


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def preview(request: Request) -> HttpResponse:
    """Count what would be erased today; nothing is."""
    running.run(actor=request.user, at=clock.now(), dry_run=True)
    toasts.show(request, _("Der Probelauf ist fertig. Gelöscht wurde nichts."))
    return responses.redirect(request, "retention")


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def processing_record(request: Request) -> HttpResponse:
    """The record of Art. 30 as a file, with what changed since the last one."""
    wanted = request.POST.get("format", "pdf")
    if wanted not in RECORDS:
        raise errors.NotFound
    make, media_type = RECORDS[wanted]
    made = processing.make(actor=request.user, at=clock.now())
    return HttpResponse(
        make(made),
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}.{wanted}"'},
    )


def _figures(run: RetentionRun) -> list[tuple[Any, int]]:
    return [
        (RULES[code].label if code in RULES else _("Abgelaufenes im Tresor"), count)
        for code, count in run.figures.items()
        if count
    ]
