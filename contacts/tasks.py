"""Where Celery looks for this app's tasks."""

from contacts.importing.tasks import revert_import, revive_imports, run_import

__all__ = ["revert_import", "revive_imports", "run_import"]
