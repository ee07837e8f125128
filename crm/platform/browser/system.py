"""The headless shell, Chromium or Chrome that the machine has already."""

import shutil
from pathlib import Path

from crm.platform.browser.place import runs

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def find() -> Path | None:
    """The first of the usual names that starts; Ubuntu's stand-in for a snap does not."""
    for name in NAMES:
        path = shutil.which(name)
        if path is not None and runs(Path(path)):
            return Path(path)
    return None
