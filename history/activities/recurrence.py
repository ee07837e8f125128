"""How something comes again: a small part of RFC 5545, read and carried on by dateutil.

A rule is fixed to its day when it is written (``FREQ=WEEKLY`` of a Tuesday becomes
``FREQ=WEEKLY;BYDAY=TU``): what is put off once comes again on its usual day. The 31st of a month
is its last day. Hours are local: what is due at nine stays due at nine in summer and winter.
"""

from datetime import date, datetime, timedelta

from dateutil import rrule
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.kernel import errors

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = (
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS",
)  # fmt: skip
LONGEST = 200
_RANGES = {"BYMONTHDAY": 31, "BYMONTH": 12, "BYSETPOS": 31}
_ONLY_IN = {
    "BYMONTHDAY": ("MONTHLY", "YEARLY"),
    "BYSETPOS": ("MONTHLY", "YEARLY"),
    "BYMONTH": ("YEARLY",),
}


def fixed(rule: str, *, due: datetime) -> str:
    """The rule as it is stored, fixed to the day of ``due``; empty for none.

    :raises errors.Invalid: it cannot be read, or nothing ever follows ``due``
    """
    if not rule.strip():
        return ""
    parts = _parts(rule)
    local = timezone.localtime(due)
    if not any(name.startswith("BY") for name in parts):
        parts |= _fixed_to(parts["FREQ"], local)
    text = _text(parts)
    if len(text) > LONGEST:
        raise _unreadable()
    try:
        following = _occurrence(parts, after=due, since=due)
    except (ValueError, OverflowError, TypeError) as error:
        raise _unreadable() from error
    if following is None:
        raise errors.Invalid({"recurrence": [_("Nach dieser Regel kommt nichts mehr.")]})
    return text


def next_of(rule: str, *, due: datetime, at: datetime) -> tuple[datetime, str] | None:
    """The next time after ``due`` that has not passed at ``at``, with the rule that is left.

    None when the rule has come to its end. ``COUNT`` counts what is made, not what was missed.
    """
    parts = _parts(rule)
    count = int(parts.get("COUNT", 0))
    if count == 1:
        return None
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    after = max(due, midnight - timedelta(microseconds=1))
    found = _occurrence(parts, after=after, since=due)
    if found is None:
        return None
    return found, _text(parts | ({"COUNT": str(count - 1)} if count else {}))


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.upper().removeprefix("RRULE:").split(";")]
    parts = {name.strip(): value.strip() for name, _sign, value in pairs}
    known = set(parts) <= set(PARTS) and len(parts) == len(pairs) and all(parts.values())
    if not known or parts.get("FREQ") not in FREQUENCIES:
        raise _unreadable()
    for name in ("COUNT", "INTERVAL"):
        number = parts.get(name, "1")
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:5]) <= 999):
            raise _unreadable()
    for name, most in _RANGES.items():
        if name in parts and not _fits(parts[name], most, parts["FREQ"] in _ONLY_IN[name]):
            raise _unreadable()
    return parts


def _fits(numbers: str, most: int, has_place: bool) -> bool:
    """Whether they can ever be met: what cannot would be looked for until the year 9999."""
    found = [number.removeprefix("-") for number in numbers.split(",")]
    return has_place and all(
        number.isascii() and number.isdigit() and 1 <= int(number[:5]) <= most for number in found
    )


def _fixed_to(frequency: str, local: datetime) -> dict[str, str]:
    if frequency == "WEEKLY":
        return {"BYDAY": DAYS[local.weekday()]}
    if frequency == "DAILY":
        return {}
    month = {"BYMONTH": str(local.month)} if frequency == "YEARLY" else {}
    if local.day == 31:
        return month | {"BYMONTHDAY": "-1"}
    if local.day > 28:
        days = ",".join(map(str, range(28, local.day + 1)))
        return month | {"BYMONTHDAY": days, "BYSETPOS": "-1"}
    return month | {"BYMONTHDAY": str(local.day)}


def _occurrence(parts: dict[str, str], *, after: datetime, since: datetime) -> datetime | None:
    zone = timezone.get_current_timezone()
    plain = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    start = timezone.localtime(since).replace(tzinfo=None)
    times = rrule.rrulestr(_text(plain), dtstart=start)
    found = times.after(timezone.localtime(after).replace(tzinfo=None))
    if found is None or ("UNTIL" in parts and found.date() > _last_day(parts["UNTIL"])):
        return None
    aware: datetime = found.replace(tzinfo=zone)
    return aware


def _last_day(text: str) -> date:
    return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


def _text(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={parts[name]}" for name in PARTS if name in parts)


def _unreadable() -> errors.Invalid:
    sentence = _("Diese Wiederholung kann nicht gelesen werden. Beispiel: FREQ=MONTHLY;COUNT=6.")
    return errors.Invalid({"recurrence": [sentence]})
