"""Plan something, change it, or in one gesture: a follow-up in 14 days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from contacts import writing
from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.activities import access, agreed, due, recurrence
from history.activities.phrases import Reason
from history.models import Activity, ActivityKind, Opportunity
from history.models.activity import SUBJECTS

FIELDS = frozenset(
    {
        "kind", "subject", "note", "priority", "due_at", "has_time", "ends_at", "place",
        "recurrence", "assignee", "team", "person", "company", "opportunity", "touchpoint",
    }
)  # fmt: skip
Subject = Person | Company | Opportunity


@transaction.atomic
def plan(*, actor: User, values: Mapping[str, Any], at: datetime) -> Activity:
    """Plan something from ``values`` (keys: :data:`FIELDS`); whoever plans it does it, unless
    ``assignee`` or ``team`` says otherwise.

    :raises errors.NotPermitted: the role records no history
    :raises errors.NotFound: it is about a record that the actor may not see
    :raises errors.Invalid: nothing to do, no day, a day that has passed, a value malformed
    """
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    activity = Activity(created_at=at, updated_at=at, created_by=actor)
    wanted = {"kind": ActivityKind.FOLLOW_UP, **values}
    if wanted.get("assignee") is None and wanted.get("team") is None:
        wanted["assignee"] = actor
    if (assignee := wanted.get("assignee")) and wanted.get("team") is None:
        wanted["team"] = assignee.teams.order_by("pk").first()
    if wanted.get("due_at") is None:
        raise errors.Invalid({"when": [due.sentence(Reason.EMPTY)]})
    changes = _assign(activity, wanted, actor=actor)
    due.require_ahead(activity.due_at, at=at)
    _require_valid(activity)
    activity.save()
    audit.record(actor=actor, action="activity.planned", at=at, target=activity, changes=changes)
    return activity


@transaction.atomic
def edit(
    *,
    actor: User,
    activity: Activity,
    values: Mapping[str, Any],
    version: int | None = None,
    at: datetime,
) -> Activity:
    """Change what is in ``values``; nothing happens if nothing differs.

    :raises errors.NotFound: the actor may not see it, or what it shall be about
    :raises errors.NotPermitted: the role records no history
    :raises errors.Conflict: somebody saved it since ``version`` was read, or it is closed
    :raises errors.Invalid: a value is wrong
    """
    activity = access.locked(user=actor, activity=activity, version=version)
    if not activity.is_open:
        raise errors.Conflict(_("Sie ist nicht mehr offen. Öffnen Sie sie zuerst wieder."))
    before = activity.due_at
    changes = _assign(activity, values, actor=actor)
    if not changes:
        return activity
    if agreed.TIED & set(changes):
        agreed.require_untied(activity)
    if activity.due_at != before:
        due.require_ahead(activity.due_at, at=at)
    _require_valid(activity)
    keep(activity, actor=actor, action="activity.updated", changes=changes, at=at)
    return activity


def follow_up(
    *, actor: User, about: Subject, phrase: str, subject: str = "", at: datetime
) -> Activity:
    """Plan a follow-up on a record: ``phrase`` says when, see :mod:`history.activities.phrases`.

    :raises errors.Invalid: the phrase means no day
    """
    found = due.of(phrase, at=at)
    values = {
        "subject": subject.strip() or _("Nachfassen"),
        "due_at": found.at,
        "has_time": found.has_time,
        field_of(about): about,
    }
    return plan(actor=actor, values=values, at=at)


def field_of(about: models.Model) -> str:
    """The field of an activity that names such a record."""
    return next(name for name, model in SUBJECTS.items() if isinstance(about, model))


def keep(
    activity: Activity, *, actor: User | None, action: str, changes: audit.Changes, at: datetime
) -> None:
    """Save a change, count it, and write its audit row."""
    activity.version += 1
    activity.updated_at = at
    activity.save()
    audit.record(actor=actor, action=action, at=at, target=activity, changes=changes)


def _assign(activity: Activity, values: Mapping[str, Any], *, actor: User) -> audit.Changes:
    """Set what differs and settle what hangs on it; returns the differences."""
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    before = {name: getattr(activity, name) for name in FIELDS}
    for name, value in values.items():
        setattr(activity, name, value.strip() if isinstance(value, str) else value)
    _require_seen(activity, before, actor)
    activity.due_at = due.settled(activity.due_at, has_time=activity.has_time)
    if activity.recurrence != before["recurrence"]:
        activity.recurrence = recurrence.fixed(activity.recurrence, due=activity.due_at)
    _settle_times(activity, before)
    return audit.diff(before, {name: getattr(activity, name) for name in FIELDS})


def _settle_times(activity: Activity, before: Mapping[str, Any]) -> None:
    """An appointment begins when it is due, and moves as a whole; nothing else has an end."""
    if activity.kind != ActivityKind.APPOINTMENT:
        activity.starts_at = activity.ends_at = None
        return
    begins, ends = activity.starts_at, activity.ends_at
    if begins and ends and ends == before["ends_at"]:
        activity.ends_at = ends + (activity.due_at - begins)
    activity.starts_at = activity.due_at
    activity.ends_at = activity.ends_at or activity.due_at + due.USUAL_LENGTH


def _require_seen(activity: Activity, before: Mapping[str, Any], actor: User) -> None:
    """Pass if the actor may see whatever the activity was newly tied to."""
    for name, model in SUBJECTS.items():
        record = getattr(activity, name)
        if record is None or record == before[name]:
            continue
        seen: Any = model._default_manager.all()
        if not seen.visible_to(actor).filter(pk=record.pk).exists():
            raise errors.NotFound(public_id=str(record.public_id))


def _require_valid(activity: Activity) -> None:
    wrong: dict[str, list[str]] = {}
    if not activity.subject:
        wrong["subject"] = [_("Bitte sagen Sie, was zu tun ist.")]
    if activity.assignee is not None and not activity.assignee.is_active:
        wrong["assignee"] = [_("Dieses Konto ist stillgelegt. Wählen Sie jemand anderen.")]
    if activity.assignee is None and activity.team is None:
        wrong["assignee"] = [_("Bitte wählen Sie, wer das tut, oder ein Team.")]
    if activity.kind == ActivityKind.APPOINTMENT:
        if not activity.has_time:
            wrong["when"] = [_("Ein Termin braucht eine Uhrzeit, zum Beispiel 24.3. 14:30.")]
        elif activity.ends_at and activity.ends_at < activity.due_at:
            wrong["ends_at"] = [_("Das Ende liegt vor dem Anfang.")]
        elif activity.ends_at and activity.ends_at - activity.due_at > due.LONGEST:
            wrong["ends_at"] = [_("Das Ende liegt mehr als ein Jahr nach dem Anfang.")]
    if wrong:
        raise errors.Invalid(wrong)
    writing.checked(activity)
