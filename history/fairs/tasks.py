"""What is done for fairs at night."""

from celery import shared_task

from crm.kernel import clock
from history.fairs import deleting, files


@shared_task(name="history.drop_abandoned_uploads")
def drop_abandoned_uploads() -> None:
    """Delete pieces of files whose rest never came; runs every night."""
    files.drop_abandoned(at=clock.now())


@shared_task(name="history.delete_event_leads")
def delete_event_leads() -> None:
    """Delete leads that came to nothing on the day that their event names; runs every night."""
    deleting.run(at=clock.now())
