"""Celery tasks on the queue ``batch``. Each loads by id and calls one function."""

from celery import shared_task

from crm.accounts.models import User
from crm.kernel import clock
from history.commerce import takeovers, waiting
from history.models import Takeover, TakeoverState


@shared_task(name="history.take_over")
def take_over(takeover_id: int, actor_id: int | None) -> None:
    """Take over the file of a queued take-over; safe to be called twice."""
    takeover = Takeover.objects.select_related("source").filter(pk=takeover_id).first()
    if takeover is None or takeover.state not in (TakeoverState.QUEUED, TakeoverState.RUNNING):
        return
    actor = User.objects.filter(pk=actor_id).first() if actor_id else None
    takeovers.work(takeover=takeover, actor=actor, at=clock.now())


@shared_task(name="history.retry_waiting_rows")
def retry_waiting_rows() -> int:
    """Take over what waited for a number that has appeared; returns how many rows."""
    return waiting.retry(actor=None, at=clock.now())
