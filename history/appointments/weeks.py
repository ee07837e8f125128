"""Working weeks: what is usual, what a user has instead, and how it is changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import Absence, FederalState, WorkingTime, WorkingWeek

Hours = Mapping[int, Sequence[tuple[time, time]]]
"""From when to when, by the day of the week; Monday is 0."""

USUAL: Final[Hours] = MappingProxyType({day: ((time(9), time(17)),) for day in range(5)})
MOST_TIMES, FARTHEST = 4, 366 * 3


@dataclass(frozen=True, slots=True)
class Week:
    """When somebody works; as it is usual where nothing else was said."""

    hours: Hours = field(default_factory=lambda: USUAL)
    federal_state: str = ""
    is_bookable: bool = True
    is_usual: bool = True


def of(users: Iterable[User]) -> dict[int, Week]:
    """The weeks of users by their number; two queries."""
    found = WorkingWeek.objects.filter(user__in=[user.pk for user in users])
    return {row.user_id: _week(row) for row in found.prefetch_related("times")}


def week_of(user: User) -> Week:
    """The week of one user."""
    return of([user]).get(user.pk, Week())


@transaction.atomic
def set_week(
    *,
    actor: User,
    user: User,
    hours: Hours,
    federal_state: str = "",
    is_bookable: bool = True,
    at: datetime,
) -> WorkingWeek:
    """Replace the week of a user: one's own, or anybody's by who manages the history.

    :raises errors.NotPermitted: it is somebody else's
    :raises errors.Invalid: times that overlap or end before they begin, an unknown state
    """
    _require_permitted(actor, user)
    _require_sound(hours, federal_state)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = _told(week_of(user))
    row, _is_new = WorkingWeek.objects.update_or_create(
        user=user, defaults={"federal_state": federal_state, "is_bookable": is_bookable}
    )
    row.times.all().delete()
    WorkingTime.objects.bulk_create(
        WorkingTime(week=row, weekday=day, begins=begins, ends=ends)
        for day, times in hours.items()
        for begins, ends in times
    )
    if changes := audit.diff(before, _told(week_of(user))):
        audit.record(actor=actor, action="working-week.set", at=at, target=user, changes=changes)
    return row


@transaction.atomic
def add_absence(*, actor: User, user: User, first_on: date, last_on: date, at: datetime) -> Absence:
    """Say that a user is not there. What is agreed for these days stays.

    :raises errors.NotPermitted: it is somebody else's
    :raises errors.Invalid: it is over, too long, or ends before it begins
    """
    _require_permitted(actor, user)
    wrong: dict[str, list[str]] = {}
    if last_on < first_on:
        wrong["last_on"] = [_("Der letzte Tag liegt vor dem ersten.")]
    elif last_on < at.date():
        wrong["last_on"] = [_("Diese Tage sind vorbei.")]
    elif (last_on - at.date()).days > FARTHEST:
        wrong["last_on"] = [_("Das ist mehr als drei Jahre hin. Wählen Sie einen früheren Tag.")]
    if wrong:
        raise errors.Invalid(wrong)
    absence = Absence.objects.create(user=user, first_on=first_on, last_on=last_on)
    changes: audit.Changes = {"absence": ["", str(absence)]}
    audit.record(actor=actor, action="absence.added", at=at, target=user, changes=changes)
    return absence


@transaction.atomic
def remove_absence(*, actor: User, absence: Absence, at: datetime) -> None:
    """They are there after all.

    :raises errors.NotPermitted: it is somebody else's
    """
    _require_permitted(actor, absence.user)
    changes: audit.Changes = {"absence": [str(absence), ""]}
    audit.record(actor=actor, action="absence.removed", at=at, target=absence.user, changes=changes)
    absence.delete()


def may_change(*, actor: User, user: User) -> bool:
    """Whether the actor may change the week of a user."""
    permission = policy.Permission
    own = actor.pk == user.pk and permission.HISTORY_RECORD in actor.access.permissions
    return own or permission.HISTORY_MANAGE in actor.access.permissions


def _require_permitted(actor: User, user: User) -> None:
    if not may_change(actor=actor, user=user):
        raise errors.NotPermitted


def _require_sound(hours: Hours, federal_state: str) -> None:
    wrong: dict[str, list[str]] = {}
    for day, times in hours.items():
        ordered = sorted(times)
        pairs = pairwise(ordered)
        if day not in range(7):
            wrong["hours"] = [_("Diesen Wochentag gibt es nicht.")]
        elif len(ordered) > MOST_TIMES or any(begins >= ends for begins, ends in ordered):
            wrong["hours"] = [_("Bitte schreiben Sie von – bis, zum Beispiel 9:00–12:30.")]
        elif any(earlier[1] > later[0] for earlier, later in pairs):
            wrong["hours"] = [_("Zwei Zeiten an einem Tag überschneiden sich.")]
    if federal_state and federal_state not in FederalState.values:
        wrong["federal_state"] = [_("Dieses Bundesland gibt es nicht.")]
    if wrong:
        raise errors.Invalid(wrong)


def _week(row: WorkingWeek) -> Week:
    hours: dict[int, list[tuple[time, time]]] = {}
    for each in row.times.all():
        hours.setdefault(each.weekday, []).append((each.begins, each.ends))
    return Week(hours, row.federal_state, row.is_bookable, is_usual=False)


def _told(week: Week) -> dict[str, object]:
    hours = {
        str(day): [f"{begins:%H:%M}–{ends:%H:%M}" for begins, ends in sorted(times)]
        for day, times in sorted(week.hours.items())
        if times
    }
    return {
        "hours": hours,
        "federal_state": week.federal_state,
        "is_bookable": week.is_bookable,
    }
