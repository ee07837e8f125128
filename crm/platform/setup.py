"""``make setup``: the virtual environment with all libraries; quiet when it is done already.

``python3 -m crm.platform.setup [--tests | --benchmarks]`` runs on the system's Python, before any
library is there, so it uses the standard library alone.
"""

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from crm.platform.errors import PlatformError
from crm.platform.locks import FileLock
from crm.platform.progress import say, step

REPOSITORY = Path(__file__).resolve().parents[2]
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = {
    "Bibliotheken installieren (beim ersten Mal etwa eine Minute)": "requirements.txt",
    "Prüfwerkzeuge installieren": "tests/requirements.txt",
    "Vergleichswerkzeuge installieren": "benchmarks/requirements.txt",
}
FLAGS = {"--tests": 2, "--benchmarks": 3}


def set_up(*, files: int) -> None:
    """Create ``.venv`` and install what the first ``files`` requirement files name; raises
    PlatformError."""
    wanted = list(REQUIREMENTS.items())[:files]
    lock = REPOSITORY / ".data" / "setup.lock"
    lock.parent.mkdir(exist_ok=True)
    with FileLock(lock).exclusive():
        if not _venv_works():
            with step("Python-Umgebung .venv anlegen"):
                _create_venv()
        _make_importable()
        for title, requirements in wanted:
            _install(title=title, requirements=REPOSITORY / requirements)


def _venv_works() -> bool:
    """Whether the environment is there, made for this place and for a Python that still exists."""
    check = [str(PYTHON), "-c", ""]
    try:
        made_here = str(VENV) in (VENV / "bin" / "pip").read_text()
        return made_here and subprocess.run(check, capture_output=True).returncode == 0
    except OSError:
        return False


def _create_venv() -> None:
    _run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        failure="Die Python-Umgebung ließ sich nicht anlegen. Unter Debian und Ubuntu hilft: "
        "apt-get install python3-venv",
    )


def _make_importable() -> None:
    """Let programs of the environment import this checkout from any working directory."""
    for site_packages in VENV.glob("lib/python*/site-packages"):
        (site_packages / "einklang.pth").write_text(f"{REPOSITORY}\n")


def _install(*, title: str, requirements: Path) -> None:
    stamp = VENV / f"installed-{requirements.parent.name}.sha256"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    with step(title):
        _run(
            [*pip, "--quiet", "--requirement", str(requirements)],
            failure=f"pip konnte {requirements.name} nicht installieren.",
        )
    stamp.write_text(digest)


def _run(command: Sequence[str], *, failure: str) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise PlatformError(f"{failure}\n{(result.stdout + result.stderr).strip()}")


def main() -> None:
    """Read the command line and set up."""
    try:
        set_up(files=max((FLAGS[each] for each in sys.argv[1:] if each in FLAGS), default=1))
    except PlatformError as error:
        sys.exit(str(error))
    except PermissionError as error:
        sys.exit(
            f"In {REPOSITORY} darf dieser Benutzer nicht schreiben ({error.filename}). Bitte eine "
            "eigene Kopie des Ordners benutzen."
        )
    except KeyboardInterrupt:
        say("")
        sys.exit("Abgebrochen.")


if __name__ == "__main__":
    main()
