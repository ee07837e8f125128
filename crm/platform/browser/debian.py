"""Debian's Chromium, installed as root or unpacked by an ordinary user."""

import os
from pathlib import Path

from crm.platform.browser import packages, place, system
from crm.platform.errors import PlatformError

PROGRAMS = ("chromium-headless-shell", "chromium")  # older distributions have only the second
FONT_PACKAGE = "fonts-dejavu-core"
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
    try:
        packages.provide((PROGRAMS[0], FONT_PACKAGE), title="Debians Chromium holen")
    except PlatformError:
        packages.provide((PROGRAMS[1], FONT_PACKAGE), title="Debians ganzes Chromium holen")
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
    programs = [root / "usr/lib/chromium" / name for name in PROGRAMS]
    packages.write_start_script(
        _script(),
        program=next((path for path in programs if path.exists()), programs[-1]),
        variables={"FONTCONFIG_FILE": str(fonts)},
    )


def _script() -> Path:
    return packages.root() / "chromium"
