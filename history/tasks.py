"""Where Celery finds the tasks of this app."""

from celery import shared_task

from crm.kernel import clock
from history import calls
from history.appointments import messages, reminding
from history.commerce.tasks import retry_waiting_rows, take_over
from history.fairs.cards.tasks import recognise_card
from history.fairs.tasks import delete_event_leads, drop_abandoned_uploads

__all__ = [
    "delete_event_leads",
    "drop_abandoned_uploads",
    "recognise_card",
    "remind_of_appointments",
    "retry_waiting_rows",
    "settle_calls",
    "take_over",
]


@shared_task(name="history.settle_calls")
def settle_calls() -> None:
    """Write calls of which an event got lost; runs every half minute."""
    calls.settle(at=clock.now())


@shared_task(name="history.send_appointment_messages")
def remind_of_appointments() -> None:
    """Remind of appointments, and send what could not be sent before; runs every five minutes."""
    now = clock.now()
    reminding.remind(at=now)
    messages.deliver_waiting(at=now)
