"""Until when a request has to be answered (Art. 12(3) GDPR, Regulation 1182/71)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from crm.kernel import working_days

MONTHS = 1
MONTHS_MORE = 2
DAYS_TO_ASK = 3
"""Who asks for a proof of identity later than that does not stop the clock by it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What bears on the period: the days on which something was received, asked or told."""

    received_on: date
    identity_asked_on: date | None = None
    identity_received_on: date | None = None
    extended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """``internal`` is the day without any shift, by which the house wants to be done; ``legal``
    the last day that the law allows. ``paused`` days are in both."""

    internal: date
    legal: date
    paused: int

    @property
    def overdue_since(self) -> date:
        """The day after the one that was missed."""
        return self.legal + timedelta(days=1)


def due(clock: Clock, *, today: date, state: str | None = None) -> Due:
    """Both days. The day of receipt is not counted; while the identity is unproved, and that was
    asked for at once, the clock stands still, today included. ``state`` is the federal state whose
    holidays count, by default that of the installation."""
    months = MONTHS + (MONTHS_MORE if clock.extended_on else 0)
    paused = paused_days(clock, today=today)
    internal = months_later(clock.received_on, months) + timedelta(days=paused)
    state = settings.HOLIDAY_STATE if state is None else state
    return Due(internal, working_days.on_or_after(internal, state=state), paused)


def first_due(clock: Clock, *, today: date, state: str | None = None) -> Due:
    """Both days without the extension: only until then it can be told."""
    return due(
        Clock(clock.received_on, clock.identity_asked_on, clock.identity_received_on),
        today=today,
        state=state,
    )


def paused_days(clock: Clock, *, today: date) -> int:
    """For how many days the clock stood still."""
    asked = clock.identity_asked_on
    if asked is None or asked > clock.received_on + timedelta(days=DAYS_TO_ASK):
        return 0
    until = clock.identity_received_on or today
    return max((until - asked).days, 0)


def is_standing(clock: Clock, *, today: date) -> bool:
    """Whether the clock stands still today."""
    return clock.identity_received_on is None and (
        paused_days(clock, today=today) > 0 or clock.identity_asked_on == today
    )


def months_later(day: date, months: int) -> date:
    """The same-numbered day, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
