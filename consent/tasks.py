"""Where Celery looks for this app's tasks."""

import logging

from celery import shared_task

from consent import checkpoints, reminding, verifying
from consent.optin import purging
from crm.kernel import clock

logger = logging.getLogger(__name__)


@shared_task(name="consent.make_checkpoint")
def make_checkpoint() -> None:
    """Sign the head of the ledger; runs every hour."""
    checkpoints.make(at=clock.now())


@shared_task(name="consent.verify_ledger")
def verify_ledger() -> None:
    """Check the whole ledger; runs every night."""
    done = verifying.verify_and_note(at=clock.now())
    for found in done.findings:
        logger.critical("The consent ledger was changed: %s", found)


@shared_task(name="consent.purge_opt_ins")
def purge_opt_ins() -> None:
    """Erase opt-ins that nobody confirmed; runs every night."""
    purging.purge(at=clock.now())


@shared_task(name="consent.send_preferences_link")
def send_preferences_link(value: str) -> None:
    """Send the links to the settings of whoever has this address; silent if nobody has."""
    reminding.send_links(value=value, at=clock.now())
