"""Numbers and times as people read them, in the language of the page.

German setting has no-break spaces before a unit and between number and word:
``12.345,00 €``, ``61 %``, ``03.03.2026, 09:12 Uhr``.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NO_BREAK = "\N{NO-BREAK SPACE}"
UNKNOWN = "–"


def number(value: float | Decimal | None, *, decimals: int | None = None) -> str:
    """``5.000``; an en dash for None; a true minus sign."""
    if value is None:
        return UNKNOWN
    # Django would cut off, not round
    shown: Any = value if decimals is None else round(value, decimals)
    text = formats.number_format(shown, decimals, use_l10n=True, force_grouping=True)
    return text.replace("-", "\N{MINUS SIGN}")


def breakable(text: str) -> SafeString:
    """A text in which a long e-mail address is broken before its at sign."""
    before, at, behind = text.partition("@")
    return format_html("{}<wbr>{}{}", before, at, behind) if at else format_html("{}", text)


def percent(value: float | Decimal | None, *, decimals: int = 0) -> str:
    """A share of 1 as ``12 %`` (English ``12%``)."""
    if value is None:
        return UNKNOWN
    gap = NO_BREAK if _is_german() else ""
    return f"{number(value * 100, decimals=decimals)}{gap}%"


def euros(value: float | Decimal | None, *, cents: bool = True) -> str:
    """``12.345,00 €`` in tables, ``12.345 €`` on cards."""
    if value is None:
        return UNKNOWN
    amount = number(value, decimals=2 if cents else 0)
    return f"{amount}{NO_BREAK}€" if _is_german() else f"€{amount}"


def day(value: date | datetime | None) -> str:
    """``03.03.2026`` (English ``3 Mar 2026``), local time."""
    if value is None:
        return UNKNOWN
    return formats.date_format(_local(value), "d.m.Y" if _is_german() else "j M Y")


def weekday(value: date) -> str:
    """``Dienstag, 3. März`` (English ``Tuesday 3 March``); the year goes without saying."""
    return formats.date_format(value, "l, j. F" if _is_german() else "l j F")


def day_of_week(value: date | datetime) -> str:
    """``Di., 17.03.`` (English ``Tue 17 Mar``), local time; another year is told."""
    local = _local(value)
    year = local.year != timezone.localdate().year
    if _is_german():
        name = formats.date_format(local, "D").rstrip(".")
        return f"{name}., {formats.date_format(local, 'd.m.Y' if year else 'd.m.')}"
    return formats.date_format(local, "D j M Y" if year else "D j M")


def hour(value: datetime) -> str:
    """``09:12``, local time."""
    return formats.date_format(_local(value), "H:i")


def near_day(value: date | datetime | None, *, today: date | None = None) -> str:
    """*heute*, *gestern*, *morgen* where true, else the date."""
    if value is None:
        return UNKNOWN
    return near_word(value, today=today) or day(value)


def near_word(value: date | datetime, *, today: date | None = None) -> str:
    """*heute*, *gestern*, *morgen* where true, else nothing."""
    local = _local(value)
    local_day = local.date() if isinstance(local, datetime) else local
    match (local_day - (today or timezone.localdate())).days:
        case -1:
            return _("gestern")
        case 0:
            return _("heute")
        case 1:
            return _("morgen")
    return ""


def moment(value: datetime | None, *, today: date | None = None) -> str:
    """``03.03.2026, 09:12 Uhr`` or ``heute, 09:12 Uhr``."""
    if value is None:
        return UNKNOWN
    clock = formats.date_format(_local(value), "H:i")
    suffix = f"{NO_BREAK}Uhr" if _is_german() else ""
    return f"{near_day(value, today=today)}, {clock}{suffix}"


def duration(value: timedelta | None) -> str:
    """About how long: ``8 Sekunden``, ``12 Minuten``, ``3 Stunden``."""
    if value is None:
        return UNKNOWN
    seconds = max(round(value.total_seconds()), 0)
    if seconds < 90:
        return _count(ngettext("%(n)s Sekunde", "%(n)s Sekunden", seconds), seconds)
    minutes = round(seconds / 60)
    if minutes < 90:
        return _count(ngettext("%(n)s Minute", "%(n)s Minuten", minutes), minutes)
    hours = round(minutes / 60)
    return _count(ngettext("%(n)s Stunde", "%(n)s Stunden", hours), hours)


def _count(pattern: str, value: int) -> str:
    return (pattern % {"n": number(value)}).replace(" ", NO_BREAK)


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _is_german() -> bool:
    return (get_language() or "de").startswith("de")
