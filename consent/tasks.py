"""Where Celery looks for this app's tasks."""

import logging
from typing import Any

from celery import shared_task

from consent import campaigns, checkpoints, digests, reminding, ungrounded, verifying
from consent.models import Campaign
from consent.notices import settling
from consent.optin import purging, sign_ups
from consent.retention import running
from consent.sending import mail
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


@shared_task(name="consent.fold_digests")
def fold_digests() -> None:
    """Fold what is new in the ledger, so that campaigns are quickly checked."""
    digests.catch_up()


@shared_task(name="consent.check_campaign")
def check_campaign(campaign_id: int) -> None:
    """Ask the gate about everybody whom a campaign means; safe to be called twice."""
    campaign = Campaign.objects.filter(pk=campaign_id).select_related("owner").first()
    if campaign is not None:
        campaigns.check(campaign=campaign, at=clock.now())


@shared_task(name="consent.purge_opt_ins")
def purge_opt_ins() -> None:
    """Erase opt-ins that nobody confirmed; runs every night."""
    purging.purge(at=clock.now())


@shared_task(name="consent.take_back_answers")
def take_back_answers() -> None:
    """Take back answers whose consent has run out; tell of others without one; every night."""
    outcome = ungrounded.take_back(actor=None, at=clock.now(), only_run_out=True)
    left = len(outcome.found) - outcome.taken
    if left:
        logger.warning("%s answers to guarded criteria have no ground", left)


@shared_task(name="consent.settle_notices")
def settle_notices() -> None:
    """Count what was sent a day ago and did not come back; runs every hour."""
    settling.settle(at=clock.now())


@shared_task(name="consent.run_retention")
def run_retention() -> None:
    """Erase what was kept long enough; runs every night."""
    running.run(actor=None, at=clock.now())


@shared_task(name="consent.send_preferences_link")
def send_preferences_link(value: str) -> None:
    """Send the links to the settings of whoever has this address; silent if nobody has."""
    reminding.send_links(value=value, at=clock.now())


@shared_task(name="consent.send_sign_up", autoretry_for=(mail.NotSent,), retry_backoff=60)
def send_sign_up(wanted: dict[str, Any]) -> None:
    """Carry out an entry in a public form; safe to be called twice, again while the mail server
    takes nothing."""
    sign_ups.carry_out(sign_ups.Wanted.read(wanted), at=clock.now())
