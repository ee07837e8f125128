"""Open deals by stage, as they stand now, and what was won and lost in the period; two queries."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    Count,
    DecimalField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from history.models import Opportunity, OpportunityState
from history.reports.asking import Asked
from history.reports.report import Bar, Chart, Column, Part, Report

COLUMNS: Final = (
    Column("pipeline", _("Pipeline")),
    Column("stage", _("Stufe")),
    Column("count", _("Chancen"), "count"),
    Column("sum", _("Volumen"), "money"),
    Column("weighted", _("gewichtet"), "money"),
    Column("unknown", _("ohne Volumen"), "count"),
    Column("ageing", _("zu lange auf der Stufe"), "count"),
)
MONEY: Final = DecimalField(max_digits=18, decimal_places=2)
NONE: Final = Value(Decimal(0), output_field=MONEY)
WEIGHTED: Final = Sum(
    ExpressionWrapper(F("volume") * F("probability") / Decimal(100), output_field=MONEY)
)


def of(asked: Asked) -> Report:
    """The report; an unknown volume is counted apart, never as zero."""
    seen = Opportunity.objects.visible_to(asked.user).order_by()
    if asked.team:
        seen = seen.filter(team=asked.team)
    stages = _stages(seen, asked)
    return Report(
        name="pipeline",
        columns=COLUMNS,
        rows=[*stages, *_ends(seen, asked)],
        charts=[_chart(stages)] if stages else [],
        note=_(
            "Die Stufen stehen, wie sie jetzt sind; gewonnen und verloren zählt im Zeitraum. "
            "Gewichtet ist das Volumen mal der Wahrscheinlichkeit."
        ),
        empty=_(
            "Noch keine Verkaufschance. Legen Sie auf der Seite eines Kontakts eine an; hier steht "
            "dann, was auf welcher Stufe liegt und was zu lange liegt."
        ),
    )


def _stages(seen: Any, asked: Asked) -> list[dict[str, Any]]:
    usual = ExpressionWrapper(
        F("stage__usual_days") * Value(timedelta(days=1)), output_field=DurationField()
    )
    rows = (
        seen.filter(state=OpportunityState.OPEN)
        .values("pipeline__position", "pipeline__name", "stage__position", "stage__name")
        .annotate(
            count=Count("pk"),
            sum=Coalesce(Sum("volume"), NONE),
            weighted=Coalesce(WEIGHTED, NONE),
            unknown=Count("pk", filter=Q(volume=None)),
            ageing=Count("pk", filter=Q(stage_since__lt=Value(asked.at) - usual)),
        )
        .order_by("pipeline__position", "pipeline__name", "stage__position", "stage__name")
    )
    return [
        {
            "pipeline": row["pipeline__name"],
            "stage": row["stage__name"],
            **{name: row[name] for name in ("count", "sum", "unknown", "ageing")},
            "weighted": row["weighted"].quantize(Decimal("0.01")),
        }
        for row in rows
    ]


def _ends(seen: Any, asked: Asked) -> list[dict[str, Any]]:
    rows = (
        seen.filter(closed_at__gte=asked.begin, closed_at__lt=asked.end)
        .exclude(state=OpportunityState.OPEN)
        .values("pipeline__position", "pipeline__name", "state")
        .annotate(
            count=Count("pk"),
            sum=Coalesce(Sum("volume"), NONE),
            unknown=Count("pk", filter=Q(volume=None)),
        )
        .order_by("pipeline__position", "pipeline__name", "-state")
    )
    return [
        {
            "pipeline": row["pipeline__name"],
            "stage": OpportunityState(row["state"]).label,
            "count": row["count"],
            "sum": row["sum"],
            "weighted": None,
            "unknown": row["unknown"],
            "ageing": None,
        }
        for row in rows
    ]


def _chart(stages: list[dict[str, Any]]) -> Chart:
    several = len({row["pipeline"] for row in stages}) > 1
    return Chart(
        title=_("Volumen je Stufe"),
        parts=[Part("weighted", _("gewichtet")), Part("rest", _("übriges Volumen"))],
        bars=[
            Bar(
                f"{row['pipeline']}: {row['stage']}" if several else row["stage"],
                [float(row["weighted"]), float(row["sum"] - row["weighted"])],
            )
            for row in stages
        ],
        sort="money",
    )
