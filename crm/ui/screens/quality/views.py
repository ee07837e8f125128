"""``/qualitaet/``: numbers that each open the list of their records."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contacts import deadlines, quality_desk
from contacts.listing.quality import Figure, SourceFigure
from contacts.quality_desk import Part
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import formats, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.listing.lists import SCREENS, Screen
from crm.ui.screens.quality import acts, bars, suspicions


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def quality(request: Request) -> HttpResponse:
    """The page; ``?neu`` counts again."""
    numbers = quality_desk.numbers(user=request.user, at=clock.now(), anew="neu" in request.GET)
    parts = [_part(part) for part in numbers.parts]
    has_searched = any(part.suspects for part in numbers.parts)
    context = {
        "parts": parts,
        "at": numbers.at,
        "is_empty": not any(part["total"] for part in parts),
        "settled": acts.board(numbers.settled, user=request.user)
        if has_searched or numbers.settled.total
        else None,
    }
    return responses.render(request, "quality/quality.html", context)


def _part(part: Part) -> dict[str, Any]:
    screen = SCREENS[part.name]
    return {
        "screen": screen,
        "total": part.total,
        "weaknesses": [_line(screen, figure) for figure in part.weaknesses],
        "bars": [
            _bar(screen, "fresh", _("Zuletzt bestätigt"), part.freshness),
            _bar(screen, "full", _("Vollständigkeit"), part.completeness),
        ],
        "suspects": suspicions.block(part),
        "sources": [_source(screen, figure, part) for figure in part.sources],
    }


def _line(screen: Screen, figure: Figure) -> dict[str, Any]:
    return {
        "code": figure.measure.code,
        "label": figure.measure.label,
        "count": figure.count,
        "share": figure.share,
        "url": f"{screen.url()}?{figure.query}",
    }


def _bar(screen: Screen, kind: str, label: str, figures: list[Figure]) -> dict[str, Any]:
    lines = [_line(screen, figure) for figure in figures]
    said = ", ".join(f"{line['label']} {formats.percent(line['share'])}" for line in lines)
    return {
        "kind": kind,
        "label": label,
        "lines": lines,
        "pieces": bars.bar(figures),
        "said": f"{label}: {said}",
    }


def _source(screen: Screen, figure: SourceFigure, part: Part) -> dict[str, Any]:
    return {
        "figure": figure,
        "url": f"{screen.url()}?{figure.query}",
        "stale_url": f"{screen.url()}?{figure.query}&unconfirmed=2&sort=confirmed",
        "pieces": bars.freshness_bar(figure),
        "unconfirmed": figure.stale + figure.never,
        "suspects": suspicions.of_source(part, figure.source),
        "completeness": round(figure.completeness),
        "is_over": deadlines.term_of(figure.source.use_until, on=clock.today())
        is deadlines.Term.PASSED,
    }
