"""Celery tasks on the queue ``batch``: loads by id and calls one function."""

from celery import shared_task

from crm.kernel import clock
from history.fairs.cards import reading
from history.models import LeadFile


@shared_task(name="history.recognise_card")
def recognise_card(file_id: int) -> None:
    """Read the card on a file of a slip; called when the file is whole, safe to be called twice."""
    file = LeadFile.objects.select_related("stored").filter(pk=file_id).first()
    if file is not None:
        reading.recognise(file=file, at=clock.now())
