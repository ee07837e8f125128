"""Celery tasks on the queue ``batch``. Each loads by id and calls one function."""

from celery import shared_task

from contacts.merging import automatic, following
from crm.kernel import clock


@shared_task(name="contacts.refresh_staff")
def refresh_staff(companies: list[int]) -> int:
    """Refresh the search keys of the persons who work at merged companies; safe to be repeated."""
    return following.refresh_staff(companies)


@shared_task(name="contacts.merge_automatically")
def merge_automatically(kind: str) -> int:
    """After a run: merge what is sure, if an administrator wants that; returns how many groups."""
    return automatic.run(kind, at=clock.now()).merged
