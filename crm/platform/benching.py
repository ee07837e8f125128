"""``make bench``: the benchmarks with their defaults, one JSON line per figure."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from crm.platform import children, environment, interrupts
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError

DATA = REPOSITORY / ".data" / "bench"
MEASURED = (
    "access_package",
    "cards",
    "consent",
    "imports",
    "ledger",
    "matching",
    "matching_at_entry",
    "merging",
    "search",
)


def run() -> int:
    """Run each benchmark on servers of its own; the number that failed."""
    os.environ.setdefault("EINKLANG_DATA_DIR", str(DATA))
    try:
        environment.prepare()
        migrate = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
        subprocess.run(migrate, cwd=REPOSITORY, check=True)
        return sum(_fails(script) for script in _scripts())
    finally:
        interrupts.ignore()
        environment.release()


def _scripts() -> list[Path]:
    """What is measured; the other modules serve these or make what is shipped."""
    return [REPOSITORY / "benchmarks" / f"{name}.py" for name in MEASURED]


def _fails(script: Path) -> bool:
    command = [sys.executable, "-m", f"benchmarks.{script.stem}"]
    child = children.start(command, log=None, cwd=REPOSITORY)
    try:
        return child.wait() != 0
    finally:
        children.stop(child, by=signal.SIGINT, within=20.0)


def main() -> None:
    """Run the benchmarks; the exit code says whether all ran through."""
    try:
        with interrupts.raised():
            failed = run()
    except (PlatformError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    except interrupts.Interrupted:
        sys.exit("Die Messung ist abgebrochen.")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
