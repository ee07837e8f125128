"""Debian packages: installed as root, else unpacked into the data folder.

An ordinary user needs no right to install: ``apt-get`` with folders of its own resolves and
downloads what the machine lacks, and ``dpkg -x`` unpacks it. What was unpacked is started by a
script that tells it where its libraries are.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from crm.platform.browser import place
from crm.platform.errors import PlatformError
from crm.platform.progress import step

C_LIBRARY = ("libc6_", "libc-bin_")  # the machine's own, always


def provide(packages: Sequence[str], *, title: str) -> None:
    """Install ``packages`` on the machine or unpack them below ``root``; raises PlatformError."""
    if shutil.which("apt-get") is None:
        raise PlatformError("Von Debian: Dies ist kein Debian oder Ubuntu (apt-get fehlt).")
    with step(title):
        if os.geteuid() == 0:
            _run(["apt-get", "update", "-qq"])
            _run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages])
        else:
            _unpack(packages)


def root() -> Path:
    """The folder in which unpacked packages find their usual paths."""
    return place.folder() / "debian"


def write_start_script(
    path: Path, *, program: Path, variables: Mapping[str, str] | None = None
) -> None:
    """Write to ``path`` a script that starts ``program`` with the unpacked libraries."""
    folders = sorted({str(found.parent) for found in root().glob("**/lib/*-linux-*/**/lib*.so*")})
    settings = {"LD_LIBRARY_PATH": ":".join(folders), **(variables or {})}
    lines = ["#!/bin/sh"]
    lines += [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]
    lines += [f'exec {shlex.quote(str(program))} "$@"']
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o755)


def _unpack(packages: Sequence[str]) -> None:
    for folder in (_apt() / "lists" / "partial", _archives() / "partial", root()):
        folder.mkdir(parents=True, exist_ok=True)
    for archive in _download(packages):
        if not archive.name.startswith(C_LIBRARY):
            _run(["dpkg", "-x", str(archive), str(root())])
        archive.unlink()


def _download(packages: Sequence[str]) -> list[Path]:
    """What the machine lacks of ``packages``; where it cannot tell, as if it had nothing."""
    has = Path("/var/lib/dpkg/status")
    has_nothing = _apt() / "nothing"
    has_nothing.touch()
    install = ["install", "-qq", "-y", "--no-install-recommends", "--download-only", *packages]
    _run([*_apt_get(has), "update", "-qq"])
    try:
        _run([*_apt_get(has), *install])
    except PlatformError:
        _run([*_apt_get(has_nothing), *install])
    return sorted(_archives().glob("*.deb"))


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


def _run(command: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise PlatformError(f"Von Debian: {command[0]}: {result.stderr.strip()[-600:]}")


def _apt() -> Path:
    return place.folder() / "apt"


def _archives() -> Path:
    return _apt() / "archives"
