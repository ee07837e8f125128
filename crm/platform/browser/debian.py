"""Debian's Chromium, installed as root or unpacked by an ordinary user."""

import os
from pathlib import Path

from crm.platform.browser import packages, place, system
from crm.platform.errors import PlatformError

PACKAGES = ("chromium", "fonts-dejavu-core")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{root}/var/cache/fontconfig</cachedir>
</fontconfig>
"""


def find() -> Path | None:
    """A Chromium that ``fetch`` unpacked before and that runs."""
    script = _script()
    return script if script.exists() and place.runs(script) else None


def fetch() -> Path:
    """Install or unpack Debian's Chromium; raises PlatformError where that fails."""
    packages.provide(PACKAGES, title="Debians Chromium holen")
    if os.geteuid() == 0:
        found = system.find()
    else:
        write_start_script()
        found = find()
    if found is None:
        raise PlatformError("Von Debian: Das geholte Chromium startet nicht.")
    return found


def write_start_script() -> None:
    """Let the unpacked Chromium find its libraries and fonts."""
    root = packages.root()
    fonts = root / "fonts.conf"
    fonts.write_text(FONTS.format(root=root))
    packages.write_start_script(
        _script(),
        program=root / "usr/lib/chromium/chromium",
        variables={"FONTCONFIG_FILE": str(fonts)},
    )


def _script() -> Path:
    return packages.root() / "chromium"
