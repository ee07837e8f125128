"""Birth dates in the notations of German lists, with no silent guess."""

import re
from datetime import date, timedelta
from functools import lru_cache

from contacts.matching.normalise.folding import fold
from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar jan janner january", "februar feb february", "marz mar maerz march mrz",
         "april apr", "mai may", "juni jun june", "juli jul july", "august aug",
         "september sep sept", "oktober okt october oct", "november nov",
         "dezember dez december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_GERMAN = re.compile(r"(\d{1,2})([./\-])\s*(\d{1,2})\2\s*(\d{4}|\d{2})(?: 00:00(?::00)?)?")
_WORDS = re.compile(r"(\d{1,2})[.]?\s*([^\W\d_]+)[.]?,?\s*(\d{4}|\d{2})")
_DIGITS = re.compile(r"\d{4,8}(?:\.0+)?")
_EXCEL_ZERO = date(1899, 12, 30)
_OLDEST_AGE, _YOUNGEST_AGE = 100, 16
_FIRST_YEAR = 1900


@lru_cache(maxsize=1 << 14)
def birth_date(text: str, *, today: date) -> date:
    """Read "14.02.71", "1975-11-30", "14. Februar 1971" or Excel's day number.

    Two-digit years are taken for the century in which the person is between 16 and 100 years
    old at ``today``. Raises :class:`Unreadable` ``birth-date-format``,
    ``birth-date-impossible`` (no such day, in the future, before 1900) and
    ``birth-date-ambiguous`` (05/06/1971; a year "20" that may be 1920 or 2020).
    """
    written = cleaned(text)
    if found := _ISO.fullmatch(written):
        return _plausible(written, int(found[1]), int(found[2]), int(found[3]), today)
    if found := _GERMAN.fullmatch(written):
        day, month = int(found[1]), int(found[3])
        return _day_first(written, found[2], day, month, found[4], today)
    if (found := _WORDS.fullmatch(written)) and fold(found[2]) in _MONTHS:
        year = _year(written, found[3], today)
        return _plausible(written, year, _MONTHS[fold(found[2])], int(found[1]), today)
    if _DIGITS.fullmatch(written):
        return _from_digits(written, written.split(".")[0], today)
    message = _("„%(text)s“ ist kein Datum. Schreiben Sie es wie 14.02.1971.")
    raise Unreadable("birth-date-format", message, text=written)


def _day_first(written: str, sign: str, day: int, month: int, year: str, today: date) -> date:
    """Points mean day first; with strokes the other order is possible, too."""
    full = _year(written, year, today)
    if sign != "." and day != month and day <= 12 and month <= 12:
        raise _ambiguous(written, f"{day:02}.{month:02}.{full}")
    if sign != "." and month > 12 >= day:
        day, month = month, day
    return _plausible(written, full, month, day, today)


def _from_digits(written: str, digits: str, today: date) -> date:
    """Excel's day number (up to five digits), 19710214, 14021971 or 140271."""
    if len(digits) <= 5:
        counted = _EXCEL_ZERO + timedelta(days=int(digits))
        return _plausible(written, counted.year, counted.month, counted.day, today)
    orders = [(digits[-4:], digits[2:4], digits[:2]), (digits[:4], digits[4:6], digits[6:])]
    if len(digits) == 6:
        orders = [(digits[4:], digits[2:4], digits[:2]), (digits[:2], digits[2:4], digits[4:])]
    readings = [day for order in orders if (day := _possible(written, order, today))]
    if len(set(readings)) > 1:
        raise _ambiguous(written, f"{readings[0]:%d.%m.%Y}")
    if not readings:
        raise _impossible(written)
    return readings[0]


def _possible(written: str, order: tuple[str, str, str], today: date) -> date | None:
    year, month, day = order
    try:
        full = _year(written, year, today)
        return _plausible(written, full, int(month), int(day), today)
    except (Unreadable, ValueError):
        return None


def _year(written: str, digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    this_century = today.year // 100 * 100 + int(digits)
    age = today.year - this_century
    if age >= _YOUNGEST_AGE:
        return this_century
    if age < 0 or age + 100 <= _OLDEST_AGE:
        return this_century - 100
    raise _ambiguous(written, f"{written.removesuffix(digits)}{this_century - 100}")


def _plausible(written: str, year: int, month: int, day: int, today: date) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise _impossible(written) from error
    if found > today or year < _FIRST_YEAR:
        raise _impossible(written)
    return found


def _impossible(written: str) -> Unreadable:
    message = _(
        "„%(text)s“ kann kein Geburtsdatum sein: Den Tag gibt es nicht, er liegt in der "
        "Zukunft oder vor 1900."
    )
    return Unreadable("birth-date-impossible", message, text=written)


def _ambiguous(written: str, proposal: str) -> Unreadable:
    message = _(
        "„%(text)s“ ist mehrdeutig. Schreiben Sie Tag, Monat und vierstelliges Jahr wie 14.02.1971."
    )
    return Unreadable("birth-date-ambiguous", message, proposal, text=written)
