"""The Chromium that Playwright downloads, where the network lets it."""

import os
import subprocess
import sys
from pathlib import Path

from crm.platform.browser import place
from crm.platform.errors import PlatformError
from crm.platform.progress import step

PATTERNS = (
    "chromium_headless_shell-*/*/*headless*shell",
    "chromium-*/chrome-linux*/chrome",  # fetched by an earlier version
)
CONNECT_WITHIN_MS = 5_000
DOWNLOAD_WITHIN = 300.0  # seconds


def find() -> Path | None:
    """A build that was fetched before and runs."""
    paths = (path for pattern in PATTERNS for path in sorted(_folder().glob(pattern)))
    return next((path for path in paths if place.runs(path)), None)


def fetch() -> Path:
    """``playwright install --only-shell chromium``; raises PlatformError where that fails."""
    with step("Chromium von Playwright laden"):
        tail = _install()
    found = find()
    if found is None:
        raise PlatformError(f"Von Playwright: {tail}")
    return found


def _install() -> str:
    """What the installer said last."""
    _folder().mkdir(parents=True, exist_ok=True)
    settings = {
        "PLAYWRIGHT_BROWSERS_PATH": str(_folder()),
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(CONNECT_WITHIN_MS),
    }
    try:
        result = subprocess.run(
            [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=DOWNLOAD_WITHIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "Das Herunterladen dauert zu lange."
    return (result.stderr.strip() or "Das geladene Chromium startet nicht.").splitlines()[-1]


def _folder() -> Path:
    return place.folder() / "playwright"
