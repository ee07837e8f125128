"""How complete, reachable and confirmed the records are: the numbers of the quality desk."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from contacts import quality_desk
from contacts.listing import ListName
from contacts.quality_desk import Part as ListPart
from history.reports.asking import Asked
from history.reports.report import Bar, Chart, Column, Part, Report

COLUMNS: Final = (
    Column("list", _("Liste")),
    Column("measure", _("Was fehlt oder stimmt")),
    Column("count", _("Einträge"), "count"),
    Column("total", _("von"), "count"),
    Column("share", _("Anteil"), "share"),
)
LISTS: Final = {ListName.PERSONS: _("Ansprechpartner"), ListName.COMPANIES: _("Firmen")}


def of(asked: Asked) -> Report:
    """The report; as old as the desk's numbers, whatever period and team were asked for."""
    found = quality_desk.numbers(user=asked.user, at=asked.at)
    parts = [part for part in found.parts if part.total]
    return Report(
        name="quality",
        columns=COLUMNS,
        rows=[row for part in parts for row in _rows(part)],
        charts=[_chart(part) for part in parts],
        note=_(
            "Die Zahlen gelten für alles, was Sie sehen, und für jetzt; Zeitraum und Team ändern "
            "sie nicht. Unter Qualität öffnet jede Zahl ihre Liste."
        ),
        empty=_("Noch keine Kontakte. Übernehmen Sie eine Liste oder legen Sie einen an."),
    )


def _rows(part: ListPart) -> list[dict[str, Any]]:
    return [
        {
            "list": str(LISTS[part.name]),
            "measure": str(figure.measure.label),
            "count": figure.count,
            "total": part.total,
            "share": figure.count / part.total,
        }
        for figure in (*part.weaknesses, *part.freshness, *part.completeness)
    ]


def _chart(part: ListPart) -> Chart:
    return Chart(
        title=LISTS[part.name],
        parts=[Part("series-check", _("betroffen"))],
        bars=[Bar(each.measure.label, [float(each.count)]) for each in part.weaknesses],
    )
