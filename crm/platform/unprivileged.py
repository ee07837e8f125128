"""PostgreSQL refuses to run as root: then it runs as the owner of its data, else ``nobody``."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from crm.platform.errors import PlatformError

UNPRIVILEGED_USER = "nobody"


def own(folder: Path, *files: Path) -> None:
    """Create ``folder`` for its owner alone; as root, give it and ``files`` to ``nobody``."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED_USER)
        for path in (folder, *files):
            os.chown(path, user.pw_uid, user.pw_gid)


def prefix(
    *, program: Path, data: Path, at_parent_death: signal.Signals | None = None
) -> list[str]:
    """What must stand before a command so that it runs as the owner of ``data``.

    Empty unless the caller is root. Where the owner cannot reach ``program`` or ``data`` (a
    checkout below /root), the command keeps the one capability that opens folders.
    Raises PlatformError when neither way works.
    """
    if os.geteuid() != 0:
        return []
    if data.stat().st_uid == 0:
        _give_away(data)
    plain = _setpriv(owner=data.stat(), capability=None, at_parent_death=at_parent_death)
    if _can_reach(plain, program, data):
        return plain
    able = _setpriv(owner=data.stat(), capability="dac_override", at_parent_death=at_parent_death)
    if _can_reach(able, program, data):
        return able
    raise PlatformError(
        "PostgreSQL läuft nicht als root, und ein anderer Benutzer erreicht diesen Ordner nicht: "
        f"{data}\nBitte Einklang in einen Ordner legen, den alle betreten dürfen (etwa /srv), oder "
        "als gewöhnlicher Benutzer starten, oder DATABASE_URL setzen."
    )


def _give_away(folder: Path) -> None:
    """Give a data folder that root has copied here to ``nobody``, with all that is in it."""
    user = pwd.getpwnam(UNPRIVILEGED_USER)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _setpriv(
    *, owner: os.stat_result, capability: str | None, at_parent_death: signal.Signals | None
) -> list[str]:
    command = ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
    if capability is not None:
        # PostgreSQL asks access(2) for its programs, which else looks at the user alone
        command += ["--securebits=+no_setuid_fixup"]
        command += [f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}"]
    if at_parent_death is not None:
        command += ["--pdeathsig", at_parent_death.name.removeprefix("SIG")]
    return command


def _can_reach(command: list[str], program: Path, data: Path) -> bool:
    if shutil.which("setpriv") is None:
        raise PlatformError(
            "PostgreSQL läuft nicht als root, und das Programm „setpriv“ (Paket util-linux) fehlt. "
            "Bitte installieren oder als gewöhnlicher Benutzer starten."
        )
    check = ["sh", "-c", 'test -x "$1" && test -w "$2" && cd "$2"', "sh", str(program), str(data)]
    return subprocess.run([*command, *check], capture_output=True, check=False).returncode == 0
