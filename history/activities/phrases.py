"""When? What people type for a day, read as a day: ``14``, ``2w``, ``morgen``, ``24.3. 14:30``.

Plain Python: the clock is an argument, a refusal is a :class:`Unreadable` with its reason.

======================  =======================================================================
``14``, ``14 Tage``     in 14 days; **a weekend or holiday becomes the working day after it**
``2w``, ``2 Wochen``    in two weeks, the same weekday
``3m``, ``3 Monate``    in three months, the same day or the last one of a shorter month
``heute``, ``morgen``   as said; so is ``übermorgen``
``Mo``, ``Montag``      the next Monday, never today
``24.3.``, ``24.03.27`` that day; without a year the next one, today included
``2026-03-24``          that day
``14:30``               today at that hour, tomorrow if it has passed
======================  =======================================================================

An hour may stand behind each of them: ``morgen 9:00``, ``Mo 14 Uhr``. Only a number of days is
moved to a working day: whoever names a day means it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial

from crm.kernel import working_days

FARTHEST = timedelta(days=3653)
WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_LONG = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {"heute": 0, "today": 0, "morgen": 1, "tomorrow": 1, "übermorgen": 2, "uebermorgen": 2}
_SPAN = re.compile(
    r"(?:in )?(\d{1,4}) ?(d|t|tage?n?|days?|w|wochen?|weeks?|m|monat(?:en?)?|months?)?"
)
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HOUR = re.compile(r"^(.*?)(?:,|\bum)?\s*\b(\d{1,2})(?::(\d{2})(?: uhr)?| uhr)$")


class Reason(StrEnum):
    """Why a phrase is no day."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    NO_SUCH_DAY = "no-such-day"
    NO_SUCH_HOUR = "no-such-hour"
    TOO_FAR = "too-far"


class Unreadable(ValueError):
    """A phrase that is no day; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Due:
    """A day, or with ``has_time`` an hour of it; without one ``at`` is the day's beginning."""

    at: datetime
    has_time: bool


def parse(text: str, *, now: datetime, state: str = "") -> Due:
    """The day that ``text`` means at ``now``, which is local time and aware.

    ``state`` is the federal state whose holidays count beside those of all.

    :raises Unreadable: it means none, or one more than ten years away
    """
    words = " ".join(text.casefold().split())
    if not words:
        raise Unreadable(Reason.EMPTY)
    words, hour = _apart(words)
    day = _day(words, now.date(), state) if words else _next(hour, now)
    if day - now.date() > FARTHEST:
        raise Unreadable(Reason.TOO_FAR)
    return Due(datetime.combine(day, hour or time(), now.tzinfo), hour is not None)


def _apart(words: str) -> tuple[str, time | None]:
    """The day and the hour behind it."""
    found = _HOUR.match(words)
    if found is None:
        return words, None
    try:
        return found[1].strip(" ,"), time(int(found[2]), int(found[3] or 0))
    except ValueError as error:
        raise Unreadable(Reason.NO_SUCH_HOUR) from error


def _next(hour: time | None, now: datetime) -> date:
    passed = hour is not None and hour <= now.time()
    return now.date() + timedelta(days=passed)


def _day(words: str, today: date, state: str) -> date:
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if (weekday := _weekday(words)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
        (_SPAN, partial(_span, state=state)),
        (_GERMAN, _german),
        (_ISO, _iso),
    )
    for pattern, read in readers:
        if found := pattern.fullmatch(words):
            try:
                return read(found, today)
            except (ValueError, OverflowError) as error:
                raise Unreadable(Reason.NO_SUCH_DAY) from error
    raise Unreadable(Reason.UNKNOWN)


def _weekday(words: str) -> int | None:
    word = words.removeprefix("nächsten ").removeprefix("am ").rstrip(".")
    for names in (WEEKDAYS, _LONG, _ENGLISH):
        if word in names:
            return names.index(word)
    return None


def _span(found: re.Match[str], today: date, *, state: str) -> date:
    number, unit = int(found[1]), (found[2] or "d")[0]
    if unit == "m":
        return _months_later(today, number)
    if unit == "w":
        return today + timedelta(weeks=number)
    return working_days.on_or_after(today + timedelta(days=number), state=state)


def _months_later(today: date, months: int) -> date:
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _german(found: re.Match[str], today: date) -> date:
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return date(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        if day <= monthrange(year, month)[1] and (coming := date(year, month, day)) >= today:
            return coming
    raise ValueError(found[0])


def _iso(found: re.Match[str], today: date) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))
