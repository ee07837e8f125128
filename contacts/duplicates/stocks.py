"""The stock of a run on this machine, kept from shard to shard and let go when all is quiet."""

import threading
from functools import partial
from typing import Final

from contacts.duplicates import shipped
from contacts.duplicates.setup import setup_of, workspace_of
from contacts.matching.blocking import Index
from contacts.matching.workspace import Workspace
from contacts.models import MatchingRun

QUIET: Final = 20.0  # seconds without a shard after which the arrays are let go


class _Kept:
    """The workspace of the last run that this process worked on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run = 0
        self._workspace: Workspace | None = None
        self._timer: threading.Timer | None = None

    def of(self, run: MatchingRun) -> Workspace:
        """The run's workspace; that of another run is let go."""
        with self._lock:
            if self._workspace is None or self._run != run.pk:
                self._run, self._workspace = run.pk, workspace_of(run)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(QUIET, self.forget)
            self._timer.daemon = True
            self._timer.start()
            return self._workspace

    def forget(self) -> None:
        """Let go: files that the run has deleted take no memory any more."""
        with self._lock:
            self._workspace = None


_kept = _Kept()


def workspace(run: MatchingRun) -> Workspace:
    """The run's workspace on this machine."""
    found = _kept.of(run)
    if run.figures.get("frequencies") == "shipped":
        found.shares_from(partial(shipped.shares, run.kind))
    return found


def forget() -> None:
    """Let go of the last run's arrays."""
    _kept.forget()


def indexes(run: MatchingRun) -> list[Index]:
    """The blocks of all key types."""
    space = workspace(run)
    return [space.index(kind, number) for number, kind in enumerate(setup_of(run.kind).keys)]
