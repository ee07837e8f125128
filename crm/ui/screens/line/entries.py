"""Contacts in words: who turned to whom, for how long, with what; bursts folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock
from crm.ui import formats
from history import meanwhile, sight
from history.channels import TRAITS, Channel, Direction
from history.meanwhile import Happening
from history.models import Activity, Opportunity, Outcome, Participation, Touchpoint
from history.sight import Sight

BURST = 4
"""So many entries of one kind in a row, within :data:`BURST_DAYS`, become one line."""
BURST_DAYS = 7
LONG = 420
MET = (Channel.CHAT, Channel.VIDEO, Channel.VISIT, Channel.FAIR, Channel.MESSENGER)


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact as it is shown; ``day`` is when it happened in local time, ``promises`` are what
    was promised in it."""

    touchpoint: Touchpoint
    day: datetime
    title: str
    facts: tuple[str, ...]
    icon: str
    text: str
    rest: str
    people: tuple[Person, ...]
    hidden: int
    deals: tuple[Opportunity, ...]
    promises: tuple[Activity, ...]
    is_new: bool
    is_pinned: bool

    @property
    def day_label(self) -> str:
        """``heute``, ``gestern``, else the day without its year, which the heading names."""
        return _label(self.day.date(), clock.today(), get_language())

    @property
    def hour(self) -> str:
        """``09:12``."""
        return f"{self.day:%H:%M}"

    @property
    def month(self) -> tuple[int, int]:
        """Year and month: each has a heading."""
        return self.day.year, self.day.month

    @property
    def is_inbound(self) -> bool:
        """Whether it came from outside."""
        return self.touchpoint.direction == Direction.INBOUND

    @property
    def is_bad(self) -> bool:
        """Whether nobody was reached, or nothing arrived."""
        return self.touchpoint.outcome in (Outcome.MISSED, Outcome.BOUNCED)


@dataclass(frozen=True, slots=True)
class Fold:
    """Entries of one kind in a row; one alone is shown as it is."""

    is_meanwhile: ClassVar[bool] = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """``7 E‑Mails, 3.–5. Mai``, empty if nothing is folded."""
        if len(self.entries) < BURST:
            return ""
        label = str(self.entries[0].touchpoint.get_channel_display())
        first, last = self.entries[-1].day, self.entries[0].day
        days = formats.day(last)
        if first.date() != last.date():
            days = f"{formats.day(first)} – {days}"
        return _("%(count)d× %(channel)s, %(days)s") % {
            "count": len(self.entries),
            "channel": label,
            "days": days,
        }


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened between two contacts, folded."""

    is_meanwhile: ClassVar[bool] = True
    happenings: list[Happening]

    @property
    def summary(self) -> str:
        """``Einwilligung erteilt, 3 Änderungen``."""
        declared = list(dict.fromkeys(each.title for each in self.happenings if each.is_declared))
        changes = sum(not each.is_declared for each in self.happenings)
        if changes == 1:
            declared += [each.title for each in self.happenings if not each.is_declared]
        elif changes:
            declared.append(
                ngettext("%(n)d Änderung", "%(n)d Änderungen", changes) % {"n": changes}
            )
        return ", ".join(declared)


def told(
    touchpoints: Sequence[Touchpoint],
    *,
    user: User,
    new_since: datetime | None = None,
    pinned: Iterable[int] = (),
) -> list[Entry]:
    """The contacts as entries; who may not be seen is only counted."""
    pins, seen = set(pinned), sight.of(touchpoints, user=user)
    return [
        _entry(each, seen, is_new=_is_new(each, user, new_since), is_pinned=each.pk in pins)
        for each in touchpoints
    ]


def folded(entries: Sequence[Entry]) -> list[Fold]:
    """Bursts of one kind together, in their order."""
    folds: list[Fold] = []
    for _kind, group in groupby(entries, key=_kind_of):
        run = list(group)
        if len(run) < BURST:
            folds += [Fold([entry]) for entry in run]
        else:
            folds.append(Fold(run))
    return folds


def with_meanwhile(folds: Sequence[Fold], found: Sequence[Happening]) -> list[Fold | Meanwhile]:
    """The folds with what happened before, between and after them."""
    gaps = meanwhile.between(found, [fold.entries[0].touchpoint.happened_at for fold in folds])
    rows: list[Fold | Meanwhile] = []
    for fold, before in zip(folds, gaps, strict=False):
        rows += [Meanwhile(before), fold] if before else [fold]
    return rows + ([Meanwhile(gaps[-1])] if gaps[-1] else [])


@lru_cache(maxsize=1000)
def _label(day: date, today: date, _language: str | None) -> str:
    return formats.near_word(day, today=today) or date_format(day, _("d.m."))


def _kind_of(entry: Entry) -> object:
    """What folds with its neighbours; whatever somebody has to act on stands alone."""
    if entry.promises or entry.is_new or entry.touchpoint.channel == Channel.NOTE:
        return entry.touchpoint.pk
    week = entry.day.date().toordinal() // BURST_DAYS
    return entry.touchpoint.channel, week


def _is_new(each: Touchpoint, user: User, since: datetime | None) -> bool:
    return since is not None and each.recorded_at > since and each.recorded_by_id != user.pk


def _entry(each: Touchpoint, seen: Sight, *, is_new: bool, is_pinned: bool) -> Entry:
    took_part = list(each.participations.all())
    rows = [row for row in took_part if seen.sees(row)]
    people = tuple(row.person for row in rows if row.person)
    hidden = sum(1 for row in took_part if row.person and not seen.sees(row))
    text, rest = _parts(each.body)
    return Entry(
        touchpoint=each,
        day=timezone.localtime(each.happened_at),
        title=_title(each, rows, people),
        facts=tuple(filter(None, _facts(each, rows, people))),
        icon=TRAITS[each.channel].icon if each.channel in TRAITS else "note",
        text=text,
        rest=rest,
        people=people,
        hidden=hidden,
        deals=tuple(row.opportunity for row in rows if row.opportunity),
        promises=tuple(each.promises),
        is_new=is_new,
        is_pinned=is_pinned,
    )


def _title(each: Touchpoint, rows: Sequence[Participation], people: Sequence[Person]) -> str:
    channel = str(each.get_channel_display())
    name = people[0].full_name if people else _elsewhere(each, rows)
    if each.outcome == Outcome.MISSED and each.channel == Channel.PHONE:
        channel = _("Verpasster Anruf")
    if not name or each.channel in (Channel.NOTE, Channel.ERP):
        return channel
    words = {"channel": channel, "name": name}
    if each.channel in MET:
        return _("%(channel)s mit %(name)s") % words
    if each.direction == Direction.OUTBOUND:
        return _("%(channel)s an %(name)s") % words
    if each.direction == Direction.INBOUND:
        return _("%(channel)s von %(name)s") % words
    return _("%(channel)s mit %(name)s") % words


def _elsewhere(each: Touchpoint, rows: Sequence[Participation]) -> str:
    """Of somebody unknown the company, or the number or address."""
    company = next((row.company for row in rows if row.company), None)
    return company.full_name if company else each.contact_value


def _facts(
    each: Touchpoint, rows: Sequence[Participation], people: Sequence[Person]
) -> Iterable[str]:
    others = [person.full_name for person in people[1:3]]
    if len(people) > 3:
        count = len(people) - 3
        others.append(ngettext("%(n)d weiteren", "%(n)d weiteren", count) % {"n": count})
    if others:
        yield _("mit %(names)s") % {"names": ", ".join(others)}
    if each.agent:
        yield each.agent.full_name
    begun = each.answered_at or (each.happened_at if each.outcome != Outcome.MISSED else None)
    if each.ended_at and begun and each.ended_at - begun >= timedelta(seconds=1):
        yield formats.duration(each.ended_at - begun)
    if each.outcome and each.outcome != Outcome.MISSED:
        yield str(each.get_outcome_display())
    if each.category:
        yield str(each.category)


def _parts(body: str) -> tuple[str, str]:
    """What is shown at once, and what follows behind a click."""
    if len(body) <= LONG:
        return body, ""
    cut = body.rfind(" ", 0, LONG)
    cut = cut if cut > LONG // 2 else LONG
    return body[:cut], body[cut:].lstrip()
