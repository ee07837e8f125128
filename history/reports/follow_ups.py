"""Whether what was planned was done: on time, late, or still open though due; one query.

Something without an hour is on time until the end of its day.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Case, Count, DateTimeField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import TruncDay, TruncWeek
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from history.models import Activity, ActivityState
from history.reports.asking import Asked
from history.reports.report import Bar, Chart, Column, Part, Report

COLUMNS: Final = (
    Column("week", _("Woche ab"), "day"),
    Column("user", _("Wer")),
    Column("on_time", _("rechtzeitig"), "count"),
    Column("late", _("verspätet"), "count"),
    Column("overdue", _("überfällig"), "count"),
    Column("kept", _("eingehalten"), "share"),
)
COUNTS: Final = ("on_time", "late", "overdue")


def of(asked: Asked) -> Report:
    """The report: what was due in the period, as it stands now. What was called off is left out."""
    rows = _rows(asked)
    return Report(
        name="follow-ups",
        columns=COLUMNS,
        rows=rows,
        charts=[_chart(rows)] if rows else [],
        note=_(
            "Gezählt wird, was im Zeitraum fällig war. Ohne Uhrzeit zählt der ganze Tag; "
            "Abgesagtes zählt nicht."
        ),
        empty=_(
            "In diesem Zeitraum war nichts fällig. Wiedervorlagen entstehen auf der Seite eines "
            "Kontakts; hier steht dann, wer sie einhält."
        ),
    )


def _rows(asked: Asked) -> list[dict[str, Any]]:
    due = Activity.objects.filter(
        asked.theirs("assignee"), due_at__gte=asked.begin, due_at__lt=asked.end
    ).exclude(state=ActivityState.CANCELLED)
    done = Q(state=ActivityState.DONE)
    found = (
        due.annotate(deadline=_deadline(), week=TruncWeek("due_at"))
        .values("week", "assignee__first_name", "assignee__last_name", "assignee")
        .annotate(
            on_time=Count("pk", filter=done & Q(closed_at__lte=F("deadline"))),
            late=Count("pk", filter=done & Q(closed_at__gt=F("deadline"))),
            overdue=Count("pk", filter=Q(state=ActivityState.OPEN, deadline__lt=asked.at)),
        )
        .order_by("-week", "assignee__last_name", "assignee__first_name", "assignee")
    )
    return [_row(each) for each in found if any(each[name] for name in COUNTS)]


def _deadline() -> Case:
    """The hour, if it counts; else the end of the day where the installation stands."""
    zone = timezone.get_current_timezone_name()
    next_day = ExpressionWrapper(
        TruncDay("due_at") + Value(timedelta(days=1)), output_field=DateTimeField()
    )
    end = Func(Value(zone), next_day, function="TIMEZONE", output_field=DateTimeField())
    return Case(When(has_time=True, then=F("due_at")), default=end, output_field=DateTimeField())


def _row(found: Any) -> dict[str, Any]:
    name = f"{found['assignee__first_name'] or ''} {found['assignee__last_name'] or ''}".strip()
    counts = {each: found[each] for each in COUNTS}
    return {
        "week": found["week"].date(),
        "user": name or _now("niemand"),
        **counts,
        "kept": counts["on_time"] / sum(counts.values()),
    }


def _chart(rows: list[dict[str, Any]]) -> Chart:
    sums: dict[str, list[float]] = {}
    for row in sorted(rows, key=lambda each: str(each["user"])):
        mine = sums.setdefault(row["user"], [0.0, 0.0, 0.0])
        for place, name in enumerate(COUNTS):
            mine[place] += row[name]
    return Chart(
        title=_("Wer wie viel eingehalten hat"),
        parts=[
            Part("on_time", _("rechtzeitig")),
            Part("late", _("verspätet")),
            Part("overdue", _("überfällig")),
        ],
        bars=[Bar(user, values) for user, values in sums.items()],
    )
