"""The change history of a record: who changed what and when, and which import brought it.

What was logged on records that went into it belongs to it, until that is undone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from contacts import change_topics, difference_texts
from contacts.audit_subjects import Reader
from contacts.change_topics import Topic
from contacts.contact_points import Record
from contacts.difference_texts import Difference
from contacts.models import ImportRow, ImportRun, Person
from crm.kernel.models import AuditEntry

PAGE = 20
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Trace:
    """The row of the import that a change came from; ``row`` is 0 if unknown."""

    run: ImportRun
    row: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``actor`` is empty for the installation itself; ``number`` is the cursor;
    ``alias`` names the record it was logged on, if that went into this one since."""

    number: int
    at: datetime
    actor: str
    action: str
    topic: Topic
    differences: tuple[Difference, ...]
    trace: Trace | None = None
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Changes, the latest first; ``older`` is the cursor of the next page, 0 if none.

    ``counts`` are all changes by topic, ``first_at`` is the time of the very first one.
    """

    changes: list[Change]
    older: int
    counts: dict[Topic, int]
    first_at: datetime | None

    @property
    def total(self) -> int:
        """How many changes there are in all."""
        return sum(self.counts.values())


def page(
    *,
    record: Record,
    reader: Reader,
    topic: Topic | None = None,
    before: int = 0,
    size: int = PAGE,
) -> Page:
    """One page of the history; the number of queries does not grow with its length.

    Of a record that went into this one, only a reader who may see that one learns anything;
    ``reader`` is None only for the installation itself.
    """
    aliases = _aliases_of(record, reader)
    entries = _entries(record, [record.pk, *aliases])
    rows = _rows_without_entry(record, entries)
    counts = change_topics.counts(entries)
    if rows:
        counts[Topic.IMPORT] = counts.pop(Topic.IMPORT, 0) + len(rows)
    shown = change_topics.about(entries, topic)
    found = list((shown.filter(pk__lt=before) if before else shown)[: size + 1])
    older = found[size - 1].pk if len(found) > size else 0
    found = found[:size]
    changes = _read(found, aliases)
    if topic in (None, Topic.IMPORT):
        until = entries.filter(pk=before).values_list("at", flat=True).first() if before else None
        changes += _rows_between(rows, since=found[-1].at if older else None, until=until)
        changes.sort(key=lambda change: (change.at, change.number), reverse=True)
    first = entries.order_by("pk").values_list("at", flat=True).first()
    return Page(changes, older, counts, first)


def since(*, record: Record, version: int, actual: int) -> list[Change]:
    """What happened to the record itself after ``version``, the latest first."""
    return _read(list(_entries(record, [record.pk])[: max(actual - version, 0)]), {})


def _entries(record: Record, numbers: list[int]) -> QuerySet[AuditEntry]:
    """The audit rows of records of the same kind, the latest first."""
    return AuditEntry.objects.filter(
        object_type=record._meta.label_lower, object_id__in=numbers
    ).order_by("-pk")


def _aliases_of(record: Record, reader: Reader) -> dict[int, str]:
    """The names of the records that went into this one, as far as the reader may see them."""
    model: Any = type(record)
    rows = model.with_aliases.filter(merged_into=record)
    seen = rows if reader is None else rows.visible_to(reader)
    return {alias.pk: alias.full_name for alias in seen.order_by("pk")}


def _rows_without_entry(record: Record, entries: QuerySet[AuditEntry]) -> list[ImportRow]:
    """Rows of imports that met the record and changed nothing, so that no audit row tells."""
    numbers = entries.filter(change_topics.FROM_IMPORT).order_by()
    told = [int(each) for each in numbers.values_list("context__import", flat=True).distinct()]
    owner = "person" if isinstance(record, Person) else "company"
    rows = ImportRow.objects.filter(**{owner: record}).exclude(run__in=told)
    return list(rows.select_related("run__source", "run__created_by").order_by("-run")[:MOST_ROWS])


def _rows_between(
    rows: list[ImportRow], *, since: datetime | None, until: datetime | None
) -> list[Change]:
    return [
        Change(
            number=0,
            at=_time(row.run),
            actor=str(row.run.created_by or ""),
            action=f"import.{row.outcome.lower()}",
            topic=Topic.IMPORT,
            differences=(),
            trace=Trace(row.run, row.number),
        )
        for row in rows
        if (until is None or _time(row.run) <= until) and (since is None or _time(row.run) > since)
    ]


def _time(run: ImportRun) -> datetime:
    return run.finished_at or run.started_at or run.created_at


def _read(entries: Iterable[AuditEntry], aliases: Mapping[int, str]) -> list[Change]:
    entries = list(entries)
    numbers = {int(entry.context["import"]) for entry in entries if entry.context.get("import")}
    runs = ImportRun.objects.select_related("source").in_bulk(numbers) if numbers else {}
    differences_of = difference_texts.reader_for(entries)
    return [
        Change(
            number=entry.pk,
            at=entry.at,
            actor=entry.actor_label,
            action=entry.action,
            topic=change_topics.of(entry.action, entry.context),
            differences=differences_of(entry),
            trace=_trace(entry, runs),
            alias=aliases.get(entry.object_id or 0, ""),
        )
        for entry in entries
    ]


def _trace(entry: AuditEntry, runs: dict[int, ImportRun]) -> Trace | None:
    run = runs.get(int(entry.context.get("import") or 0))
    return Trace(run, int(entry.context.get("row") or 0)) if run else None
