"""Looking for duplicates in the demo company, by the real batch and its queue."""

from collections.abc import Callable
from datetime import datetime

from contacts.duplicates import current, runs, watching
from contacts.models import MatchingKind, MatchingRun, MatchingScope, MatchingState
from contacts.models.matching import BUSY_MATCHING
from crm.demo.importing import DemoImportFailed, Told


def look(*, kind: MatchingKind, clock: Callable[[], datetime], tell: Told) -> MatchingRun:
    """Look for duplicates unless that was done, and wait for the end.

    :raises DemoImportFailed: the run failed; its reason is the message
    """
    run = current.run_of(kind)
    if run is None:
        under_way = MatchingRun.objects.filter(kind=kind, state__in=BUSY_MATCHING).first()
        run = under_way or runs.start(actor=None, kind=kind, scope=MatchingScope.FULL, at=clock())
        run = watching.finish(run, tell=tell.matching, clock=clock)
    if run.state != MatchingState.DONE:
        raise DemoImportFailed(run.failure)
    return run
