"""Where Celery looks for this app's tasks."""

from contacts.duplicates.tasks import find_nightly, revive, sweep, work_on
from contacts.importing.tasks import revert_import, revive_imports, run_import
from contacts.merging.tasks import merge_automatically, refresh_staff

__all__ = [
    "find_nightly",
    "merge_automatically",
    "refresh_staff",
    "revert_import",
    "revive",
    "revive_imports",
    "run_import",
    "sweep",
    "work_on",
]
