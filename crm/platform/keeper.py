"""Keeps one embedded server running as long as somebody uses it.

``python -m crm.platform.keeper postgres|redis FOLDER [--forgetful]``

Every user of the server holds a shared lock on ``FOLDER/lease.lock``. The keeper starts the
server, writes how to reach it to ``FOLDER/url`` and tries to lock that file alone: it succeeds
when the last user has ended, in whatever way, and then stops the server and ends itself.
"""

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.platform import children, leftovers
from crm.platform.errors import PlatformError
from crm.platform.locks import FileLock
from crm.platform.ports import free_port
from crm.platform.postgres import Postgres
from crm.platform.redis import Redis
from crm.platform.servers import Place, Server

SERVERS: dict[str, Server] = {server.name: server for server in (Postgres(), Redis())}
ATTEMPTS = 5
READY_WITHIN = 60.0  # seconds; PostgreSQL may have to recover after a crash
LOOK_EVERY = 0.1  # seconds


def keep(*, server: Server, folder: Path, durable: bool) -> None:
    """Run ``server`` in ``folder`` until nobody uses it; raises PlatformError if it ends itself.

    Both locks end with this process, so that whoever finds them free finds nothing left of it.
    """
    FileLock(folder / "keeper.lock").exclusive()
    lease = FileLock(folder / "lease.lock")
    place, process = _start(server=server, folder=folder, durable=durable)
    try:
        with _published(folder / "url", server.url(place=place)):
            while process.poll() is None and not lease.try_exclusive():
                time.sleep(LOOK_EVERY)
    finally:
        crashed = process.poll() is not None
        children.stop(process, by=server.stop_signal, within=60.0)
    if crashed:
        raise PlatformError(f"{server.title} hat sich beendet, siehe {place.log}")


def _start(
    *, server: Server, folder: Path, durable: bool
) -> "tuple[Place, subprocess.Popen[bytes]]":
    for _ in range(ATTEMPTS):
        place = Place(folder=folder, port=free_port())
        leftovers.stop(server.pid_file(place=place), of=place.data, by=server.stop_signal)
        server.initialise(place=place)
        process = children.start(
            server.command(place=place, durable=durable),
            log=place.log,
            cwd=place.data,
            at_parent_death=server.stop_signal,
        )
        if _became_ready(server=server, place=place, process=process):
            return place, process
        children.stop(process, by=server.stop_signal)
    raise PlatformError(f"{server.title} ist nicht gestartet:\n{_last_lines(place.log)}")


def _became_ready(*, server: Server, place: Place, process: "subprocess.Popen[bytes]") -> bool:
    give_up = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < give_up:
        if server.is_ready(place=place):
            return process.poll() is None
        time.sleep(0.02)
    return False


@contextmanager
def _published(path: Path, url: str) -> Iterator[None]:
    """The file ``path`` with ``url``, readable by its owner alone, while the server runs."""
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(url)
    draft.rename(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _last_lines(log: Path, count: int = 8) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


def _end_quietly(signal_number: int, frame: object) -> None:
    raise SystemExit(0)


def main() -> None:
    """Read the command line and keep the server; messages of failure go to standard error."""
    parser = argparse.ArgumentParser(prog="python -m crm.platform.keeper")
    parser.add_argument("server", choices=sorted(SERVERS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--forgetful", action="store_true")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _end_quietly)
    try:
        keep(
            server=SERVERS[arguments.server],
            folder=arguments.folder,
            durable=not arguments.forgetful,
        )
    except PlatformError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
