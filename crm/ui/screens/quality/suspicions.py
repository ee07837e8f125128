"""Open suspicions of being a duplicate: each number with the list of its groups."""

from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contacts.models import Source
from contacts.quality_desk import KINDS, Part
from crm.ui import formats
from crm.ui.screens.duplicates.words import BANDS, kind_of, list_url
from crm.ui.screens.quality import bars


@dataclass(frozen=True, slots=True)
class Link:
    """A number and the address of what it counts."""

    count: int
    url: str


def block(part: Part) -> dict[str, Any] | None:
    """The open groups of a list by strength; None before the first search."""
    groups = part.suspects
    if groups is None:
        return None
    lines = [
        {
            "code": code,
            "label": BANDS[code].label,
            "count": count,
            "share": count / groups.total if groups.total else 0.0,
            "url": _url(part, band=code),
        }
        for code, count in groups.by_band.items()
    ]
    said = ", ".join(
        f"{BANDS[code].label} {formats.number(count)}" for code, count in groups.by_band.items()
    )
    return {
        "all": Link(groups.total, _url(part)),
        "lines": lines,
        "pieces": bars.bands_bar(groups),
        "said": _("Offene Verdachtsfälle: %(parts)s") % {"parts": said},
    }


def of_source(part: Part, source: Source) -> Link | None:
    """The open groups with a record from the source; None before the first search."""
    if part.suspects is None:
        return None
    count = part.suspects.by_source.get(source.pk, 0)
    return Link(count, _url(part, quelle=str(source.public_id)))


def _url(part: Part, **more: str) -> str:
    home = list_url(kind_of(KINDS[part.name]))
    return f"{home}?{urlencode(more)}" if more else home
