"""Celery tasks on the queue ``batch``. Each loads by id and calls one function."""

from celery import shared_task

from contacts.merging import following


@shared_task(name="contacts.refresh_staff")
def refresh_staff(companies: list[int]) -> int:
    """Refresh the search keys of the persons who work at merged companies; safe to be repeated."""
    return following.refresh_staff(companies)
