"""Servers that outlived a keeper that was killed."""

import signal
from contextlib import suppress
from pathlib import Path

import psutil


def stop(pid_file: Path, *, of: Path, by: signal.Signals, within: float = 20.0) -> None:
    """End the server noted in ``pid_file`` if it runs on the folder ``of``; remove a stale note.

    A process id that now belongs to another program is left alone.
    """
    process = _noted(pid_file)
    if process is None:
        return
    if not _names(process, of):
        pid_file.unlink(missing_ok=True)
        return
    with suppress(psutil.NoSuchProcess):
        process.send_signal(by)
        try:
            process.wait(within)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(within)


def _noted(pid_file: Path) -> psutil.Process | None:
    try:
        return psutil.Process(int(pid_file.read_text().split()[0]))
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None


def _names(process: psutil.Process, folder: Path) -> bool:
    try:
        return any(str(folder) in word for word in process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
