"""Using an embedded server: it runs as long as at least one lease on it is held."""

import os
import secrets
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crm.platform.errors import PlatformError
from crm.platform.locks import FileLock
from crm.platform.servers import Server

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Lease:
    """The right to use a server, given back by ``release`` or the end of the process."""

    server: Server
    folder: Path
    url: str
    lock: FileLock
    keeper: "subprocess.Popen[bytes] | None"

    def is_served(self) -> bool:
        """Whether the server still runs."""
        return _is_kept(self.folder)

    def release(self, *, wait: float = 0.0) -> bool:
        """Give the lease back; True if the server is down within ``wait`` seconds.

        False as well when other processes go on using it.
        """
        self.lock.release()
        give_up = time.monotonic() + wait
        while _is_kept(self.folder):
            if time.monotonic() >= give_up or _is_leased(self.folder):
                return False
            time.sleep(0.05)
        if self.keeper is not None:
            self.keeper.wait()
        return True


def acquire(*, server: Server, folder: Path, durable: bool) -> Lease:
    """Attach to ``server`` in ``folder``, starting it if it does not run.

    ``durable=False`` trades safety in a power cut for speed (tests). Processes that call this at
    the same time wait for one another. Raises PlatformError.
    """
    _create(folder)
    with FileLock(folder / "start.lock").exclusive():
        lock = FileLock(folder / "lease.lock").shared()
        keeper = None
        while True:
            if not _is_kept(folder):
                keeper = _start_keeper(server=server, folder=folder, durable=durable)
            with suppress(FileNotFoundError):  # the server crashed: its keeper is on the way out
                url = (folder / "url").read_text()
                return Lease(server, folder, url=url, lock=lock, keeper=keeper)
            time.sleep(0.05)


def _create(folder: Path) -> None:
    with suppress(PermissionError):
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PlatformError(
            f"Der Datenordner {folder} gehört einem anderen Benutzer. Bitte seinen Besitzer ändern "
            "oder mit EINKLANG_DATA_DIR einen eigenen Ordner angeben."
        )
    password = folder / "password"
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))


def _is_kept(folder: Path) -> bool:
    """Whether a keeper is at work in ``folder``."""
    with FileLock(folder / "keeper.lock") as probe:
        return not probe.try_shared()


def _is_leased(folder: Path) -> bool:
    """Whether a process uses the server; its keeper, having noticed the last one go, does not."""
    with FileLock(folder / "lease.lock") as probe:
        return not probe.try_exclusive() and probe.try_shared()


def _start_keeper(*, server: Server, folder: Path, durable: bool) -> "subprocess.Popen[bytes]":
    url, log = folder / "url", folder / "keeper.log"
    url.unlink(missing_ok=True)
    command = [sys.executable, "-m", "crm.platform.keeper", server.name, str(folder)]
    if not durable:
        command.append("--forgetful")
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while not url.exists():
        if keeper.poll() is not None:
            raise PlatformError(log.read_text().strip() or f"{server.title} ist nicht gestartet.")
        time.sleep(0.01)
    return keeper
