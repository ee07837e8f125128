"""Kernel file locks: they end with the process that holds them, however it ends."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """An advisory ``flock`` on ``path``, shared or exclusive.

    Children made by ``fork`` keep the lock alive; programs started by ``exec`` do not inherit it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def exclusive(self) -> "FileLock":
        """Wait until nobody else holds the lock, then hold it alone."""
        fcntl.flock(self._open(), fcntl.LOCK_EX)
        return self

    def shared(self) -> "FileLock":
        """Wait until nobody holds the lock alone, then hold it with others."""
        fcntl.flock(self._open(), fcntl.LOCK_SH)
        return self

    def try_exclusive(self) -> bool:
        """Hold the lock alone if that is possible at once."""
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Hold the lock with others if nobody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go; does nothing when the lock is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "FileLock":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.release()

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._descriptor

    def _try(self, mode: int) -> bool:
        try:
            fcntl.flock(self._open(), mode | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            return False
        return True
