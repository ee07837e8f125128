"""The environment that every entry point prepares before it loads the settings.

=================  ============================================================================
EINKLANG_ENV       ``demo`` (default), ``test`` or ``production``
EINKLANG_DATA_DIR  files, logs and embedded servers; default ``.data/<EINKLANG_ENV>``
DATABASE_URL       a PostgreSQL server; unset (demo, test): the embedded one
REDIS_URL          a Redis server; unset (demo, test): the embedded one
=================  ============================================================================
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crm.platform import embedded
from crm.platform.embedded import REPOSITORY, Lease
from crm.platform.errors import PlatformError
from crm.platform.postgres import Postgres
from crm.platform.redis import Redis
from crm.platform.servers import Server

ENVIRONMENTS = ("demo", "test", "production")
_leases: list[Lease] = []


def name() -> str:
    """``demo``, ``test`` or ``production``; raises PlatformError for anything else."""
    environment = os.environ.get("EINKLANG_ENV", "demo")
    if environment not in ENVIRONMENTS:
        raise PlatformError(
            f"EINKLANG_ENV ist „{environment}“, erlaubt sind: {', '.join(ENVIRONMENTS)}."
        )
    return environment


def data_dir() -> Path:
    """The folder of everything this installation writes; it need not exist yet."""
    chosen = os.environ.get("EINKLANG_DATA_DIR")
    return Path(chosen).resolve() if chosen else REPOSITORY / ".data" / name()


def prepare() -> None:
    """Set DATABASE_URL and REDIS_URL, starting or attaching to embedded servers where unset.

    The servers run until the last process that prepared itself this way has ended. Does nothing
    in production and for what is set already. Raises PlatformError.
    """
    if name() == "production":
        return
    servers: tuple[Server, ...] = (Postgres(), Redis())
    missing = [server for server in servers if not os.environ.get(server.variable)]
    if not missing:
        return
    with ThreadPoolExecutor() as threads:
        list(threads.map(_acquire, missing))
    for lease in _leases:
        os.environ[lease.server.variable] = lease.url


def check() -> None:
    """Raise PlatformError if a server that ``prepare`` started has ended by itself."""
    for lease in _leases:
        if not lease.is_served():
            raise PlatformError(
                f"{lease.server.title} hat sich beendet. "
                f"Näheres steht in {lease.folder / 'server.log'}"
            )


def release(*, wait: float = 30.0) -> None:
    """Give back what ``prepare`` acquired; returns when the servers are down or still used."""
    for lease in _leases:
        os.environ.pop(lease.server.variable, None)
        lease.lock.release()
    for lease in _leases:
        lease.release(wait=wait)
    _leases.clear()


def _acquire(server: Server) -> None:
    folder = data_dir() / server.name
    _leases.append(embedded.acquire(server=server, folder=folder, durable=name() != "test"))
