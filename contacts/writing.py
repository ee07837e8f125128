"""How a record is written: validate, notice the source, save, index, audit, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts import access, indexing
from contacts.matching.normalise import Unreadable
from contacts.models import Company, Person, Source
from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.kernel import audit, errors

R = TypeVar("R", bound=Person | Company)
M = TypeVar("M", bound=models.Model)


def checked(row: M) -> M:
    """``row`` if its fields, taken for themselves, are valid.

    :raises errors.Invalid: with the sentences per field
    """
    try:
        row.clean_fields(exclude=["search", "public_id"])
    except ValidationError as error:
        raise errors.Invalid(error.message_dict) from error
    return row


def unreadable(field: str, error: Unreadable) -> errors.Invalid:
    """The refusal of a value that the normaliser could not read."""
    return errors.Invalid({field: [str(error)]}, proposal=error.proposal)


def locked(record: R, *, version: int | None) -> R:
    """The record, locked for this transaction.

    :raises errors.Conflict: somebody saved it since ``version`` was read
    :raises errors.NotFound: it is gone
    """
    rows = cast("QuerySet[R]", type(record)._default_manager.all())
    fresh = rows.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if fresh is None:
        raise errors.NotFound(public_id=str(record.public_id))
    if version is not None and fresh.version != version:
        raise errors.Conflict(expected=version, actual=fresh.version)
    return fresh


def create(
    record: R,
    *,
    actor: User | None,
    values: Mapping[str, Any],
    allowed: frozenset[str],
    check: Callable[[R], None],
    confirmed_on: date | None,
    owner: User | None,
    team: Team | None,
    at: datetime,
) -> R:
    """Fill, check and save a new record; without owner and team it is the actor's.

    :raises errors.NotPermitted: the role allows no changes
    :raises errors.Invalid: a value is wrong
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONTACTS_EDIT)
        owner, team = belonging(actor=actor, owner=owner, team=team)
    record.owner, record.team = owner, team
    record.confirmed_on, record.created_at, record.updated_at = confirmed_on, at, at
    changes = _assign(
        record, values, allowed=allowed, source=record.source, confirmed_on=confirmed_on
    )
    check(record)
    _save(record)
    reindex(record)
    action = f"{record._meta.model_name}.created"
    audit.record(actor=actor, action=action, at=at, target=record, changes=changes)
    return _afresh(record)


def update(
    record: R,
    *,
    actor: User,
    values: Mapping[str, Any],
    allowed: frozenset[str],
    check: Callable[[R], None],
    source: Source,
    version: int | None,
    confirmed_on: date | None,
    at: datetime,
) -> R:
    """Change the fields in ``values``; nothing happens if nothing differs.

    :raises errors.NotFound: the actor may not see the record
    :raises errors.NotPermitted: the role allows no changes
    :raises errors.Conflict: somebody saved the record since ``version`` was read
    :raises errors.Invalid: a value is wrong
    """
    access.require_editable(user=actor, record=record)
    record = locked(record, version=version)
    changes = _assign(record, values, allowed=allowed, source=source, confirmed_on=confirmed_on)
    if not changes:
        return record
    check(record)
    _save(record)
    action = f"{record._meta.model_name}.updated"
    touch(record, actor=actor, action=action, changes=changes, at=at)
    return _afresh(record)


def belonging(
    *, actor: User, owner: User | None, team: Team | None
) -> tuple[User | None, Team | None]:
    """Owner and team of a new record: those given, else the actor and the actor's first team.

    :raises errors.NotPermitted: somebody else's, and the role may not assign
    """
    if owner is None and team is None:
        return actor, actor.teams.order_by("pk").first()
    own = owner in (None, actor) and (team is None or team.pk in actor.access.team_ids)
    if not own:
        policy.require(actor, policy.Permission.CONTACTS_ASSIGN)
    return owner, team


def touch(
    record: Person | Company,
    *,
    actor: User | None,
    action: str,
    changes: audit.Changes,
    at: datetime,
    context: Mapping[str, Any] | None = None,
) -> None:
    """Count the change, refresh the search keys and write the audit row of the record."""
    record.version += 1
    record.updated_at = at
    record.save(update_fields=["version", "updated_at"])
    reindex(record)
    audit.record(actor=actor, action=action, at=at, target=record, changes=changes, context=context)


def reindex(record: Person | Company) -> None:
    """Bring the record's search keys and completeness up to date."""
    if isinstance(record, Person):
        indexing.refresh_persons([record.pk])
    else:
        indexing.refresh_companies([record.pk])


def _save(record: Person | Company) -> None:
    """Save; a value that somebody else took in the same moment is a conflict."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise errors.Conflict from error


def _afresh(record: R) -> R:
    """The record with the keys that the index computed."""
    return cast("R", type(record)._default_manager.get(pk=record.pk))


def _assign(
    record: Person | Company,
    values: Mapping[str, Any],
    *,
    allowed: frozenset[str],
    source: Source,
    confirmed_on: date | None,
) -> audit.Changes:
    """Set the fields that differ, remember where they come from, and return the differences."""
    if unknown := sorted(set(values) - allowed):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    wanted = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    changes = audit.diff({name: getattr(record, name) for name in wanted}, wanted)
    for name in changes:
        setattr(record, name, wanted[name])
        note_source(record, name, source=source, confirmed_on=confirmed_on)
    return changes


def note_source(
    record: Person | Company, name: str, *, source: Source, confirmed_on: date | None
) -> None:
    """Remember the source of one field if it is not the record's own."""
    if source.pk == record.source_id:
        record.field_sources.pop(name, None)
    else:
        day = confirmed_on.isoformat() if confirmed_on else None
        record.field_sources[name] = {"source": source.pk, "confirmed_on": day}
