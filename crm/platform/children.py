"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(
    command: Sequence[str],
    *,
    log: Path | None,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    at_parent_death: signal.Signals = signal.SIGTERM,
) -> "subprocess.Popen[bytes]":
    """Start ``command`` where Ctrl-C does not reach it, its output appended to the file ``log``.

    ``log=None`` lets it write to the terminal. On Linux the kernel sends ``at_parent_death`` when
    the thread that called this ends.
    """
    with open(log, "ab", opener=_private) if log is not None else nullcontext() as output:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **environment} if environment is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if log is not None else None,
            start_new_session=True,
            preexec_fn=_bound_to_parent(at_parent_death),
        )


def stop(
    child: "subprocess.Popen[bytes]",
    *,
    by: signal.Signals = signal.SIGTERM,
    within: float = 10.0,
) -> None:
    """End ``child`` by signal ``by``; after ``within`` seconds, or if it died, kill its session."""
    if child.poll() is None:
        child.send_signal(by)
    with suppress(subprocess.TimeoutExpired):
        child.wait(within)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _bound_to_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    if _libc is None:
        return None
    prctl, number = _libc.prctl, int(death_signal)

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, number)

    return bind


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
