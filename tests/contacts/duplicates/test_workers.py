"""Real workers: one or two, undisturbed or killed in the middle, find the same."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery import Celery
from django.db import connection, transaction

from contacts.duplicates import runs
from contacts.duplicates.working import _SHARDS
from contacts.matching.signatures import Facts
from contacts.matching.workspace import folder_of
from contacts.models import MatchingKind, MatchingRun, MatchingScope, MatchingSnapshot
from tests.contacts.duplicates.conftest import Search, copies, group_rows, pairs
from tests.contacts.matching import stocks as memory
from tests.redis_databases import Purpose, url_of

ROOT = Path(__file__).resolve().parents[3]
WITHIN = 90  # seconds


@contextmanager
def workers(folder: Path, *, children: int) -> Iterator["subprocess.Popen[bytes]"]:
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
    command += [f"--concurrency={children}", "--loglevel=warning", "--without-gossip"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--without-mingle"], env=environment, cwd=ROOT, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not met():
        assert time.monotonic() < deadline, "the workers did not get that far in time"
        time.sleep(0.01)


def children_of(process: "subprocess.Popen[bytes]") -> list[int]:
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in path.read_text().split()]


def at_work() -> bool:
    """Whether somebody holds the lock of a shard."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [_SHARDS],
        )
        return bool(cursor.fetchone()[0])


def state(run: MatchingRun) -> MatchingRun:
    return MatchingRun.objects.select_related("model").get(pk=run.pk)


def start(at: datetime) -> MatchingRun:
    return runs.start(
        actor=None, kind=MatchingKind.PERSON, scope=MatchingScope.FULL, retrain=True, at=at
    )


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_workers_find_the_same_however_many_and_though_they_die(
    write: Callable[[Sequence[Facts]], list[int]], search: Search, at: datetime, tmp_path: Path
) -> None:
    write(copies(memory.people(2500, seed=21)))
    undisturbed = search()
    found = pairs(), group_rows()
    assert undisturbed.pairs_found > 400

    def same(run: MatchingRun) -> bool:
        done = state(run)
        return (
            done.state == "DONE"
            and (pairs(), group_rows()) == found
            and done.candidates == undisturbed.candidates
            and done.model.data == undisturbed.model.data
        )

    two = start(at)
    with workers(tmp_path, children=2) as pair:
        wait_until(lambda: state(two).state not in ("QUEUED", "RUNNING"))
        assert same(two)

        orphaned = start(at)  # a child dies: its worker gives the shard to another child
        look_for_work()
        assert kill(orphaned, lambda: [os.kill(pid, signal.SIGKILL) for pid in children_of(pair)])
        wait_until(lambda: state(orphaned).state not in ("QUEUED", "RUNNING"))
        assert same(orphaned)

    left = start(at)
    with workers(tmp_path, children=1) as lone:  # the worker dies with everything on its machine
        assert kill(left, lambda: os.killpg(lone.pid, signal.SIGKILL))
        lone.wait()
    wait_until(lambda: not at_work())
    assert state(left).state == "RUNNING"
    assert (pairs(), group_rows()) == found, "what held before still holds"
    shutil.rmtree(folder_of(str(left.public_id)))
    with workers(tmp_path, children=1):
        wait_until(lambda: state(left).state not in ("QUEUED", "RUNNING"))
        assert same(left)
        wait_until(lambda: not MatchingSnapshot.objects.exists())


def look_for_work() -> None:
    """Have a worker that is there already look for work, as the clock does every minute."""
    url = url_of(Purpose.KILLED, server=os.environ["REDIS_URL"]).replace(
        "unix://", "redis+socket://"
    )
    app = Celery(broker=url)
    with app.connection_for_write() as broker:
        app.send_task("contacts.revive_matching", queue="batch", connection=broker)


def kill(run: MatchingRun, deed: Callable[[], object]) -> bool:
    """Do it while the run compares and its row is locked, so that no shard can be concluded."""
    wait_until(lambda: state(run).step == "COMPARE")
    with transaction.atomic():
        MatchingRun.objects.select_for_update().get(pk=run.pk)
        step = state(run).step
        wait_until(at_work)
        deed()
    return step == "COMPARE"
