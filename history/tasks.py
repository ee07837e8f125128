"""Where Celery finds the tasks of this app."""

from history.commerce.tasks import retry_waiting_rows, take_over

__all__ = ["retry_waiting_rows", "take_over"]
