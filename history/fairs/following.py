"""What is to be done next with a lead: what was agreed, else what its grade promises.

The hours of a grade run from the capture; what falls on a weekend or holiday is due on the working
day after it, at the same hour. Above :data:`HOURS_COUNT` only the day counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import working_days
from history.activities import due, planning
from history.fairs import forms, starters
from history.fairs.forms import Act, FollowUp, Form
from history.fairs.scoring import propose
from history.models import ActivityKind, ActivityState, LeadCapture, LeadGrade, LeadState
from history.models.activity import Priority

HOURS_COUNT: Final = 72
_KINDS: Final = {Act.CALL: ActivityKind.CALL}
_PRIORITIES: Final[Mapping[str, int]] = {LeadGrade.A: Priority.HIGH, LeadGrade.C: Priority.LOW}
_FIELDS: Final = ("kind", "subject", "due_at", "has_time", "priority")


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, and when: the values of an activity."""

    kind: str
    subject: str
    due_at: datetime
    has_time: bool
    priority: int

    def values(self) -> dict[str, Any]:
        """As :mod:`history.activities.planning` takes them."""
        return {name: getattr(self, name) for name in _FIELDS}


def plan(*, actor: User, lead: LeadCapture, before: Mapping[str, Any], at: datetime) -> None:
    """Plan the next step, or move the one that is planned as long as nobody touched it."""
    if lead.state != LeadState.NEW:
        return
    wanted = step_of(lead, at=at)
    if lead.activity is None:
        keeper = lead.captured_by if lead.captured_by.is_active else actor
        lead.activity = planning.plan(
            actor=actor,
            values={
                **wanted.values(),
                "assignee": keeper,
                "person": lead.person,
                "touchpoint": lead.touchpoint,
            },
            at=at,
        )
        lead.save(update_fields=["activity"])
        return
    planned = lead.activity
    former = step_of(lead, at=planned.updated_at, before=before)
    if planned.state == ActivityState.OPEN and all(
        getattr(planned, name) == value for name, value in former.values().items()
    ):
        lead.activity = planning.edit(actor=actor, activity=planned, values=wanted.values(), at=at)


def step_of(lead: LeadCapture, *, at: datetime, before: Mapping[str, Any] | None = None) -> Step:
    """What the slip asks for; ``before`` are former values of its fields. Never before ``at``."""
    said = {name: getattr(lead, name) for name in ("grade", "answers", "next_step", "next_step_on")}
    said |= {name: value for name, value in (before or {}).items() if name in said}
    grade = said["grade"] or propose(Form.read(lead.event.form), said["answers"]).grade
    rule = rule_of(lead.event.follow_up, grade)
    moment, has_time = due_of(lead.captured_at, rule)
    if day := said["next_step_on"]:
        moment, has_time = timezone.make_aware(datetime.combine(day, time())), False
    if moment < due.day_of(at):
        moment, has_time = due.day_of(at), False
    with translation.override(settings.LANGUAGE_CODE):
        subject = said["next_step"] or _subject(rule, lead)
    kind = _KINDS.get(Act(rule.act), ActivityKind.TASK)
    return Step(
        kind=ActivityKind.FOLLOW_UP if said["next_step"] else kind,
        subject=subject,
        due_at=moment,
        has_time=has_time,
        priority=_PRIORITIES.get(grade, Priority.NORMAL),
    )


def rule_of(stored: Mapping[str, Any], grade: str) -> FollowUp:
    """What a grade promises at an event; a lead without one waits no longer than one of C."""
    known = forms.rules(stored)
    wanted = grade or LeadGrade.C
    return known.get(wanted) or starters.FOLLOW_UP[wanted]


def due_of(captured_at: datetime, rule: FollowUp) -> tuple[datetime, bool]:
    """When a promise is due, and whether the hour counts."""
    moment = timezone.localtime(captured_at + timedelta(hours=rule.hours))
    day = working_days.on_or_after(moment.date(), state=settings.HOLIDAY_STATE)
    if rule.hours > HOURS_COUNT:
        return timezone.make_aware(datetime.combine(day, time())), False
    return timezone.make_aware(datetime.combine(day, moment.time().replace(microsecond=0))), True


def _subject(rule: FollowUp, lead: LeadCapture) -> str:
    words = {
        Act.CALL: _("Anrufen nach %(event)s"),
        Act.EMAIL: _("E‑Mail schreiben nach %(event)s"),
        Act.LETTER: _("Brief schreiben nach %(event)s"),
    }
    return words[Act(rule.act)] % {"event": lead.event.name}
