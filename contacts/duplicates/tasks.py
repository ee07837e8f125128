"""Celery tasks on the queue ``batch``. Each loads by id and calls one function."""

from contextlib import suppress

from celery import shared_task
from celery.signals import worker_ready

from contacts.duplicates import cleaning, queueing, runs, working
from contacts.models import MatchingKind, MatchingScope, MatchingShard
from contacts.models.matching import BUSY_MATCHING
from crm.kernel import clock


@shared_task(name="contacts.match_shard")
def work_on(shard_id: int) -> None:
    """Do one shard of a run; safe to be called twice."""
    working.work(shard_id, clock=clock.now)


@shared_task(name="contacts.sweep_matching")
def sweep(kind: str) -> None:
    """Delete what earlier runs found, and the marks of the records the last one looked at."""
    cleaning.sweep(kind)


@shared_task(name="contacts.find_duplicates_nightly")
def find_nightly() -> None:
    """Look at what has changed, companies and persons."""
    for kind in MatchingKind:
        with suppress(runs.Busy):
            runs.start(actor=None, kind=kind, scope=MatchingScope.CHANGED, at=clock.now())


@shared_task(name="contacts.revive_matching")
def revive() -> int:
    """Queue again the shards that a dead worker left undone; returns how many.

    A shard that merely waits is queued once more: the second message finds it done or in work.
    What a run left behind whose end its worker did not survive is taken away.
    """
    cleaning.catch_up()
    shards = MatchingShard.objects.filter(run__state__in=BUSY_MATCHING, is_done=False)
    count = 0
    for shard_id in shards.values_list("pk", flat=True):
        queueing.shard(shard_id)
        count += 1
    return count


@worker_ready.connect
def _revive_at_start(**_signal: object) -> None:
    """A worker that starts looks for what another one left behind."""
    revive.delay()
