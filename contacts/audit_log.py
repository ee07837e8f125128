"""The audit log as a whole: who did what to which object, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from contacts import act_names, audit_details, audit_subjects
from contacts.audit_query import Query
from contacts.audit_subjects import Reader, Subject
from contacts.difference_texts import Difference
from crm.accounts import policy
from crm.kernel.models import AuditEntry

PAGE = 50
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit row as the reader may know it. ``actor`` is empty for the installation itself;
    ``subject`` is None if it is about nothing in particular; ``details`` of what the reader may
    not see are empty."""

    number: int
    at: datetime
    actor: str
    action: str
    title: str
    subject: Subject | None
    details: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """``older`` and ``newer`` are the cursors of the neighbouring pages, 0 if there is none."""

    entries: list[Entry]
    older: int
    newer: int


def page(
    *, reader: Reader, query: Query, after: int = 0, before: int = 0, size: int = PAGE
) -> Page:
    """One page: what is older than entry ``after``, or newer than ``before``, or the latest.

    The number of queries does not grow with the number of entries. ``reader`` is None only for
    the installation itself, which may know everything.

    :raises errors.NotPermitted: without the permission to read the log
    """
    require_reader(reader)
    backwards = bool(before)
    found = list(_rows(query, after=after, before=before, limit=size + 1))
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    older = found[-1].pk if found and (more or backwards) else 0
    newer = found[0].pk if found and (more if backwards else after) else 0
    return Page(_told(reader, found), older, newer)


def stream(*, reader: Reader, query: Query) -> Iterator[Entry]:
    """Everything the query means, the latest first, a thousand at a time.

    :raises errors.NotPermitted: without the permission to read the log
    """
    require_reader(reader)
    after = 0
    while chunk := list(_rows(query, after=after, before=0, limit=CHUNK)):
        yield from _told(reader, chunk)
        after = chunk[-1].pk


def first(*, reader: Reader, query: Query, count: int) -> list[Entry]:
    """The latest ``count`` entries."""
    return list(islice(stream(reader=reader, query=query), count))


def require_reader(reader: Reader) -> None:
    """Pass if the reader may read the log, or raise :class:`errors.NotPermitted`."""
    if reader is not None:
        policy.require(reader, policy.Permission.AUDIT_VIEW)


def _rows(query: Query, *, after: int, before: int, limit: int) -> QuerySet[AuditEntry]:
    """Rows in the direction of reading.

    Each action is read through its index by itself: asked for all at once, PostgreSQL would walk
    through the whole log for the few acts of a rare kind.
    """
    order = "id" if before else "-id"
    rows = query.narrow(AuditEntry.objects.order_by(order))
    if before:
        rows = rows.filter(pk__gt=before)
    elif after:
        rows = rows.filter(pk__lt=after)
    actions = query.actions
    if query.place or len(actions) < 2:
        return (rows.filter(action__in=actions) if actions else rows)[:limit]
    parts = [rows.filter(action=action)[:limit] for action in actions]
    return parts[0].union(*parts[1:], all=True).order_by(order)[:limit]


def _told(reader: Reader, rows: list[AuditEntry]) -> list[Entry]:
    subjects = audit_subjects.of(reader=reader, entries=rows)
    visible = [row for row in rows if (it := subjects[row.pk]) is None or it.is_visible]
    details = audit_details.of(visible)
    return [_entry(row, subjects[row.pk], details.get(row.pk, ())) for row in rows]


def _entry(row: AuditEntry, subject: Subject | None, details: tuple[Difference, ...]) -> Entry:
    return Entry(
        number=row.pk,
        at=row.at,
        actor=row.actor_label,
        action=row.action,
        title=act_names.told(row.action, details) or row.action,
        subject=subject,
        details=details,
    )
