"""Twelve months as small bars: places of rectangles, since inline styles are forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.ui import formats
from history.commerce.of_record import Month

STEP: Final = 22
FLOOR: Final = 32
HIGHEST: Final = 30
LEAST: Final = 1.5
CENTRE: Final = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One month. Texts, because templates would write numbers with a comma."""

    x: str
    y: str
    height: str
    is_nil: bool
    label_x: str
    label: str


def bars(months: Sequence[Month]) -> list[Bar]:
    """Bars as high as their share of the highest month; the first, the last and those with
    revenue are named as far as the names do not touch."""
    most = max((month.total for month in months), default=Decimal(0))
    named = _named(months)
    found = []
    for place, month in enumerate(months):
        share = float(month.total / most) if most > 0 and month.total > 0 else 0.0
        height = max(round(HIGHEST * share, 1), LEAST)
        found.append(
            Bar(
                x=str(1 + STEP * place),
                y=f"{FLOOR - height:.1f}",
                height=f"{height:.1f}",
                is_nil=share == 0.0,
                label_x=str(CENTRE + STEP * place),
                label=date_format(month.first, "N") if place in named else "",
            )
        )
    return found


def said(months: Sequence[Month]) -> str:
    """The bars in words."""
    parts = [
        f"{date_format(month.first, 'F')} {formats.euros(month.total)}"
        for month in months
        if month.total
    ]
    if not parts:
        return _("Kein Auftrag in den letzten zwölf Monaten")
    return _("Aufträge je Monat: %(months)s") % {"months": ", ".join(parts)}


def _named(months: Sequence[Month]) -> set[int]:
    last = len(months) - 1
    named = {0, last}
    for place, month in enumerate(months):
        if month.total and not named & {place - 1, place + 1}:
            named.add(place)
    return named
