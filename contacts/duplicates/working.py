"""Working through a run: steps one after the other, the shards of a step side by side.

A shard's result depends on the run's snapshot alone. Whoever finishes the last shard of a step
cuts the next one; a shard done twice is written once; a killed worker's shard is done again.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import session_locks
from contacts.duplicates import cleaning, finishing, queueing
from contacts.duplicates.steps import STEPS
from contacts.matching.store import shards
from contacts.models import MatchingRun, MatchingShard, MatchingState, MatchingStep
from contacts.models.matching import BUSY_MATCHING
from crm.kernel import audit

logger = logging.getLogger(__name__)
ORDER = list(MatchingStep)
Clock = Callable[[], datetime]
_SHARDS = 0x4D4154  # any constant: the family of the shards' locks


def work(shard_id: int, *, clock: Clock) -> None:
    """Do one shard, and cut the next step if it was the last of its own.

    Does nothing if it is done, if somebody else is at it, or if its run has ended.
    """
    with session_locks.working_on(_SHARDS, shard_id) as mine:
        shard = _begun(shard_id, at=clock()) if mine else None
        if shard is None:
            return
        try:
            started = time.perf_counter()
            result = STEPS[MatchingStep(shard.step)].do(shard)
            seconds = time.perf_counter() - started
            following = _conclude(shard, result, seconds=seconds, clock=clock)
        except Exception:
            logger.exception("Matching run %s failed in step %s", shard.run_id, shard.step)
            _fail(shard.run_id, at=clock())
            raise
    for each in following:
        queueing.shard(each)


def _begun(shard_id: int, *, at: datetime) -> MatchingShard | None:
    """The shard if it is to be done; the first shard of all begins its run."""
    queued = MatchingRun.objects.filter(shards=shard_id, state=MatchingState.QUEUED)
    queued.update(state=MatchingState.RUNNING, started_at=at)
    shard = (
        MatchingShard.objects.select_related("run", "run__model")
        .defer("result", "run__frequencies")
        .filter(pk=shard_id, is_done=False, run__state__in=BUSY_MATCHING)
        .first()
    )
    return shard if shard is not None and shard.run.step == shard.step else None


@transaction.atomic
def _conclude(shard: MatchingShard, result: bytes, *, seconds: float, clock: Clock) -> list[int]:
    """Write a shard's result; returns the shards of the next step if this was the last one."""
    runs = MatchingRun.objects.select_for_update(of=("self",)).defer("frequencies")
    run = runs.select_related("model").get(pk=shard.run_id)
    if run.state not in BUSY_MATCHING or run.step != shard.step:
        return []
    written = shards.conclude(shard.pk, result, seconds=seconds)
    following: list[int] = []
    if written and not run.shards.filter(step=run.step, is_done=False).exists():
        following = _advance(run, clock=clock)
    run.save()
    return following


def _advance(run: MatchingRun, *, clock: Clock) -> list[int]:
    """Sum the step up and cut the next one; empty steps are passed over."""
    while True:
        step = MatchingStep(run.step)
        now = clock()
        STEPS[step].sum_up(run)
        _note_time(run, step, now)
        if step == ORDER[-1]:
            finishing.finish(run, at=now)
            return []
        run.step = ORDER[ORDER.index(step) + 1]
        cuts = STEPS[MatchingStep(run.step)].cut(run)
        following = [
            MatchingShard(run=run, step=run.step, number=number, low=low, high=high)
            for number, (low, high) in enumerate(cuts)
        ]
        if following:
            return [each.pk for each in MatchingShard.objects.bulk_create(following)]


def _note_time(run: MatchingRun, step: MatchingStep, now: datetime) -> None:
    """Seconds since the step before it ended, and seconds of work in its shards."""
    last = run.figures.get("step_ended")
    begun = datetime.fromisoformat(last) if last else (run.started_at or now)
    run.figures.setdefault("seconds", {})[step.value] = round((now - begun).total_seconds(), 3)
    work = sum(run.shards.filter(step=step).values_list("seconds", flat=True))
    run.figures.setdefault("work_seconds", {})[step.value] = round(work, 3)
    run.figures["step_ended"] = now.isoformat()


@transaction.atomic
def _fail(run_id: int, *, at: datetime) -> None:
    run = MatchingRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state not in BUSY_MATCHING:
        return
    run.state, run.finished_at = MatchingState.FAILED, at
    run.failure = _(
        "Die Suche brach wegen eines unerwarteten Fehlers ab; das letzte vollständige Ergebnis "
        "gilt weiter. Sie können sie noch einmal starten."
    )
    run.save()
    audit.record(actor=run.started_by, action="matching.failed", at=at, target=run)
    transaction.on_commit(lambda: cleaning.clean_up(run))
