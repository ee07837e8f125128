"""Two lines of time: what held, and what was known; the contact lies between them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent.desk.questions import Answer
from crm.ui import formats

LEFT, RIGHT = 150, 804  # of 824 units


@dataclass(frozen=True, slots=True)
class Day:
    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Positions for the drawing, and the sentence that says the same."""

    left: int
    right: int
    held_until: int
    known_until: int
    contact: int
    days: tuple[Day, ...]
    held_label: str
    known_label: str
    contact_label: str
    gap: str
    sentence: str

    @property
    def middle(self) -> int:
        """Where the gap is written."""
        return (self.held_until + self.known_until) // 2


def strip_of(answer: Answer) -> Strip | None:
    """The drawing for a contact that something spoke against, unknown at the time."""
    turning = answer.turning
    if not answer.then or answer.now or turning is None:
        return None
    effective, known = turning.effective_at, turning.recorded_at
    if not effective <= answer.at <= known:
        return None
    span = max(known - effective, timedelta(hours=1))
    start, end = effective - span / 4, known + span / 4
    length = (end - start).total_seconds()

    def place(moment: datetime) -> int:
        share = (moment - start).total_seconds() / length
        return round(LEFT + (RIGHT - LEFT) * share)

    gap = _duration(known - effective)
    return Strip(
        left=LEFT,
        right=RIGHT,
        held_until=place(effective),
        known_until=place(known),
        contact=place(answer.at),
        days=tuple(Day(place(day), _day(day)) for day in _midnights(start, end)),
        held_label=_("nicht erlaubt seit %(time)s") % {"time": _clock(effective)},
        known_label=_("erfasst %(time)s") % {"time": _clock(known)},
        contact_label=_("Kontakt %(time)s") % {"time": _clock(answer.at)},
        gap=_("%(duration)s unbekannt") % {"duration": gap},
        sentence=_(
            "Zwei Zeitachsen: wirksam seit %(effective)s, bekannt erst %(known)s. Der Kontakt am"
            " %(contact)s liegt dazwischen."
        )
        % {
            "effective": formats.moment(effective),
            "known": formats.moment(known),
            "contact": formats.moment(answer.at),
        },
    )


def _midnights(start: datetime, end: datetime) -> list[datetime]:
    """At most six days' beginnings between two instants."""
    day = timezone.localtime(start).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while (day := day + timedelta(days=1)) < end:
        found.append(day)
    return found[:: max(1, len(found) // 5)][:6]


def _duration(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(count)d Stunde", "%(count)d Stunden", hours) % {"count": hours}
    return ngettext("%(count)d Tag", "%(count)d Tage", span.days) % {"count": span.days}


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i")


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "D, d.m.")
