"""By when somebody must be told what was not collected from them (Art. 14(3) GDPR)."""

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def day_of(moment: datetime) -> date:
    """The day of an instant where the controller sits."""
    return moment.astimezone(BERLIN).date()


def month_later(day: date) -> date:
    """The same-numbered day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_by(
    *,
    collected_at: datetime,
    first_communication_at: datetime | None = None,
    disclosed_at: datetime | None = None,
) -> date:
    """The earliest of one month, the first communication and the first disclosure.

    A month stays the outer limit (WP260 rev.01, paragraphs 27 and 28); it is not moved by a
    weekend, which is the safe reading.
    """
    others = (first_communication_at, disclosed_at)
    return min(
        month_later(day_of(collected_at)),
        *(day_of(each) for each in others if each is not None),
        date.max,
    )
