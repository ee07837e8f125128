"""Debian's package ``chromium``: installed as root, else unpacked into the data folder.

An ordinary user needs no right to install: ``apt-get`` with folders of its own resolves and
downloads what the machine lacks, ``dpkg -x`` unpacks it, and a start script tells Chromium where
its libraries and fonts are.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from crm.platform.browser import place, system
from crm.platform.errors import PlatformError
from crm.platform.progress import step

PACKAGES = ("chromium", "fonts-dejavu-core")
C_LIBRARY = ("libc6_", "libc-bin_")  # the machine's own, always
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
    return _script() if _script().exists() and place.runs(_script()) else None


def fetch() -> Path:
    """Install or unpack Debian's Chromium; raises PlatformError where that fails."""
    if shutil.which("apt-get") is None:
        raise PlatformError("Von Debian: Dies ist kein Debian oder Ubuntu (apt-get fehlt).")
    if os.geteuid() == 0:
        return _install()
    return _unpack()


def _install() -> Path:
    with step("Debians Chromium installieren"):
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *PACKAGES])
    found = system.find()
    if found is None:
        raise PlatformError("Von Debian: Das installierte Chromium startet nicht.")
    return found


def _unpack() -> Path:
    root = _root()
    with step("Debians Chromium laden"):
        archives = _download()
    with step("Debians Chromium auspacken"):
        for archive in archives:
            _run(["dpkg", "-x", str(archive), str(root)])
            archive.unlink()
        write_start_script(root)
    found = find()
    if found is None:
        raise PlatformError("Von Debian: Das ausgepackte Chromium startet nicht.")
    return found


def _download() -> list[Path]:
    """The packages that the machine lacks, as files; asks again as if it had none at all."""
    own_status = Path("/var/lib/dpkg/status")
    bare_status = _apt() / "bare-status"
    (_apt() / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (_archives() / "partial").mkdir(parents=True, exist_ok=True)
    bare_status.touch()
    _run([*_apt_get(own_status), "update", "-qq"])
    install = ["install", "-qq", "-y", "--no-install-recommends", "--download-only", *PACKAGES]
    try:
        _run([*_apt_get(own_status), *install])
    except PlatformError:
        _run([*_apt_get(bare_status), *install])
    return sorted(path for path in _archives().glob("*.deb") if not path.name.startswith(C_LIBRARY))


def _apt_get(status: Path) -> list[str]:
    options = {
        "Dir::State": _apt(),
        "Dir::State::lists": _apt() / "lists",
        "Dir::State::status": status,
        "Dir::Cache": _apt() / "cache",
        "Dir::Cache::archives": _archives(),
        "Debug::NoLocking": "true",
    }
    return ["apt-get", *(f"-o{name}={value}" for name, value in options.items())]


def write_start_script(root: Path) -> None:
    """Write ``root/chromium``, which starts the unpacked Chromium with its libraries and fonts."""
    libraries = sorted({str(path.parent) for path in root.glob("**/lib/*-linux-*/**/lib*.so*")})
    fonts = root / "fonts.conf"
    fonts.write_text(FONTS.format(root=root))
    script = _script()
    script.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH={shlex.quote(':'.join(libraries))}\n"
        f"export FONTCONFIG_FILE={shlex.quote(str(fonts))}\n"
        f'exec {shlex.quote(str(root / "usr/lib/chromium/chromium"))} "$@"\n'
    )
    script.chmod(0o755)


def _run(command: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise PlatformError(f"Von Debian: {command[0]}: {result.stderr.strip()[-600:]}")


def _apt() -> Path:
    return place.folder() / "apt"


def _archives() -> Path:
    return _apt() / "archives"


def _root() -> Path:
    return place.folder() / "debian"


def _script() -> Path:
    return _root() / "chromium"
