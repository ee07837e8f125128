"""The one function behind file, command and program: rows in, chunk by chunk, and what became
of each."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.importing.readers.table import Row
from contacts.merging import locks
from crm.accounts.models import User
from crm.kernel import audit
from history.commerce import cleaning, settling, storing, waiting
from history.commerce.cleaning import Cleaned, Plan, Unreadable
from history.commerce.customers import Finder
from history.commerce.settling import Settled
from history.commerce.storing import key_of
from history.commerce.targets import TARGETS, Key, source_of
from history.models import RefusedRow, Takeover, TakeoverState

CHUNK: Final = 500
COUNTS: Final = ("rows", "created", "updated", "unchanged", "waiting", "refused", "released")


def take_over(
    takeover: Takeover, *, rows: Iterable[Row], plan: Plan, actor: User | None, at: datetime
) -> None:
    """Take the rows over and save the take-over with its counts.

    Each chunk is a transaction of its own: what is written stays if a later one fails, and may be
    taken over again without changing anything. A dry run keeps nothing but its counts and the rows
    that it would refuse.
    """
    run = _Run(takeover, plan=plan, actor=actor, at=at)
    with transaction.atomic() if takeover.is_dry_run else nullcontext():
        stream = iter(rows)
        while chunk := list(islice(stream, CHUNK)):
            run.take(chunk)
        takeover.released = waiting.retry(actor=actor, at=at)
        if takeover.is_dry_run:
            transaction.set_rollback(True)
    run.finish()


class _Run:
    """``_seen`` are the lines in which each key stood first."""

    def __init__(self, takeover: Takeover, *, plan: Plan, actor: User | None, at: datetime) -> None:
        self._takeover = takeover
        self._plan = plan
        self._actor = actor
        self._at = at
        self._finder = Finder(actor=actor, today=at.date())
        self._seen: dict[str | Key, int] = {}
        self._refused: list[RefusedRow] = []
        for name in COUNTS:
            setattr(takeover, name, 0)

    @transaction.atomic
    def take(self, rows: Sequence[Row]) -> None:
        """One chunk: all of it or, if anything fails, nothing."""
        locks.no_merge_meanwhile()
        storing.one_writer_at_a_time()
        self._takeover.rows += len(rows)
        kind = self._plan.kind
        cleaned = [each for row in rows if (each := self._clean(row))]
        settled = settling.settle(
            cleaned, kind=kind, finder=self._finder, column_of=self._plan.column_of
        )
        self._refuse_repeated(settled, {row.number: row for row in cleaned})
        result = storing.write(
            list(settled.ready.values()),
            kind=kind,
            takeover=self._takeover,
            actor=self._actor,
            at=self._at,
        )
        waiting.forget(kind=kind, keys=settled.keys)
        waiting.keep(settled.waiting, takeover=self._takeover, at=self._at)
        self._takeover.created += result.created
        self._takeover.updated += result.updated
        self._takeover.unchanged += result.unchanged
        self._takeover.waiting += len(settled.waiting)
        if not self._takeover.is_dry_run:
            self._flush()

    @transaction.atomic
    def finish(self) -> None:
        """Save the counts and say in the audit log that rows were taken over."""
        self._flush()
        takeover = self._takeover
        takeover.state, takeover.finished_at, takeover.failure = TakeoverState.DONE, self._at, ""
        takeover.save()
        if not takeover.is_dry_run:
            counts = {name: [None, getattr(takeover, name)] for name in COUNTS}
            audit.record(
                actor=self._actor,
                action="commerce.taken-over",
                at=self._at,
                target=takeover,
                changes=counts,
                context=source_of(takeover),
            )

    def _clean(self, row: Row) -> Cleaned | None:
        try:
            cleaned = cleaning.clean(row, self._plan)
        except Unreadable as problem:
            self._refuse(row.number, row.values, problem.column, problem.reason)
            return None
        key = cleaning.key_of(self._plan.kind, cleaned.values)
        if not self._is_first(key, cleaned):
            return None
        return cleaned

    def _refuse_repeated(self, settled: Settled, rows: dict[int, Cleaned]) -> None:
        """Two numbers may lead to one customer: the same year must not be told twice."""
        target = TARGETS[self._plan.kind]
        for number, values in list(settled.ready.items()):
            if not self._is_first(key_of(target, values), rows[number]):
                del settled.ready[number]

    def _is_first(self, key: str | Key, row: Cleaned) -> bool:
        first = self._seen.setdefault(key, row.number)
        if first == row.number:
            return True
        self._refuse(
            row.number,
            row.cells,
            self._plan.column_of("number", "order", "customer"),
            _("Dasselbe steht schon in Zeile %(row)d. Bitte behalten Sie eine davon.")
            % {"row": first},
        )
        return False

    def _refuse(self, number: int, cells: Sequence[str], column: str, reason: str) -> None:
        self._takeover.refused += 1
        stored = [cell.replace("\x00", "\ufffd") for cell in cells]
        self._refused.append(
            RefusedRow(
                takeover=self._takeover, number=number, column=column, reason=reason, cells=stored
            )
        )

    def _flush(self) -> None:
        RefusedRow.objects.bulk_create(self._refused)
        self._refused.clear()
