"""The one lock of an import: a run that is under way while it is free was interrupted."""

from contextlib import AbstractContextManager
from typing import Final

from contacts import session_locks

_RUNS: Final = 0x494D51  # any constant: the family of these locks


def working_on(run_id: int) -> AbstractContextManager[bool]:
    """Whether this process got the run's lock; it is released at the end of the block."""
    return session_locks.working_on(_RUNS, run_id)


def is_worked_on(run_id: int) -> bool:
    """Whether some process holds the run's lock."""
    return session_locks.is_worked_on(_RUNS, run_id)
