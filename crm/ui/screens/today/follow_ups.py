"""What the user has planned for today: the line of the day and the table below it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.listing.counting import Count
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui import formats
from crm.ui.screens.activities import lines
from crm.ui.screens.activities.lines import Light, Line
from crm.ui.screens.today import lights, strip
from history.activities import day as days
from history.activities import pot
from history.activities.day import Day
from history.activities.rows import Row


def context(*, user: User, at: datetime, here: str) -> dict[str, Any]:
    """What the part of the page shows; a fixed number of queries. Empty for who sees no history."""
    if not policy.may(user, Permission.HISTORY_VIEW):
        return {"day": None, "planned": ""}
    day = days.of(user=user, at=at)
    people = [row.person for row in day.rows if row.person]
    found = lights.of(user=user, persons=people, at=at)
    return {
        "day": day,
        "strip": strip.of(day, at=at),
        "lines": [_line(row, found, at=at) for row in day.rows],
        "lights": bool(found),
        "planned": summary(day),
        "week": told(day.week),
        "pot": pot.total(user=user),
        "may_record": bool(policy.may(user, Permission.HISTORY_RECORD)),
        "here": here,
    }


def _line(row: Row, found: dict[int, Light], *, at: datetime) -> Line:
    return lines.line(row, at=at, light=found.get(row.person.pk) if row.person else None)


def summary(day: Day) -> str:
    """``6 Wiedervorlagen, 2 davon überfällig · 3 Termine``."""
    appointments = len(day.appointments)
    others = len(day.rows) - appointments
    parts = []
    if others:
        part = ngettext("%(n)s Wiedervorlage", "%(n)s Wiedervorlagen", others) % {"n": others}
        if day.overdue.value:
            part += ", " + _("%(n)s davon überfällig") % {"n": told(day.overdue)}
        parts.append(part)
    if appointments:
        pattern = ngettext("%(n)s Termin", "%(n)s Termine", appointments)
        parts.append(pattern % {"n": appointments})
    return " · ".join(parts)


def told(count: Count) -> str:
    """A count as people read it."""
    return formats.number(count.value) + ("+" if count.is_capped else "")
