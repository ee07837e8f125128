"""``make demo-reset``: forget the demo's data, so that the next ``make demo`` begins anew."""

import os
import shutil
import sys
from pathlib import Path

from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError
from crm.platform.locks import FileLock
from crm.platform.postgres import Postgres
from crm.platform.progress import say
from crm.platform.redis import Redis

DEMO_DATA = REPOSITORY / ".data" / "demo"


def reset() -> None:
    """Delete ``.data/demo`` and nothing else; raises PlatformError while the demo runs."""
    if os.environ.get("EINKLANG_DATA_DIR") or os.environ.get("DATABASE_URL"):
        raise PlatformError(
            "Mit EINKLANG_DATA_DIR oder DATABASE_URL liegen die Daten dort, wo Sie es bestimmt "
            "haben. „make demo-reset“ löscht nur .data/demo; bitte die Variable weglassen."
        )
    if not DEMO_DATA.exists():
        return
    for name in (Postgres.name, Redis.name):
        lease = DEMO_DATA / name / "lease.lock"
        if lease.exists():
            _check_unused(lease)
    shutil.rmtree(DEMO_DATA)


def _check_unused(lease: Path) -> None:
    with FileLock(lease) as lock:
        if not lock.try_exclusive():
            raise PlatformError("Die Demo läuft noch. Bitte zuerst mit Strg-C beenden.")


def main() -> None:
    """Delete the data and say what comes next."""
    try:
        reset()
    except PlatformError as error:
        sys.exit(str(error))
    say("Die Daten der Demo sind gelöscht. „make demo“ beginnt von vorn.")


if __name__ == "__main__":
    main()
