"""Where a fetched browser lies, and how to tell whether one runs."""

import os
import subprocess
from pathlib import Path

from crm.platform.embedded import REPOSITORY


def folder() -> Path:
    """``.data/browser``, shared by demo and tests; below EINKLANG_DATA_DIR if that is set."""
    chosen = os.environ.get("EINKLANG_DATA_DIR")
    return (Path(chosen).resolve() if chosen else REPOSITORY / ".data") / "browser"


def runs(chromium: Path) -> bool:
    """Whether the program starts and finds its libraries."""
    try:
        result = subprocess.run(
            [str(chromium), "--version"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0
