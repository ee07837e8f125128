"""Setting a trade fair up: made, changed, closed, opened again, given up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import sources
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import audit, errors
from history.fairs import checking, event_sources, event_values, starters
from history.models import Event


@transaction.atomic
def create(*, actor: User, values: Mapping[str, Any], at: datetime) -> Event:
    """Set a fair up from ``values`` (keys: :data:`event_values.FIELDS`) with a source of its own.

    Without ``form`` and ``follow_up`` it begins with those of :mod:`history.fairs.starters`.

    :raises errors.NotPermitted: the role sets no fairs up
    :raises errors.Invalid: a value is wrong; the sentences say which, and what to do
    """
    policy.require(actor, Permission.EVENTS_MANAGE)
    wanted = event_values.cleaned(values)
    wanted.setdefault("form", starters.form().stored())
    wanted.setdefault("follow_up", starters.follow_up())
    event = Event(created_at=at, updated_at=at)
    _fill(event, wanted)
    event_values.check(event, wanted)
    event.source = event_sources.take(event.name, actor=actor, at=at)
    event.save()
    _set_lists(event, wanted)
    changes = audit.diff({}, {name: value for name, value in wanted.items() if value})
    audit.record(actor=actor, action="event.created", at=at, target=event, changes=_told(changes))
    return event


@transaction.atomic
def change(
    *,
    actor: User,
    event: Event,
    values: Mapping[str, Any],
    version: int | None = None,
    at: datetime,
) -> Event:
    """Change what is in ``values``; nothing happens if nothing differs.

    :raises errors.NotPermitted: the role sets no fairs up
    :raises errors.Conflict: somebody saved it since ``version`` was read
    :raises errors.Invalid: a value is wrong
    """
    fresh = _locked(actor, event, version)
    wanted = event_values.cleaned(values)
    changes = audit.diff(_standing(fresh, wanted), wanted)
    if not changes:
        return fresh
    before = fresh.name
    _fill(fresh, {name: wanted[name] for name in changes})
    event_values.check(fresh, wanted)
    if fresh.name != before:
        fresh.source = event_sources.rename(fresh.source, fresh.name, actor=actor, at=at)
    _set_lists(fresh, wanted)
    _keep(fresh, actor=actor, action="event.changed", at=at, changes=_told(changes))
    return fresh


@transaction.atomic
def close(*, actor: User, event: Event, at: datetime) -> Event:
    """Nothing more is captured; what still arrives is taken, marked as late. Twice is once.

    :raises errors.NotPermitted: the role sets no fairs up
    """
    fresh = _locked(actor, event)
    if fresh.closed_at is None:
        fresh.closed_at = at
        _keep(fresh, actor=actor, action="event.closed", at=at)
    return fresh


@transaction.atomic
def reopen(*, actor: User, event: Event, at: datetime) -> Event:
    """It goes on. Twice is once.

    :raises errors.NotPermitted: the role sets no fairs up
    """
    fresh = _locked(actor, event)
    if fresh.closed_at is not None:
        fresh.closed_at = None
        _keep(fresh, actor=actor, action="event.reopened", at=at)
    return fresh


@transaction.atomic
def remove(*, actor: User, event: Event, at: datetime) -> None:
    """Give up a fair at which nothing was captured; its source stays, out of use.

    :raises errors.NotPermitted: the role sets no fairs up
    :raises errors.Conflict: there are leads of it
    """
    fresh = _locked(actor, event)
    if fresh.leads.exists():
        raise errors.Conflict(
            _("Zu dieser Messe gibt es Leads. Schließen Sie sie, statt sie zu entfernen.")
        )
    audit.record(actor=actor, action="event.removed", at=at, target=fresh)
    source = fresh.source
    fresh.delete()
    sources.update(actor=actor, source=source, values={"is_active": False}, at=at)


def _locked(actor: User, event: Event, version: int | None = None) -> Event:
    policy.require(actor, Permission.EVENTS_MANAGE)
    rows = Event.objects.select_related("controller", "source").select_for_update(of=("self",))
    fresh = rows.filter(pk=event.pk).first()
    if fresh is None:
        raise errors.NotFound(public_id=str(event.public_id))
    if version is not None and fresh.version != version:
        raise errors.Conflict(expected=version, actual=fresh.version)
    return fresh


def _standing(event: Event, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What stands there of what is wanted, compared alike."""
    return {
        name: list(getattr(event, name).order_by("pk"))
        if name in event_values.LISTS
        else _plain(event, name)
        for name in wanted
    }


def _plain(event: Event, name: str) -> Any:
    value = getattr(event, name)
    return checking.read_form(value).stored() if name == "form" else value


def _fill(event: Event, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in event_values.LISTS:
            setattr(event, name, value)


def _set_lists(event: Event, wanted: Mapping[str, Any]) -> None:
    for name in event_values.LISTS:
        if name in wanted:
            getattr(event, name).set(wanted[name])


def _keep(
    event: Event, *, actor: User, action: str, at: datetime, changes: audit.Changes | None = None
) -> None:
    event.version += 1
    event.updated_at = at
    event.save()
    audit.record(actor=actor, action=action, at=at, target=event, changes=changes)


def _told(changes: audit.Changes) -> audit.Changes:
    """The questions as their names: the audit is read by people."""
    return {
        name: [_labels(value) for value in pair] if name == "form" else pair
        for name, pair in changes.items()
    }


def _labels(stored: Any) -> Any:
    if not stored:
        return stored
    return [f"{each['label']}: {', '.join(c['label'] for c in each['chips'])}" for each in stored]
