"""The line of the day: appointments above it, follow-ups below, and where the hand stands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.ui import formats
from crm.ui.screens.activities import lines
from history.activities.day import Day
from history.activities.rows import Row

WIDTH, EDGE, LETTER = 1312, 20, 6.4
EARLIEST, LATEST = 8, 18
TOP, HEIGHT = 12, 48


@dataclass(frozen=True, slots=True)
class Hour:
    """A mark on the axis."""

    x: str
    label_x: str
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment: its box, and its words where there is room for them."""

    x: str
    y: str
    width: str
    height: str
    text_x: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A follow-up at its hour; no label where another one is in the way."""

    x: str
    text_x: str
    label: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything that is drawn; ``said`` is read aloud. ``now_text_x`` stands beside the hand."""

    said: str
    now: str
    now_x: str
    now_text_x: str
    now_anchor: str
    hours: list[Hour]
    blocks: list[Block]
    flags: list[Flag]


def of(day: Day, *, at: datetime) -> Strip | None:
    """The line of a day; None for one on which nothing has an hour."""
    if not day.timed:
        return None
    scale = _Scale(day, at)
    now = scale.x(at)
    is_near_end = now > WIDTH - 60
    return Strip(
        said=_said(day, at),
        now=formats.hour(at),
        now_x=_number(now),
        now_text_x=_number(now - 8 if is_near_end else now + 8),
        now_anchor="end" if is_near_end else "start",
        hours=[
            Hour(_number(scale.at(hour)), _number(scale.at(hour) + 4), f"{hour % 24:02d}")
            for hour in range(scale.first, scale.last + 1)
        ],
        blocks=_blocks(day.appointments, scale, at),
        flags=_flags([row for row in day.timed if not row.activity.starts_at], scale, at),
    )


class _Scale:
    """Hours to places: from eight to half past six, wider if the day is."""

    def __init__(self, day: Day, at: datetime) -> None:
        moments = [row.activity.due_at for row in day.timed]
        ends = [row.activity.ends_at or row.activity.due_at for row in day.timed]
        self.day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        self.first = int(min(EARLIEST, *map(self.hours, moments)))
        self.last = int(max(LATEST, *map(self.hours, ends)))
        self.last = min(self.last, 24)
        self.step = (WIDTH - 2 * EDGE) / (self.last - self.first + 0.5)

    def hours(self, moment: datetime) -> float:
        local = timezone.localtime(moment)
        days = (local.date() - self.day.date()).days
        return days * 24 + local.hour + local.minute / 60

    def at(self, hour: float) -> float:
        return EDGE + (hour - self.first) * self.step

    def x(self, moment: datetime) -> float:
        return min(max(self.at(self.hours(moment)), 0), WIDTH)


def _blocks(rows: list[Row], scale: _Scale, at: datetime) -> list[Block]:
    """Two at the same time share the height."""
    found: list[Block] = []
    taken = 0.0  # how far the upper half is in use
    for place, row in enumerate(rows):
        left, right = scale.x(row.activity.due_at), _right(row, scale)
        is_shared = any(_overlap(row, other) for other in rows if other is not row)
        is_below = is_shared and taken > left
        if not is_below:
            taken = right
        limit = min([*(scale.x(each.activity.due_at) for each in rows[place + 1 :]), WIDTH])
        title, note, text_x = _words(row, left, right, limit, at=at)
        found.append(
            Block(
                x=_number(left),
                y=str(TOP + (HEIGHT // 2 if is_below else 0)),
                width=_number(right - left),
                height=str(HEIGHT // 2 if is_shared else HEIGHT),
                text_x=text_x,
                title="" if is_below else title,
                note="" if is_shared else note,
            )
        )
    return found


def _right(row: Row, scale: _Scale) -> float:
    ends = row.activity.ends_at or row.activity.due_at
    return max(scale.x(ends), scale.x(row.activity.due_at) + 4)


def _overlap(one: Row, other: Row) -> bool:
    first, second = one.activity, other.activity
    begins = max(first.due_at, second.due_at)
    return begins < min(first.ends_at or first.due_at, second.ends_at or second.due_at)


def _words(
    row: Row, left: float, right: float, limit: float, *, at: datetime
) -> tuple[str, str, str]:
    """What is to be done and where, and its place: in the box if it fits there, else beside."""
    line = lines.line(row, at=at)
    texts = (row.activity.subject, row.activity.place or (line.title if line.text else ""))
    if _length(*texts) + 18 <= right - left:
        return *texts, _number(left + 9)
    room = limit - right - 14
    return _cut(texts[0], room), _cut(texts[1], room), _number(right + 8)


def _flags(rows: list[Row], scale: _Scale, at: datetime) -> list[Flag]:
    found: list[Flag] = []
    places = [scale.x(row.activity.due_at) for row in rows]
    for place, row in enumerate(rows):
        here = places[place]
        room = min([*places[place + 1 :], WIDTH]) - here - 18
        name = row.person.surname if row.person else lines.line(row, at=at).title
        label = _cut(name, room)
        found.append(Flag(_number(here), _number(here + 13), label, row.is_overdue))
    return found


def _cut(text: str, room: float) -> str:
    """As much of the text as fits; nothing where only a few letters would."""
    letters = int(room / LETTER)
    if len(text) <= letters:
        return text
    return f"{text[: letters - 1].rstrip()}…" if letters >= 5 else ""


def _length(*texts: str) -> float:
    return max(len(text) for text in texts) * LETTER


def _said(day: Day, at: datetime) -> str:
    appointments = len(day.appointments)
    others = len(day.timed) - appointments
    first = ngettext("%(n)s Termin", "%(n)s Termine", appointments) % {"n": appointments}
    second = ngettext("%(n)s Wiedervorlage", "%(n)s Wiedervorlagen", others) % {"n": others}
    return _("Tageslinie: %(first)s und %(second)s, jetzt %(now)s Uhr") % {
        "first": first,
        "second": second,
        "now": formats.hour(at),
    }


def _number(value: float) -> str:
    """With a point in every language: it stands in an attribute."""
    return f"{value:.1f}"
