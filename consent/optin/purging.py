"""Clearing away what nobody confirmed: after 30 days nothing personal of it is left.

Whoever is known only because somebody entered them in a public form goes with it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from consent import consents, erasing
from consent.decision import opting_in
from consent.models import EventKind, OptInConfirmation, OptInRequest, SignUpForm
from consent.requests import erasures
from consent.retention import loose
from contacts.models import Person

REASON = "not-confirmed"


def purge(*, at: datetime) -> int:
    """Let unconfirmed consents expire and erase what they tell; gives their number.

    A form of which one contact point confirmed keeps that one.
    """
    unconfirmed, persons = _purge(at=at)
    for form in SignUpForm.objects.select_related("source"):
        brought = Person.objects.filter(
            pk__in=persons, source=form.source, opt_in_requests__isnull=True
        )
        if going := loose.loose(list(brought), source=form.source, at=at):
            erasures.expire([person.pk for person in going], at=at)
    return unconfirmed


@transaction.atomic
def _purge(*, at: datetime) -> tuple[int, Sequence[int]]:
    """How many there were, and whose."""
    due = OptInConfirmation.objects.filter(
        confirmed_at=None, request__requested_at__lte=at - opting_in.KEPT_UNCONFIRMED
    ).select_for_update(of=("self",), skip_locked=True)
    unconfirmed = list(due.select_related("consent", "request"))
    for confirmation in unconfirmed:
        consents.end(
            actor=None,
            consent=confirmation.consent,
            kind=EventKind.EXPIRED,
            reason=REASON,
            effective_at=at,
            at=at,
        )
    if unconfirmed:
        pending = [confirmation.consent for confirmation in unconfirmed]
        erasing.erase(actor=None, events=pending, reason="retention", at=at)
    OptInConfirmation.objects.filter(pk__in=[each.pk for each in unconfirmed]).delete()
    OptInRequest.objects.filter(
        confirmations=None, requested_at__lte=at - opting_in.KEPT_UNCONFIRMED
    ).delete()
    return len(unconfirmed), sorted({each.request.person_id for each in unconfirmed})
