"""Waiting for a run that a worker does, or doing it here if there is no worker."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from celery import current_app

from contacts.importing import running
from contacts.models import ImportRun
from contacts.models.imports import BUSY_STATES

LOOK_EVERY: Final = 0.25  # seconds
ANSWER_WITHIN: Final = 1.5  # seconds that a worker has to say which queues it serves


def has_worker() -> bool:
    """Whether some worker serves the queue ``batch``."""
    answers = current_app.control.inspect(timeout=ANSWER_WITHIN).active_queues() or {}
    return any(queue["name"] == "batch" for queues in answers.values() for queue in queues)


def finish(
    run: ImportRun, *, tell: Callable[[ImportRun], None], clock: Callable[[], datetime]
) -> ImportRun:
    """Wait for the end of a started run; ``tell`` hears of progress several times a second.

    Without a worker the run is worked off in this process, and ``tell`` hears of the end only.
    """
    if not has_worker():
        running.work(run.pk, clock=clock)
    run.refresh_from_db()
    while run.state in BUSY_STATES:
        tell(run)
        time.sleep(LOOK_EVERY)
        run.refresh_from_db()
    tell(run)
    return run
