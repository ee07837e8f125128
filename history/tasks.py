"""Where Celery looks for this app's tasks."""

from celery import shared_task

from crm.kernel import clock
from history import calls


@shared_task(name="history.settle_calls")
def settle_calls() -> None:
    """Write calls of which an event got lost; runs every half minute."""
    calls.settle(at=clock.now())
