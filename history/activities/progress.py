"""What becomes of it: put off, done, taken up again, cancelled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import audit, errors
from history.activities import access, agreed, due, recurrence
from history.activities.phrases import Due
from history.activities.planning import keep
from history.models import Activity, ActivityKind, ActivityState

_CARRIED = (
    "kind", "subject", "note", "priority", "has_time", "place", "assignee", "team", "person",
    "company", "opportunity",
)  # fmt: skip


@transaction.atomic
def postpone(
    *, actor: User, activity: Activity, to: Due, version: int | None = None, at: datetime
) -> Activity:
    """Put it off; of a day without an hour what has an hour keeps it.

    :raises errors.Conflict: it is closed, or somebody saved it since ``version`` was read
    :raises errors.Invalid: the day has passed
    """
    activity = _open_one(actor, activity, version)
    agreed.require_untied(activity)
    moved = _moment(activity, to)
    due.require_ahead(moved, at=at)
    before = _times(activity)
    if activity.starts_at and activity.ends_at:
        activity.ends_at += moved - activity.starts_at
        activity.starts_at = moved
    activity.due_at, activity.has_time = moved, activity.has_time or to.has_time
    if changes := audit.diff(before, _times(activity)):
        keep(activity, actor=actor, action="activity.postponed", changes=changes, at=at)
    return activity


@transaction.atomic
def complete(
    *, actor: User, activity: Activity, version: int | None = None, at: datetime
) -> Activity:
    """It is done; what recurs is planned anew and ``follows`` it. Doing it twice changes nothing.

    :raises errors.Conflict: it was cancelled, or somebody saved it since ``version`` was read
    """
    activity = access.locked(user=actor, activity=activity, version=version)
    if activity.state == ActivityState.DONE:
        return activity
    _require_open(activity)
    _close(activity, ActivityState.DONE, actor=actor, action="activity.completed", at=at)
    _plan_next(activity, actor=actor, at=at)
    return activity


@transaction.atomic
def cancel(
    *, actor: User, activity: Activity, version: int | None = None, at: datetime
) -> Activity:
    """It will not be done, and nothing follows it. Cancelling twice changes nothing.

    :raises errors.Conflict: it is done, or somebody saved it since ``version`` was read
    """
    activity = access.locked(user=actor, activity=activity, version=version)
    if activity.state != ActivityState.CANCELLED:
        _require_open(activity)
        agreed.require_untied(activity)
        _close(activity, ActivityState.CANCELLED, actor=actor, action="activity.cancelled", at=at)
    return activity


@transaction.atomic
def reopen(
    *, actor: User, activity: Activity, version: int | None = None, at: datetime
) -> Activity:
    """It is to be done after all. The next one goes again unless somebody has touched it.

    :raises errors.Conflict: somebody saved it since ``version`` was read
    """
    activity = access.locked(user=actor, activity=activity, version=version)
    if activity.is_open:
        return activity
    _withdraw_next(activity, actor=actor, at=at)
    changes: audit.Changes = {"state": [activity.state, ActivityState.OPEN.value]}
    activity.state, activity.closed_at, activity.closed_by = ActivityState.OPEN, None, None
    keep(activity, actor=actor, action="activity.reopened", changes=changes, at=at)
    return activity


def _open_one(actor: User, activity: Activity, version: int | None) -> Activity:
    activity = access.locked(user=actor, activity=activity, version=version)
    _require_open(activity)
    return activity


def _require_open(activity: Activity) -> None:
    if not activity.is_open:
        raise errors.Conflict(_("Sie ist nicht mehr offen. Öffnen Sie sie zuerst wieder."))


def _close(
    activity: Activity, state: ActivityState, *, actor: User, action: str, at: datetime
) -> None:
    changes: audit.Changes = {"state": [activity.state, state.value]}
    activity.state, activity.closed_at, activity.closed_by = state, at, actor
    keep(activity, actor=actor, action=action, changes=changes, at=at)


def _moment(activity: Activity, to: Due) -> datetime:
    if to.has_time or not activity.has_time:
        return to.at
    hour = due.local(activity.due_at)
    return to.at.replace(hour=hour.hour, minute=hour.minute)


def _times(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in ("due_at", "has_time", "ends_at")}


def _plan_next(activity: Activity, *, actor: User, at: datetime) -> None:
    """The next one of what recurs, once."""
    if not activity.recurrence or Activity.objects.filter(follows=activity).exists():
        return
    found = recurrence.next_of(activity.recurrence, due=activity.due_at, at=at)
    if found is None:
        return
    moment, rest = found
    carried: dict[str, Any] = {name: getattr(activity, name) for name in _CARRIED}
    if activity.kind == ActivityKind.APPOINTMENT and activity.starts_at and activity.ends_at:
        length = activity.ends_at - activity.starts_at
        carried |= {"starts_at": moment, "ends_at": moment + length}
    following = Activity.objects.create(
        **carried, due_at=moment, recurrence=rest, follows=activity,
        created_at=at, updated_at=at, created_by=actor,
    )  # fmt: skip
    changes: audit.Changes = {"due_at": [None, moment]}
    audit.record(actor=actor, action="activity.planned", at=at, target=following, changes=changes)


def _withdraw_next(activity: Activity, *, actor: User, at: datetime) -> None:
    following = Activity.objects.select_for_update(of=("self",)).filter(follows=activity).first()
    if following is not None and following.is_open and following.version == 1:
        audit.record(actor=actor, action="activity.removed", at=at, target=following)
        following.delete()
