"""The day in words: why somebody wants care, how long a source may be used."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import agenda
from contacts.agenda import Care, Deadline, Reason
from contacts.listing import ListName
from contacts.listing.counting import Count
from contacts.listing.rows import Row
from crm.ui import formats
from crm.ui.screens.listing.lists import SCREENS

PERSONS = SCREENS[ListName.PERSONS]
NEAR_DAYS = 14


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A record in need of care: the word for the reason, with colour and sign of a badge."""

    row: Row
    url: str
    word: str
    kind: str
    sign: str
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """A number with what it counts, and the list of it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline: when in one word, its kind of urgency, whom it concerns."""

    when: str
    kind: str
    label: str
    note: str
    url: str


def summary(care: Care, deadlines: list[Deadline]) -> str:
    """``12 lange nicht bestätigt · 3 unvollständig · 2 Fristen``."""
    parts = [_counted(need.reason, need.total) for need in reversed(care.needs) if need.total.value]
    if deadlines:
        count = len(deadlines)
        parts.append(ngettext("%(n)s Frist", "%(n)s Fristen", count) % {"n": count})
    return " · ".join(parts)


def need(need: agenda.Need) -> Link:
    """The list of all records with the same need."""
    return Link(_counted(need.reason, need.total), f"{PERSONS.url()}?{need.query}")


def task(task: agenda.Task) -> TaskLine:
    """One record and why it is shown."""
    record = task.row.record
    url = PERSONS.url("detail", public_id=record.public_id)
    if task.reason is Reason.DUPLICATE:
        note = _("ähnelt einem anderen Eintrag")
        return TaskLine(task.row, url, _("Vielleicht doppelt"), "check", "merge", note)
    if task.reason is Reason.INCOMPLETE:
        share = formats.percent(record.completeness / 100)
        word = _("%(share)s vollständig") % {"share": share}
        return TaskLine(task.row, url, word, "check", "review", _("Angaben ergänzen"))
    if record.confirmed_on is None:
        return TaskLine(task.row, url, _("Nie bestätigt"), "ask", "ask", _("einmal prüfen"))
    note = _since(record.confirmed_on)
    return TaskLine(task.row, url, _("Lange nicht bestätigt"), "check", "clock", note)


def deadline(deadline: Deadline) -> DeadlineLine:
    """When the use of a source ends, and how many persons it concerns."""
    number = _told(deadline.persons)
    pattern = ngettext(
        "%(n)s Ansprechpartner, nutzbar bis %(day)s",
        "%(n)s Ansprechpartner, nutzbar bis %(day)s",
        deadline.persons.value,
    )
    return DeadlineLine(
        when=_when(deadline.days),
        kind="bad" if deadline.days <= 0 else "warn" if deadline.days <= NEAR_DAYS else "",
        label=deadline.source.name,
        note=pattern % {"n": number, "day": formats.day(deadline.source.use_until)},
        url=f"{PERSONS.url()}?{deadline.query}",
    )


def _when(days: int) -> str:
    if days < 0:
        return _("vorbei")
    if days == 0:
        return _("heute")
    return ngettext("%(n)s Tag", "%(n)s Tage", days) % {"n": days}


def _since(day: date) -> str:
    return _("zuletzt am %(day)s") % {"day": formats.day(day)}


def _counted(reason: Reason, total: Count) -> str:
    words = {
        Reason.DUPLICATE: _("%(n)s vielleicht doppelt"),
        Reason.INCOMPLETE: _("%(n)s unvollständig"),
        Reason.UNCONFIRMED: _("%(n)s lange nicht bestätigt"),
    }
    return words[reason] % {"n": _told(total)}


def _told(count: Count) -> str:
    return formats.number(count.value) + ("+" if count.is_capped else "")
