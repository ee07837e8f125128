"""Servers of their own for the tests of the platform, in folders that are deleted afterwards."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from crm.platform import embedded
from crm.platform.embedded import REPOSITORY, Lease
from crm.platform.servers import Server

USER = """
import sys, time
from pathlib import Path
from crm.platform import embedded
from crm.platform.keeper import SERVERS
lease = embedded.acquire(server=SERVERS[sys.argv[1]], folder=Path(sys.argv[2]), durable=False)
print(lease.url, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a module's server lives: deep, with blanks and umlauts, beyond a socket's 107 bytes."""
    return tmp_path_factory.mktemp("platform") / ("Ein tiefer Ordner für Prüfungen " * 4) / "server"


@pytest.fixture
def acquire(folder: Path) -> Iterator[Callable[[Server], Lease]]:
    """Attach this process to a server in ``folder``; all leases end with the test."""
    leases: list[Lease] = []

    def attach(server: Server) -> Lease:
        leases.append(embedded.acquire(server=server, folder=folder, durable=True))
        return leases[-1]

    yield attach
    for lease in leases:
        lease.lock.release()
    for lease in leases:
        assert lease.release(wait=20)


@contextmanager
def another_user(server: Server, folder: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another process that uses the server until the block ends; it writes the URL it got."""
    command = [sys.executable, "-c", USER, server.name, str(folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def url_of(process: "subprocess.Popen[str]") -> str:
    """What ``another_user`` got."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def processes_of(folder: Path) -> list[psutil.Process]:
    """All processes whose command line names ``folder``."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if any(str(folder) in word for word in words) and words[1:2] != ["-c"]:
            found.append(process)
    return found


def wait_until(condition: Callable[[], bool], *, within: float = 20.0) -> None:
    """Return as soon as ``condition`` holds; fail after ``within`` seconds."""
    give_up = time.monotonic() + within
    while not condition():
        assert time.monotonic() < give_up, "the condition did not come true in time"
        time.sleep(0.02)
