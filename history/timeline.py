"""The line: every contact of a person, a company or a deal, in order, page by page.

A page costs the same however long the line is and however deep one has read: of each subject no
more rows are read, from an index in the order of the line, than the page can show.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from crm.accounts.models import User
from crm.kernel.prepared import attach, prepared
from history import lines
from history.lines import Owner, Sql
from history.models import Activity, ActivityKind, Attachment, Participation, Touchpoint

PAGE = 20
MOST_COUNTED = 2000


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of an entry in the line: what comes after it is older."""

    at: datetime
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.number}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """The place that an address names; None if it names none."""
        at, _sign, number = text.partition("~")
        try:
            parsed = cls(datetime.fromisoformat(at), int(number))
        except ValueError:
            return None
        return parsed if parsed.at.tzinfo and 0 < parsed.number < 2**63 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of the line is shown; empty is everything. ``since`` and ``until`` are days, both
    included; ``text`` are words that all stand in subject or body."""

    channels: tuple[str, ...] = ()
    direction: str = ""
    agent: int | None = None
    category: int | None = None
    opportunity: int | None = None
    person: int | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Contacts, the latest first; ``older`` is where the next page begins, None at the end."""

    entries: list[Touchpoint]
    older: Cursor | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the line holds: contacts by channel and the moments with their directions, the latest
    first. Beyond :data:`MOST_COUNTED` contacts no more are counted: ``is_more``."""

    by_channel: dict[str, int]
    moments: list[tuple[datetime, str]]
    is_more: bool

    @property
    def total(self) -> int:
        """How many contacts were counted."""
        return sum(self.by_channel.values())


def page(
    *,
    user: User,
    owner: Owner,
    filters: Filters | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> Page:
    """One page of the line, with everything that is shown of its contacts (5 queries)."""
    sql, params = _places(
        lines.of(user=user, owner=owner), filters or Filters(), before, limit=size + 1
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT touchpoint_id, happened_at FROM ({sql}) line", params)
        places = cursor.fetchall()
    older = None
    if len(places) > size:
        number, at = places[size - 1]
        older = Cursor(at, number)
    return Page(list(loaded([number for number, _at in places[:size]])), older)


def figures(*, user: User, owner: Owner) -> Figures:
    """What the line holds in all (1 query)."""
    sql, params = _places(lines.of(user=user, owner=owner), Filters(), None, limit=MOST_COUNTED + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT happened_at, channel, direction FROM ({sql}) line", params)
        rows = cursor.fetchall()
    counted = rows[:MOST_COUNTED]
    by_channel: dict[str, int] = {}
    for _at, channel, _direction in counted:
        by_channel[channel] = by_channel.get(channel, 0) + 1
    moments = [(at, direction) for at, _channel, direction in counted if direction]
    return Figures(by_channel, moments, len(rows) > MOST_COUNTED)


def everything(
    *, user: User, owner: Owner, filters: Filters | None = None, size: int = 200
) -> Iterator[Touchpoint]:
    """The whole line, the latest first, page by page."""
    before = None
    while True:
        found = page(user=user, owner=owner, filters=filters, before=before, size=size)
        yield from found.entries
        before = found.older
        if before is None:
            return


def _places(
    subjects: lines.Subjects, filters: Filters, before: Cursor | None, *, limit: int
) -> Sql:
    """The entries in order, each once, although several of those concerned took part."""
    conditions, values = _conditions(filters, before)
    parts, params, zone = [], [], settings.TIME_ZONE
    for column, sources in subjects.by_column.items():
        for source, source_params in sources:
            parts.append(
                f"(SELECT p.touchpoint_id, p.happened_at, p.channel, p.direction FROM ({source}) s"
                " CROSS JOIN LATERAL (SELECT p.touchpoint_id, p.happened_at, p.channel,"
                f" p.direction FROM history_participation p WHERE p.{column} = s.id"
                " AND (s.since IS NULL OR p.happened_at >= s.since::timestamp AT TIME ZONE %s)"
                " AND (s.until IS NULL OR p.happened_at < (s.until + 1)::timestamp"
                " AT TIME ZONE %s)"
                f" AND p.is_current{conditions}"
                " ORDER BY p.happened_at DESC, p.touchpoint_id DESC LIMIT %s) p)"
            )
            params += [*source_params, zone, zone, *values, limit]
    sql = (
        f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)}) found"
        " ORDER BY happened_at DESC, touchpoint_id DESC LIMIT %s"
    )
    return sql, [*params, limit]


def _conditions(filters: Filters, before: Cursor | None) -> Sql:
    sql, params = "", list[Any]()
    if before is not None:
        sql += " AND (p.happened_at, p.touchpoint_id) < (%s, %s)"
        params += [before.at, before.number]
    plain: tuple[tuple[str, Any], ...] = (
        ("p.channel = ANY(%s)", list(filters.channels) or None),
        ("p.direction = %s", filters.direction or None),
        ("p.agent_id = %s", filters.agent),
        ("p.category_id = %s", filters.category),
        ("p.happened_at >= %s", filters.since and _midnight(filters.since)),
        ("p.happened_at < %s", filters.until and _midnight(filters.until + timedelta(days=1))),
        (_also("opportunity_id"), filters.opportunity),
        (_also("person_id"), filters.person),
    )
    for condition, value in plain:
        if value is not None:
            sql += f" AND {condition}"
            params.append(value)
    if words := filters.text.strip():
        sql += (
            " AND EXISTS (SELECT 1 FROM history_touchpoint t WHERE t.id = p.touchpoint_id"
            " AND t.search @@ plainto_tsquery('german', %s))"
        )
        params.append(words)
    return sql, params


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _also(column: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM history_participation o"
        f" WHERE o.touchpoint_id = p.touchpoint_id AND o.{column} = %s)"
    )


def loaded(numbers: Sequence[int]) -> Iterator[Touchpoint]:
    """The contacts in the order of their numbers, with all that is shown of them."""
    asked = tuple(numbers)
    found = {row.pk: row for row in _contacts(numbers=asked)}
    contacts, known = list(found.values()), tuple(found)
    attach(contacts, "participations", _took_part(contacts=known))
    attach(contacts, "attachments", _attached(contacts=known))
    promises = defaultdict[int | None, list[Activity]](list)
    for promise in _promised(contacts=known):
        promises[promise.touchpoint_id].append(promise)
    for contact in contacts:
        contact.promises = promises[contact.pk]
    return (found[number] for number in asked if number in found)


@prepared
def _contacts(*, numbers: tuple[int, ...]) -> QuerySet[Touchpoint]:
    return Touchpoint.objects.filter(pk__in=numbers).select_related(
        "agent", "category__parent", "contact_point", "corrects"
    )


@prepared
def _took_part(*, contacts: tuple[int, ...]) -> QuerySet[Participation]:
    rows = Participation.objects.filter(touchpoint__in=contacts).order_by("pk")
    return rows.select_related("person", "company", "opportunity").defer(
        "person__search", "company__search"
    )


@prepared
def _attached(*, contacts: tuple[int, ...]) -> QuerySet[Attachment]:
    return Attachment.objects.filter(touchpoint__in=contacts).select_related("stored")


@prepared
def _promised(*, contacts: tuple[int, ...]) -> QuerySet[Activity]:
    promises = Activity.objects.filter(touchpoint__in=contacts, kind=ActivityKind.PROMISE)
    return promises.select_related("assignee")
