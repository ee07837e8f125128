"""Whether what was promised to a lead was kept.

The promise is ``promised_at`` of the lead (:func:`history.fairs.following.promised_at`); it is kept
once the follow-up is done.
"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, DateTimeField, F, Q, Value, When

from history.models import ActivityState, LeadState


def judged(rows: Any, *, at: datetime) -> Any:
    """The leads with ``kept_at`` (when the follow-up was done, or None) and ``is_overdue``:
    whether somebody waits longer than promised."""
    waits = Q(state=LeadState.NEW, kept_at__isnull=True, promised_at__lt=at)
    return rows.annotate(
        kept_at=Case(
            When(activity__state=ActivityState.DONE, then=F("activity__closed_at")),
            default=Value(None),
            output_field=DateTimeField(),
        )
    ).annotate(
        is_overdue=Case(
            When(waits, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
    )


def was_kept() -> Q:
    """The leads that were answered in time; needs :func:`judged` as the others do."""
    return Q(kept_at__isnull=False, kept_at__lte=F("promised_at"))


def was_broken(*, at: datetime) -> Q:
    """The leads that were answered too late, or not yet although it was promised; those that were
    given up without an answer do not count."""
    waits = Q(kept_at__isnull=True, promised_at__lt=at) & ~Q(state=LeadState.DROPPED)
    return Q(kept_at__gt=F("promised_at")) | waits


def is_ahead(*, at: datetime) -> Q:
    """The leads that are not answered and need not be yet."""
    return Q(kept_at__isnull=True, promised_at__gte=at) & ~Q(state=LeadState.DROPPED)
