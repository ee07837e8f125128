"""Clearing away what nobody confirmed: after 30 days nothing personal of it is left."""

from datetime import datetime

from django.db import transaction

from consent import consents, erasing
from consent.decision import opting_in
from consent.models import EventKind, OptInConfirmation, OptInRequest

REASON = "not-confirmed"


@transaction.atomic
def purge(*, at: datetime) -> int:
    """Let unconfirmed consents expire and erase what they tell; gives their number.

    A form of which one contact point confirmed keeps that one.
    """
    due = OptInConfirmation.objects.filter(
        confirmed_at=None, request__requested_at__lte=at - opting_in.KEPT_UNCONFIRMED
    ).select_for_update(of=("self",), skip_locked=True)
    unconfirmed = list(due.select_related("consent"))
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
    return len(unconfirmed)
