"""One chunk of prepared rows into the database: all of it or, if anything fails, nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from contacts import indexing
from contacts.importing.prepared import PreparedRow
from contacts.importing.storing import bulk, matching, present, signing
from contacts.importing.storing.absorbing import Absorbing
from contacts.importing.storing.batch import Batch
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Book
from contacts.importing.storing.firms import Firms, Resolved
from contacts.importing.storing.matching import Known
from contacts.importing.storing.people import People
from contacts.importing.storing.results import Result
from contacts.importing.storing.sorting import Sorting, company_known
from contacts.importing.storing.updating import Updates
from contacts.merging import locks
from contacts.models import Company, ImportOutcome
from crm.kernel import audit


def write(rows: Sequence[PreparedRow], context: Context) -> list[Result]:
    """Write the rows and say what became of each. Must run inside a transaction.

    Rows about the same person are written in rounds: the second must see what the first did.
    """
    locks.no_merge_meanwhile()
    bulk.one_writer_at_a_time()
    bulk.check_keys_at_once()
    results = [Result(row).reject(*row.errors) for row in rows if row.errors]
    remaining = [row for row in rows if not row.errors]
    while remaining:
        written, remaining = _round(remaining, context)
        results.extend(written)
    return sorted(results, key=lambda result: result.row.number)


def _round(rows: Sequence[PreparedRow], context: Context) -> tuple[list[Result], list[PreparedRow]]:
    """Write the rows that do not wait for one another; returns those that do for the next round."""
    known = matching.find(rows, context)
    stored = present.load(_persons_to_update(known, context), context)
    employer_ids = {pk: person.employer_ids for pk, person in stored.items()}
    company_ids = {each.company_id for each in known.values() if each.company_id}
    book = Book(rows, context, known_ids=company_ids.union(*employer_ids.values()))
    sorting = Sorting(rows, known, book, context)
    batch = Batch()
    firms = Firms(context, book, batch)
    resolved = firms.resolve(sorting.writing, employer_ids)
    absorbing = Absorbing(context, batch, book.by_erp)
    absorbing.load([employer for employer, _certain in resolved.values()])
    employers = {number: employer for number, (employer, _certain) in resolved.items()}
    people = People(context, batch)
    people.add(sorting.new, employers)
    updates = Updates(context, batch, stored)
    for result in sorting.known:
        updates.add(result, employers.get(result.row.number))
    _absorb(sorting, resolved, firms, absorbing, context)
    with bulk.overlapping():
        _send(_Parts(batch, firms, absorbing, people, updates), context)
    sorting.point_repeated_to_first()
    return sorting.results, sorting.later


def _persons_to_update(known: dict[int, Known], context: Context) -> set[int]:
    if not context.run.update_existing:
        return set()
    return {each.person_id for each in known.values() if each.person_id and not each.same}


def _absorb(
    sorting: Sorting, resolved: Resolved, firms: Firms, absorbing: Absorbing, context: Context
) -> None:
    """Give companies what the rows say about them, and rows without a person their outcome."""
    companies_only = {result.row.number for result in sorting.companies}
    for result in sorting.writing:
        if result.row.number not in resolved:
            continue
        employer, certain = resolved[result.row.number]
        result.company_id = employer.id
        is_first = firms.is_new_with(result.row)
        alone = result.row.number in companies_only
        if is_first:
            result.journal.made("company", Company, employer.id)
            result.journal.version("company", employer.id, before=0, after=1)
            result.outcome = ImportOutcome.CREATED.value if alone else result.outcome
        elif alone and not context.run.update_existing:
            result.unchanged(company_known())
            continue
        origin = context.origin(result.row.confirmed_on)
        absorbing.absorb(result, employer, certain=certain, origin=origin)
        if not is_first and "company" in result.journal.versions:
            unchanged = result.outcome == ImportOutcome.UNCHANGED
            result.outcome = ImportOutcome.UPDATED.value if unchanged else result.outcome
        elif alone and not is_first:
            result.unchanged(company_known())


class _Parts(NamedTuple):
    """Everything that a round has to write."""

    batch: Batch
    firms: Firms
    absorbing: Absorbing
    people: People
    updates: Updates


def _send(parts: _Parts, context: Context) -> None:
    """Overwrite first, then add: a new primary role must not meet the one it replaces."""
    point_ids, new_points = bulk.contact_points(parts.batch.wanted_points())
    parts.firms.send(parts.absorbing.kinds)
    parts.people.send(point_ids, new_points)
    parts.absorbing.send()
    parts.updates.send()
    parts.batch.send(point_ids)
    signatures = signing.Signatures(parts.people, parts.firms, parts.batch)
    parts.batch.send_holders(point_ids)
    signatures.send()
    indexing.refresh_companies(sorted(parts.absorbing.touched))
    indexing.refresh_persons(parts.updates.changed_ids)
    bulk.all_stored()
    sources = (parts.firms, parts.absorbing, parts.people, parts.updates)
    audit.record_many(
        actor=context.actor,
        acts=[act for source in sources for act in source.acts],
        at=context.at,
        context={"import": context.run.pk},
    )
