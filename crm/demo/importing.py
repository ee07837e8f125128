"""Bringing one demo file in through the import service and its queue."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from django.utils.translation import gettext_lazy as _

from contacts.duplicates.runs import Progress
from contacts.importing import imports, tasks
from contacts.models import ImportRun, ImportState, MatchingRun, Source
from crm.accounts.models import Team, User
from crm.demo import staff as colleagues
from crm.demo.files import DemoFile
from crm.demo.records import Origin
from crm.kernel.errors import DomainError
from crm.platform import children, environment
from crm.platform.embedded import REPOSITORY

LOOK_EVERY: Final = 0.2  # seconds
WORKER_WITHIN: Final = 6.0  # seconds; then a worker of our own is started
WAITING: Final = (ImportState.UPLOADED, ImportState.CANCELLED, ImportState.FAILED)
UNDER_WAY: Final = (ImportState.QUEUED, ImportState.RUNNING, ImportState.CANCELLING)


class DemoImportFailed(DomainError):
    """A file of the demo company could not be imported."""

    code = "demo-import-failed"
    default_message = _("Eine Datei der Musterfirma ließ sich nicht importieren.")


class Told(Protocol):
    """Who hears of progress."""

    def under_way(self, run: ImportRun) -> None:
        """Some rows more are done."""

    def done(self, run: ImportRun) -> None:
        """The file is imported."""

    def matching(self, run: MatchingRun, progress: Progress) -> None:
        """The search for duplicates is under way, or has ended."""


@dataclass(slots=True)
class Queue:
    """The queue ``batch``; starts a worker of its own if no other takes up the first file."""

    clock: Callable[[], datetime]
    tell: Told
    _worker: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def bring_in(self, *, file: DemoFile, source: Source, staff: Mapping[str, User]) -> None:
        """Import the file, or go on with an import that was interrupted, and wait for its end.

        :raises DemoImportFailed: it failed; its reason is the message
        """
        run = _run_of(source) or _upload(file=file, source=source, staff=staff, at=self.clock())
        if run.state in WAITING:
            run = imports.start(actor=staff["admin"], run=run, at=self.clock())
        elif run.state in UNDER_WAY:
            tasks.run_import.delay(run.pk)
        self._wait(run)
        if run.state == ImportState.FAILED:
            raise DemoImportFailed(run.failure, file=run.file_name)

    def _wait(self, run: ImportRun) -> None:
        waited_until = time.monotonic() + WORKER_WITHIN
        while run.state in UNDER_WAY:
            time.sleep(LOOK_EVERY)
            run.refresh_from_db()
            self.tell.under_way(run)
            is_late = run.state == ImportState.QUEUED and time.monotonic() > waited_until
            if is_late and self._worker is None:
                self._worker = _start_worker()
            if self._worker is not None and self._worker.poll() is not None:
                raise DemoImportFailed(
                    _("Der Dienst für lange Aufgaben hat sich beendet; siehe %(log)s.")
                    % {"log": _log()}
                )
        self.tell.done(run)

    def close(self) -> None:
        """End the worker if one was started here."""
        if self._worker is not None:
            children.stop(self._worker)


@contextmanager
def queue(*, clock: Callable[[], datetime], tell: Told) -> Iterator[Queue]:
    """The queue for as long as files are brought in."""
    opened = Queue(clock, tell)
    try:
        yield opened
    finally:
        opened.close()


def _run_of(source: Source) -> ImportRun | None:
    """The import of the source, if it was begun before."""
    return ImportRun.objects.filter(source=source).order_by("-id").first()


def _upload(
    *, file: DemoFile, source: Source, staff: Mapping[str, User], at: datetime
) -> ImportRun:
    """Outlook's contacts belong to whose Outlook it is, the others to Marketing at first."""
    mine = file.origin is Origin.OUTLOOK
    team = Team.objects.get(name=colleagues.NORTH if mine else colleagues.MARKETING)
    with file.path.open("rb") as content:
        return imports.upload(
            actor=staff["admin"],
            file=content,
            file_name=file.path.name,
            source=source,
            owner=staff["vertrieb"] if mine else None,
            team=team,
            at=at,
        )


def _start_worker() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "celery", "--app=crm.celery:app", "worker"]
    command += ["--queues=batch", "--concurrency=1", "--loglevel=warning", "--hostname=demo@%h"]
    command += ["--without-gossip", "--without-mingle"]
    log = _log()
    log.parent.mkdir(parents=True, exist_ok=True)
    return children.start(command, log=log, cwd=REPOSITORY)


def _log() -> Path:
    return environment.data_dir() / "logs" / "load_demo.log"
