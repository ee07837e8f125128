"""A worker that is killed in the middle: another one goes on, and nobody sees a difference."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from contacts.importing import imports, locks, tasks
from contacts.models import (
    Company,
    ContactPointHolder,
    Employment,
    ExternalId,
    ImportRow,
    ImportRun,
    ImportState,
    Person,
)
from crm.kernel.models import AuditEntry
from tests.redis_databases import Purpose, url_of

ROOT = Path(__file__).resolve().parents[3]
ROWS = 4000
WITHIN = 90  # seconds


def content() -> str:
    rows = (
        f"{n};{n // 5};Brandt {n // 5} KG;Hans;Maier{n};24103;030 23125{n:04};m{n}@x.example"
        for n in range(ROWS)
    )
    header = "Personennummer;Kundennummer;Firma;Vorname;Nachname;PLZ;Telefon;E-Mail"
    return "\n".join([header, *rows])


@contextmanager
def worker(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A real worker on this test's database and a broker database of its own."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(database),
        "REDIS_URL": url_of(Purpose.KILLED, server=os.environ["REDIS_URL"]),
        "EINKLANG_DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "celery", "--app=crm.celery:app", "worker", "--queues=batch"]
    command += ["--concurrency=1", "--loglevel=warning", "--without-gossip", "--without-mingle"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not met():
        assert time.monotonic() < deadline, "the worker did not get that far in time"
        time.sleep(0.02)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_an_import_survives_the_death_of_its_worker(upload, at, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(tasks.run_import, "delay", lambda run_id: None)
    run = imports.start(actor=None, run=upload(content()), at=at)

    def state() -> ImportRun:
        return ImportRun.objects.get(pk=run.pk)

    with worker(tmp_path) as first:
        wait_until(lambda: state().position > 1)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    wait_until(lambda: not locks.is_worked_on(run.pk))
    killed = state()
    assert killed.state == ImportState.RUNNING
    assert 0 < killed.created_count < ROWS
    assert Person.objects.count() == killed.created_count
    assert ImportRow.objects.filter(run=run).count() == killed.created_count

    with worker(tmp_path):
        wait_until(lambda: state().state == ImportState.DONE)

    done = state()
    assert (done.created_count, done.rejected_count, done.position) == (ROWS, 0, ROWS + 1)
    assert Person.objects.count() == ROWS
    assert Company.objects.count() == ROWS // 5
    assert Employment.objects.count() == ROWS
    assert ExternalId.objects.count() == ROWS
    assert ContactPointHolder.objects.filter(person__isnull=False).count() == 2 * ROWS
    assert ImportRow.objects.filter(run=run, outcome="CREATED").count() == ROWS
    assert AuditEntry.objects.filter(action="person.created").count() == ROWS
