"""Playwright's driver is a Node.js in its wheel, which on a bare machine lacks one library."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from crm.platform.browser import packages, place
from crm.platform.errors import PlatformError

VARIABLE = "PLAYWRIGHT_NODEJS_PATH"
PACKAGES = ("libatomic1",)


def use_unpacked() -> None:
    """If ``provide`` unpacked the library before, let Playwright start with it."""
    if _script().exists():
        os.environ.setdefault(VARIABLE, str(_script()))


def provide() -> None:
    """Make sure that the driver starts; raises PlatformError."""
    use_unpacked()
    if _starts():
        return
    packages.provide(PACKAGES, title="Bibliothek für Playwright holen")
    if os.geteuid() != 0:
        packages.write_start_script(_script(), program=_node())
        use_unpacked()
    if not _starts():
        raise PlatformError(
            "Playwright startet nicht. Bitte die Bibliothek libatomic (Debian: libatomic1) "
            "installieren."
        )


def _starts() -> bool:
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _node() -> Path:
    package = find_spec("playwright")
    if package is None or package.origin is None:
        raise PlatformError("Playwright fehlt. Bitte „make test“ ausführen.")
    return Path(package.origin).parent / "driver" / "node"


def _script() -> Path:
    return place.folder() / "node"
