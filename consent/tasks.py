"""Where Celery looks for this app's tasks."""

from celery import shared_task

from consent import reminding
from consent.optin import purging
from crm.kernel import clock


@shared_task(name="consent.purge_opt_ins")
def purge_opt_ins() -> None:
    """Erase opt-ins that nobody confirmed; runs every night."""
    purging.purge(at=clock.now())


@shared_task(name="consent.send_preferences_link")
def send_preferences_link(value: str) -> None:
    """Send the links to the settings of whoever has this address; silent if nobody has."""
    reminding.send_links(value=value, at=clock.now())
