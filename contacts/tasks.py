"""Where Celery looks for this app's tasks."""

from contacts.duplicates.tasks import find_nightly, revive, sweep, work_on
from contacts.importing.tasks import revert_import, revive_imports, run_import

__all__ = [
    "find_nightly",
    "revert_import",
    "revive",
    "revive_imports",
    "run_import",
    "sweep",
    "work_on",
]
