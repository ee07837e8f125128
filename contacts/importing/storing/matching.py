"""Which rows are known already: by number, by fingerprint, by place in the same file, by mailbox.

Only what is certain counts as known. Rows that merely look like somebody are created and marked
(:mod:`.suspects`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contacts.importing.prepared import PreparedPerson, PreparedRow
from contacts.importing.storing import bulk
from contacts.importing.storing.context import Context
from contacts.matching.normalise import fold
from contacts.models import (
    ContactPointHolder,
    ContactPointKind,
    ExternalId,
    ImportOutcome,
    ImportRow,
    ImportState,
    Person,
)

TAKEN_BACK = (ImportState.REVERTING, ImportState.REVERTED)
WRITTEN = (ImportOutcome.CREATED, ImportOutcome.UPDATED)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a row is about; ``same`` says that exactly this row was taken over already."""

    person_id: int | None
    company_id: int | None
    same: bool


def find(rows: Sequence[PreparedRow], context: Context) -> dict[int, Known]:
    """Known rows by row number.

    A row with a number in the source is found by it; others by what an earlier import of the same
    source made of the same content, or of the same line of the same file.
    """
    by_number = _by_number(rows, context)
    by_print = _by_fingerprint(rows, context)
    by_place = _by_place(rows, context)
    by_mailbox = _by_mailbox(rows) if context.run.update_existing else {}
    earlier_persons = (each.person_id for each in (*by_print.values(), *by_place.values()))
    ids = {*by_number.values(), *by_mailbox.values(), *(pk for pk in earlier_persons if pk)}
    latest = _latest_fingerprints(ids, context)
    known: dict[int, Known] = {}
    for row in rows:
        number = row.person.number if row.person else ""
        earlier = by_print.get(row.fingerprint) or by_place.get(row.number)
        if number and number in by_number:
            person_id: int | None = by_number[number]
        elif earlier and not (number and earlier.person_id):
            person_id = earlier.person_id
        else:
            person_id = by_mailbox.get(row.number)
        if person_id is not None:
            same = latest.get(person_id) == row.fingerprint
            known[row.number] = Known(person_id, None, same)
        elif earlier and earlier.person_id is None:
            same = earlier.fingerprint == row.fingerprint and earlier.outcome in WRITTEN
            known[row.number] = Known(None, earlier.company_id, same)
    return known


def _by_number(rows: Iterable[PreparedRow], context: Context) -> dict[str, int]:
    numbers = {row.person.number for row in rows if row.person and row.person.number}
    if not numbers:
        return {}
    found = ExternalId.objects.filter(
        Q(source=context.run.source) | Q(system=context.system),
        value__in=bulk.among(numbers),
        person__isnull=False,
    )
    return {
        value: person_id
        for value, person_id in found.values_list("value", "person_id")
        if person_id is not None
    }


def _earlier_rows(context: Context) -> QuerySet[ImportRow]:
    """Rows of this source that stand: neither tried only nor taken back."""
    stands = Q(run__dry_run=False) & (Q(person__isnull=False) | Q(company__isnull=False))
    if context.run.dry_run:
        stands |= Q(run=context.run, outcome__in=WRITTEN)
    return ImportRow.objects.filter(stands, run__source=context.run.source).exclude(
        run__state__in=TAKEN_BACK
    )


def _by_fingerprint(rows: Iterable[PreparedRow], context: Context) -> dict[str, ImportRow]:
    prints = {row.fingerprint for row in rows if row.fingerprint}
    found = (
        _earlier_rows(context).filter(fingerprint__in=bulk.among(prints)).exclude(fingerprint="")
    )
    rows_found = sorted(
        found.defer("raw", "journal"), key=lambda row: (row.outcome in WRITTEN, row.pk)
    )
    return {row.fingerprint: row for row in rows_found}


def _by_place(rows: Iterable[PreparedRow], context: Context) -> dict[int, ImportRow]:
    if not context.earlier_runs:
        return {}
    found = _earlier_rows(context).filter(
        run__in=context.earlier_runs, number__in=[row.number for row in rows]
    )
    return {row.number: row for row in found.order_by("id").defer("raw", "journal")}


def _latest_fingerprints(ids: set[int], context: Context) -> dict[int | None, str]:
    """What the source last said about each person: older content is news again."""
    if not ids:
        return {}
    rows = (
        _earlier_rows(context)
        .filter(person__in=ids, outcome__in=WRITTEN)
        .order_by("person_id", "-id")
        .distinct("person_id")
    )
    return dict(rows.values_list("person_id", "fingerprint"))


def _by_mailbox(rows: Iterable[PreparedRow]) -> dict[int, int]:
    """Persons with one of the row's mailboxes and its name, where there is exactly one."""
    wanted = {
        (point.normalised, _name_key(row.person)): row.number
        for row in rows
        if row.person
        for point in row.points
        if point.kind == ContactPointKind.EMAIL and point.holder == "person"
    }
    if not wanted:
        return {}
    holders = ContactPointHolder.objects.filter(
        person__isnull=False,
        contact_point__kind=ContactPointKind.EMAIL,
        contact_point__normalised__in=bulk.among(mailbox for mailbox, _name in wanted),
    ).select_related("person", "contact_point")
    found: defaultdict[int, set[int]] = defaultdict(set)
    for holder in holders:
        if holder.person is not None:
            key = (holder.contact_point.normalised, _name_key(holder.person))
            if key in wanted:
                found[wanted[key]].add(holder.person.pk)
    return {number: ids.pop() for number, ids in found.items() if len(ids) == 1}


def _name_key(person: Person | PreparedPerson) -> str:
    return f"{fold(person.surname)}\t{fold(person.given_name)}"
