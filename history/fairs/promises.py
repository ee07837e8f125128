"""What was promised to a lead: by when somebody gets in touch, and whether it was kept.

The promise is made at the stand and does not move when a follow-up is put off: the end of the day
of the next step if one was agreed, else so many hours after the capture as the grade says; without
either nothing was promised.
"""

from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    Value,
    When,
)
from django.utils import timezone

from history.fairs import forms
from history.models import ActivityState, Event, LeadState
from history.models.event import LeadCaptureQuerySet


class EndOfDay(Func):
    """The first instant after a day, in the time zone of the house."""

    output_field = DateTimeField()

    def as_sql(self, *args: Any, **more: Any) -> Any:
        """``(day + 1)::timestamp AT TIME ZONE …``."""
        zone = timezone.get_default_timezone_name().replace("'", "")
        more["template"] = f"((%(expressions)s + 1)::timestamp AT TIME ZONE '{zone}')"
        return super().as_sql(*args, **more)


def promised(rows: LeadCaptureQuerySet, *events: Event) -> Any:
    """The leads of the events with ``promised_at`` and ``kept_at`` (when it was done, or None)."""
    by_grade = [
        When(event=event.pk, grade=grade, then=_after(timedelta(hours=rule.hours)))
        for event in events
        for grade, rule in sorted(forms.rules(event.follow_up).items())
    ]
    return rows.filter(event__in=events).annotate(
        promised_at=Case(
            When(next_step_on__isnull=False, then=EndOfDay("next_step_on")),
            *by_grade,
            default=Value(None),
            output_field=DateTimeField(),
        ),
        kept_at=Case(
            When(activity__state=ActivityState.DONE, then=F("activity__closed_at")),
            default=Value(None),
            output_field=DateTimeField(),
        ),
    )


def is_overdue(*, at: Any) -> Any:
    """Whether somebody waits longer than promised; needs the annotations of :func:`promised`."""
    return Case(
        When(Q(state=LeadState.NEW, kept_at__isnull=True, promised_at__lt=at), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def was_kept() -> Q:
    """The leads that were answered in time."""
    return Q(kept_at__isnull=False, kept_at__lte=F("promised_at"))


def was_broken(*, at: Any) -> Q:
    """The leads that were answered too late, or not yet although it was promised; those that were
    given up without an answer do not count."""
    waits = Q(kept_at__isnull=True, promised_at__lt=at) & ~Q(state=LeadState.DROPPED)
    return Q(kept_at__gt=F("promised_at")) | waits


def _after(delay: timedelta) -> Any:
    return ExpressionWrapper(F("captured_at") + Value(delay), output_field=DateTimeField())
