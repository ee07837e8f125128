"""What is done for fairs at night."""

from celery import shared_task

from crm.kernel import clock
from history.fairs import files


@shared_task(name="history.drop_abandoned_uploads")
def drop_abandoned_uploads() -> None:
    """Delete pieces of files whose rest never came; runs every night."""
    files.drop_abandoned(at=clock.now())
