"""``make test``: servers and a browser of their own, then all tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from crm.platform import browser, children, environment, interrupts
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError
from crm.platform.progress import say, seconds, step

PROCESSES = 2


def run(*, arguments: Sequence[str]) -> int:
    """Run pytest with ``arguments``; returns its exit code, leaves no server behind."""
    os.environ["EINKLANG_ENV"] = "test"
    try:
        with step("Datenbank und Warteschlange für die Tests starten"):
            environment.prepare()
        os.environ[browser.VARIABLE] = str(browser.provide())
        return _pytest(arguments)
    finally:
        interrupts.ignore()
        environment.release()


def _pytest(arguments: Sequence[str]) -> int:
    command = [sys.executable, "-m", "pytest", f"--numprocesses={PROCESSES}", *arguments]
    child = children.start(command, log=None, cwd=REPOSITORY)
    try:
        return child.wait()
    finally:
        children.stop(child, by=signal.SIGINT, within=20.0)


def main() -> None:
    """Run the tests with pytest's arguments from the command line."""
    started = time.monotonic()
    try:
        with interrupts.raised():
            code = run(arguments=sys.argv[1:])
    except (PlatformError, subprocess.SubprocessError) as error:
        sys.exit(str(error))
    except interrupts.Interrupted:
        sys.exit("\nDie Tests sind abgebrochen.")
    say(f"Dauer mit Vorbereitung: {seconds(time.monotonic() - started)}")
    sys.exit(code)


if __name__ == "__main__":
    main()
