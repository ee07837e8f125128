"""Redis databases of this test process: what another one does must not reach it."""

import os
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_PROCESSES: Final = 5  # Redis has 16 databases; the first is the application's own


class Purpose(IntEnum):
    CACHE = 1
    BROKER = 2
    KILLED = 3


def url_of(purpose: Purpose, *, server: str) -> str:
    """The address of the server with the database for a purpose."""
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = process % _PROCESSES * len(Purpose) + purpose
    if server.startswith("unix://"):
        return f"{server.partition('?')[0]}?db={number}"
    return urlunsplit(urlsplit(server)._replace(path=f"/{number}"))
