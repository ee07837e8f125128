"""``make check``: everything about the code that needs no test run."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from crm.platform import environment, interrupts
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError
from crm.platform.progress import say, seconds

PACKAGES = ("crm", "contacts", "consent", "history", "tests", "benchmarks", "manage.py")
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One command that must succeed, and the variables it needs beyond the test environment."""

    title: str
    command: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    """All checks, the slowest first."""
    code = [name for name in PACKAGES if (REPOSITORY / name).exists()]
    templates = sorted(
        str(path.relative_to(REPOSITORY))
        for package in ("crm", "contacts", "consent", "history")
        for path in (REPOSITORY / package).glob("**/templates/**/*.html")
    )
    manage = [sys.executable, "manage.py"]
    return [
        Check("Typen (mypy)", _tool("mypy")),
        Check("Schichten (import-linter)", _tool("lint-imports")),
        Check("Migrationen vollständig", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("Einstellungen im Betrieb", _deploy(manage), _production()),
        Check("Form (ruff format)", [*_tool("ruff"), "format", "--check", *code]),
        Check("Stil (ruff check)", [*_tool("ruff"), "check", *code]),
        Check("Vorlagen (djade)", [*_tool("djade"), "--check", *templates]),
    ]


def run() -> bool:
    """Run all checks, tell each result; True if all succeed."""
    os.environ["EINKLANG_ENV"] = "test"
    try:
        environment.prepare()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return all(list(threads.map(_passes, checks())))
    finally:
        interrupts.ignore()
        environment.release()


def _passes(check: Check) -> bool:
    started = time.monotonic()
    result = subprocess.run(
        check.command,
        cwd=REPOSITORY,
        env={**os.environ, **check.variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    duration = seconds(time.monotonic() - started)
    if result.returncode == 0:
        say(f"  ✓ {check.title} ({duration})")
        return True
    say(f"  ✗ {check.title} ({duration})\n{result.stdout.strip()}")
    return False


def _tool(name: str) -> list[str]:
    return [str(REPOSITORY / ".venv" / "bin" / name)]


def _deploy(manage: Sequence[str]) -> list[str]:
    return [*manage, "check", "--deploy", "--fail-level", "WARNING"]


def _production() -> dict[str, str]:
    return {
        "EINKLANG_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "EINKLANG_HOSTS": "crm.example",
    }


def main() -> None:
    """Run the checks; the exit code says whether all succeeded."""
    try:
        with interrupts.raised():
            succeeded = run()
    except PlatformError as error:
        sys.exit(str(error))
    except interrupts.Interrupted:
        sys.exit("\nDie Prüfung ist abgebrochen.")
    sys.exit(0 if succeeded else 1)


if __name__ == "__main__":
    main()
