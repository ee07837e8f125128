"""Working through a file: chunk by chunk, each in one transaction with the position behind it.

Killed at any moment, a run goes on behind the last chunk that was written, and ends as if nothing
had happened.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from contacts.importing import locks, pace, plans, rows, settings, statistics
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers import open_table
from contacts.importing.readers.table import Problem
from contacts.importing.storing import chunks
from contacts.importing.storing.context import Context
from contacts.importing.storing.results import Result
from contacts.models import ImportRun, ImportState
from crm.kernel import audit
from crm.kernel.errors import DomainError

logger = logging.getLogger(__name__)


def work(run_id: int, *, clock: Callable[[], datetime]) -> None:
    """Import the file of a queued or interrupted run, as far as it was not yet.

    Does nothing if another process works on it or it is not waiting to be worked on.
    """
    with locks.working_on(run_id) as mine, pace.rare_garbage_collection():
        if not mine:
            return
        run = _begin(run_id, at=clock())
        if run is None:
            return
        try:
            _walk(run, clock)
        except DomainError as error:
            _end(run, ImportState.FAILED, at=clock(), failure=error.message)
        except Exception:
            logger.exception("Import %s failed", run.public_id)
            message = _(
                "Der Import brach wegen eines unerwarteten Fehlers ab. Alles bis Zeile %(line)d "
                "ist übernommen; Sie können ihn fortsetzen."
            )
            _end(run, ImportState.FAILED, at=clock(), failure=message % {"line": run.position})
            raise


def count_rows(path: Path, chosen: settings.Settings) -> int:
    """How many rows a file has, by reading it through."""
    with open_table(path, chosen.found) as table:
        return sum(1 for _row in table.rows)


def _begin(run_id: int, *, at: datetime) -> ImportRun | None:
    busy = (ImportState.QUEUED, ImportState.RUNNING, ImportState.CANCELLING)
    with transaction.atomic():
        run = (
            ImportRun.objects.select_for_update(of=("self",))
            .select_related("source", "created_by")
            .filter(pk=run_id, state__in=busy)
            .first()
        )
        if run is None or _cancelled(run, at=at):
            return None
        run.state = ImportState.RUNNING
        run.started_at = run.started_at or at
        run.save(update_fields=["state", "started_at"])
    return run


def _walk(run: ImportRun, clock: Callable[[], datetime]) -> None:
    chosen = settings.of(run)
    path = Path(run.file.path)
    if run.rows_total is None:
        run.rows_total = count_rows(path, chosen)
        run.save(update_fields=["rows_total"])
    plan, context = plans.plan_of(run, at=clock()), plans.context_of(run, at=clock())
    reading = pace.Reading(path, chosen.found, plan, behind=run.position)
    counted = statistics.Statistics()
    with pace.ahead_of_writing(reading, about=run.rows_total - run.position) as portions:
        for portion in portions:
            if portion.chunk and not _write_chunk(portion.chunk, replace(context, at=clock())):
                return
            counted.added_rows(len(portion.chunk))
        _keep_notices(run, portion.notices)
    _end(run, ImportState.DONE, at=clock())


def _write_chunk(chunk: pace.Chunk, context: Context) -> bool:
    """Write a chunk and the position behind it; False if the run was cancelled meanwhile."""
    run = context.run
    prepared = [row for _raw, row in chunk]
    cells = {raw.number: raw.values for raw, _row in chunk}
    with transaction.atomic():
        state = ImportRun.objects.select_for_update().values_list("state", flat=True)
        run.state = state.get(pk=run.pk)
        if _cancelled(run, at=context.at):
            return False
        results = _write(prepared, context)
        rows.record(run, results, cells)
        run.position = prepared[-1].number
        run.save(update_fields=["position", "marked_count", *rows.COUNTERS.values()])
    return True


def _write(prepared: Sequence[PreparedRow], context: Context) -> list[Result]:
    """Write in a savepoint (which a dry run rolls back).

    If the database refuses the chunk, its halves are tried, down to the row that is at fault.
    """
    try:
        with transaction.atomic():
            results = chunks.write(prepared, context)
            if context.run.dry_run:
                transaction.set_rollback(True)
        return results
    except (DataError, IntegrityError) as error:
        if len(prepared) == 1:
            logger.warning("Row %s was refused by the database: %s", prepared[0].number, error)
            return [Result(prepared[0]).reject(_refused_by_database())]
        middle = len(prepared) // 2
        return _write(prepared[:middle], context) + _write(prepared[middle:], context)


def _cancelled(run: ImportRun, *, at: datetime) -> bool:
    if run.state != ImportState.CANCELLING:
        return False
    _end(run, ImportState.CANCELLED, at=at)
    return True


def _keep_notices(run: ImportRun, notices: dict[str, int]) -> None:
    run.settings = {**run.settings, "notices": notices}
    run.save(update_fields=["settings"])


@transaction.atomic
def _end(run: ImportRun, state: ImportState, *, at: datetime, failure: str = "") -> None:
    run.state, run.failure, run.finished_at = state, failure, at
    run.save(update_fields=["state", "failure", "finished_at"])
    counts = {name: [0, getattr(run, name)] for name in rows.COUNTERS.values()}
    audit.record(
        actor=run.created_by,
        action=f"import.{state.value.lower()}",
        at=at,
        target=run,
        changes={} if run.dry_run else counts,
        context={"dry_run": run.dry_run},
    )


def _refused_by_database() -> Problem:
    return Problem(
        "database",
        _("Die Datenbank nahm die Zeile nicht an."),
        proposal=_("Prüfen Sie die Zeile auf ungewöhnliche Zeichen und doppelte Nummern."),
    )
