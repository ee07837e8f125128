"""How the value of a column is set in a row of a list."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts import freshness
from contacts.freshness import Freshness
from contacts.listing import ListName
from contacts.listing.columns import Column, Kind
from contacts.listing.rows import Row
from contacts.models import ContactPointKind
from crm.ui import formats
from crm.ui.components.marks import badge, icon
from crm.ui.screens.listing.lists import SCREENS, Screen

EMPTY = SafeString("")
WEAK_BELOW = 60


def cell(*, column: Column, row: Row, screen: Screen, today: date) -> SafeString:
    """The content of one cell; empty for what is not there."""
    if column.code == "name":
        return _name(row, screen)
    if column.code == "confirmed":
        return confirmed(row.record.confirmed_on, today=today)
    if special := _SPECIAL.get(column.code):
        return special(row)
    value = column.value(row)
    return EMPTY if value in (None, "") else format_html("{}", _FORMATS[column.kind](value))


def confirmed(day: date | None, *, today: date) -> SafeString:
    """The day of the last confirmation; sign and word when it is long ago or never was."""
    fresh = freshness.of(day, on=today)
    if fresh is Freshness.NEVER:
        return format_html('<span class="never">{}{}</span>', icon("ask"), _("nie"))
    if fresh is Freshness.STALE:
        return badge(formats.day(day), "check", icon="clock", title=_("vor mehr als zwei Jahren"))
    return format_html('<span class="muted">{}</span>', formats.day(day))


def completeness(value: int) -> SafeString:
    """A bar with its number; weak ones in the colour of what a person must look at."""
    kind = " gauge--weak" if value < WEAK_BELOW else ""
    return format_html(
        '<span class="gauge{}"><svg viewBox="0 0 100 6" preserveAspectRatio="none" '
        'aria-hidden="true"><rect width="{}" height="6"/></svg>{}</span>',
        kind,
        value,
        formats.percent(value / 100),
    )


def _name(row: Row, screen: Screen) -> SafeString:
    url = screen.url("detail", public_id=row.record.public_id)
    link = format_html('<a class="lead" href="{}">{}</a>', url, row.record.name_for_lists)
    if not row.record.duplicate_check_due:
        return link
    note = _("vielleicht doppelt")
    return format_html(
        '{} <span class="maybe-twice" title="{}">{}</span>',
        link,
        note,
        icon("merge", "s", label=note),
    )


def _staff(row: Row) -> SafeString:
    """How many persons work there, as a link to them."""
    if not row.staff:
        return EMPTY
    url = f"{SCREENS[ListName.PERSONS].url()}?company={row.record.public_id}"
    return format_html('<a href="{}">{}</a>', url, formats.number(row.staff))


def _company(row: Row) -> SafeString:
    role = row.role
    if role is None:
        return EMPTY
    sub = format_html('<span class="sub">{}</span>', role.function) if role.function else EMPTY
    return format_html('<span class="firm">{}</span>{}', role.company, sub)


def _email(row: Row) -> SafeString:
    address = next(iter(row.reached_by(ContactPointKind.EMAIL)), "")
    return formats.breakable(address) if address else EMPTY


def _completeness(row: Row) -> SafeString:
    return completeness(row.record.completeness)


_SPECIAL: dict[str, Callable[[Row], SafeString]] = {
    "company": _company,
    "completeness": _completeness,
    "email": _email,
    "staff": _staff,
}
_FORMATS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.NUMBER: formats.number,
    Kind.PERCENT: lambda value: formats.percent(value / 100),
    Kind.DAY: formats.day,
    Kind.MOMENT: formats.moment,
}
