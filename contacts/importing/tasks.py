"""Celery tasks on the queue ``batch``. Each loads by id and calls one function."""

from celery import shared_task
from celery.signals import worker_ready

from contacts.importing import reverting, running
from contacts.importing.locks import is_worked_on
from contacts.models import ImportRun, ImportState
from crm.kernel import clock

UNDER_WAY = [ImportState.RUNNING, ImportState.CANCELLING, ImportState.REVERTING]


@shared_task(name="contacts.run_import")
def run_import(run_id: int) -> None:
    """Import the file of a queued or interrupted run; safe to be called twice."""
    running.work(run_id, clock=clock.now)


@shared_task(name="contacts.revert_import")
def revert_import(run_id: int) -> None:
    """Take back what a run wrote; safe to be called twice."""
    reverting.work(run_id, clock=clock.now)


@shared_task(name="contacts.revive_imports")
def revive_imports(*, waiting_too: bool = False) -> int:
    """Queue what a dead worker left behind; returns how many runs that were.

    ``waiting_too``: also those that still wait, whose message may have gone with the broker.
    """
    states = [*UNDER_WAY, ImportState.QUEUED] if waiting_too else UNDER_WAY
    count = 0
    for run in ImportRun.objects.filter(state__in=states).order_by("pk"):
        if is_worked_on(run.pk):
            continue
        count += 1
        if run.state == ImportState.REVERTING:
            revert_import.delay(run.pk)
        else:
            run_import.delay(run.pk)
    return count


@worker_ready.connect
def _revive_at_start(**_signal: object) -> None:
    """A worker that starts looks for work that another one left behind."""
    revive_imports.delay(waiting_too=True)
