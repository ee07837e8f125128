"""How often, over which channels and about what customers were in contact; one query."""

from collections import defaultdict
from datetime import date
from typing import Any, Final

from django.db.models import Count, F
from django.db.models.functions import Coalesce, TruncMonth, TruncWeek
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from history import channels
from history.channels import Channel
from history.models import Touchpoint
from history.reports.asking import Asked
from history.reports.report import Bar, Chart, Column, Part, Report

COLUMNS: Final = (
    Column("since", _("ab"), "day"),
    Column("channel", _("Kanal")),
    Column("category", _("Kategorie")),
    Column("count", _("Kontakte"), "count"),
)
STEPS: Final = {"week": TruncWeek, "month": TruncMonth}
MOST: Final = 6


def of(asked: Asked) -> Report:
    """The report; notes are no contacts, and of what was corrected only the correction counts."""
    found = _found(asked)
    rows = [
        {
            "since": since,
            "channel": str(channels.label(channel)),
            "category": category,
            "count": count,
        }
        for since, channel, category, count in found
    ]
    return Report(
        name="contacts",
        columns=COLUMNS,
        rows=rows,
        charts=[_by_channel(found, asked), _by_category(found)] if rows else [],
        note=_(
            "Jeder Kontakt zählt einmal, wie viele auch daran beteiligt waren. Notizen zählen "
            "nicht. Bis zu fünf Monaten stehen Wochen, darüber Monate."
        ),
        empty=_(
            "In diesem Zeitraum wurde kein Kontakt festgehalten. Anrufe, E-Mails und Besuche "
            "erscheinen hier, sobald sie auf der Seite eines Kontakts stehen."
        ),
    )


def _found(asked: Asked) -> list[tuple[date, str, str, int]]:
    """Begin of week or month, channel, upper category, number."""
    rows = (
        Touchpoint.objects.filter(
            asked.theirs("agent"),
            happened_at__gte=asked.begin,
            happened_at__lt=asked.end,
            correction=None,
        )
        .exclude(channel=Channel.NOTE)
        .annotate(
            since=STEPS[asked.step]("happened_at"),
            upper=Coalesce(F("category__parent__name"), F("category__name")),
        )
        .order_by()
        .values_list("since", "channel", "upper")
        .annotate(count=Count("pk"))
        .order_by("since", "channel", "upper")
    )
    return [
        (since.date(), channel, upper or _now("ohne Kategorie"), count)
        for since, channel, upper, count in rows
    ]


def _by_channel(found: list[tuple[date, str, str, int]], asked: Asked) -> Chart:
    sums: defaultdict[date, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    totals: defaultdict[str, int] = defaultdict(int)
    for since, channel, _category, count in found:
        sums[since][channel] += count
        totals[channel] += count
    ranked = sorted(totals, key=lambda channel: (-totals[channel], channel))
    shown, rest = ranked[:MOST], ranked[MOST:]
    parts: list[Any] = [
        Part(f"series-{place}", channels.label(channel)) for place, channel in enumerate(shown, 1)
    ]
    if rest:
        parts.append(Part("series-rest", _("übrige")))
    return Chart(
        title=_("Kontakte je Woche und Kanal")
        if asked.step == "week"
        else _("Kontakte je Monat und Kanal"),
        parts=parts,
        bars=[
            Bar(
                _label(since, asked),
                [
                    *(float(mine[channel]) for channel in shown),
                    *([float(sum(mine[channel] for channel in rest))] if rest else []),
                ],
            )
            for since, mine in sorted(sums.items())
        ],
    )


def _by_category(found: list[tuple[date, str, str, int]]) -> Chart:
    totals: defaultdict[str, int] = defaultdict(int)
    for _since, _channel, category, count in found:
        totals[category] += count
    ranked = sorted(totals, key=lambda category: (-totals[category], category))
    return Chart(
        title=_("Worum es ging"),
        parts=[Part("series-1", _("Kontakte"))],
        bars=[Bar(category, [float(totals[category])]) for category in ranked],
    )


def _label(since: date, asked: Asked) -> str:
    if asked.step == "month":
        return date_format(since, "F Y")
    return _now("KW %(week)d, ab %(day)s") % {
        "week": since.isocalendar().week,
        "day": date_format(since, "SHORT_DATE_FORMAT"),
    }
