"""Waiting for a run that workers do, or doing it here if there is no worker."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from contacts.duplicates import runs, working
from contacts.duplicates.runs import Progress
from contacts.importing.watching import has_worker
from contacts.models import MatchingRun
from contacts.models.matching import BUSY_MATCHING

LOOK_EVERY: Final = 0.1  # seconds


def finish(
    run: MatchingRun,
    *,
    tell: Callable[[MatchingRun, Progress], None],
    clock: Callable[[], datetime],
) -> MatchingRun:
    """Wait for the end of a started run; ``tell`` hears of progress several times a second.

    Without a worker the run is done in this process.
    """
    alone = not has_worker()
    run = _fresh(run)
    while run.state in BUSY_MATCHING:
        tell(run, runs.progress(run))
        if alone:
            for shard_id in run.shards.filter(is_done=False).values_list("pk", flat=True):
                working.work(shard_id, clock=clock)
        else:
            time.sleep(LOOK_EVERY)
        run = _fresh(run)
    tell(run, runs.progress(run))
    return run


def _fresh(run: MatchingRun) -> MatchingRun:
    return MatchingRun.objects.select_related("model").defer("frequencies").get(pk=run.pk)
