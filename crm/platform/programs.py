"""The programs that make up a running Einklang, started, watched and stopped together."""

import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm.platform import children
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError

STOP_WITHIN = 15.0  # seconds; then the program is killed


@dataclass(frozen=True, slots=True)
class Program:
    """One long-running program: its German title, its command and its log file's name."""

    title: str
    command: Sequence[str]
    log: str


@dataclass(slots=True)
class Programs:
    """Everything started by this object; their messages go to files in ``logs``."""

    logs: Path
    _running: "list[tuple[Program, subprocess.Popen[bytes]]]" = field(default_factory=list)

    def start(self, program: Program) -> None:
        """Start ``program`` and return at once."""
        self._make_folder()
        child = children.start(program.command, log=self.logs / program.log, cwd=REPOSITORY)
        self._running.append((program, child))

    def write_log(self, name: str, text: str) -> Path:
        """Write what a command that is done has said to the log file ``name``; its path."""
        self._make_folder()
        path = self.logs / name
        path.write_text(f"{text}\n")
        return path

    def check(self) -> None:
        """Raise PlatformError if one of the programs has ended by itself."""
        for program, child in self._running:
            if child.poll() is not None:
                raise PlatformError(
                    f"{program.title} hat sich beendet (Code {child.returncode}). "
                    f"Näheres steht in {self.logs / program.log}"
                )

    def stop(self) -> None:
        """Ask all of them to end, in reverse order, and wait; whatever hangs is killed."""
        for _, child in reversed(self._running):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        give_up = time.monotonic() + STOP_WITHIN
        for _, child in reversed(self._running):
            children.stop(child, within=max(0.1, give_up - time.monotonic()))
        self._running.clear()

    def _make_folder(self) -> None:
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
