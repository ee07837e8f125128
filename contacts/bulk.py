"""One act on many records at once; statements grow by the thousand records, not by the record."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from contacts import qualification
from contacts.contact_points import Record
from contacts.models import (
    Address,
    ContactPointHolder,
    ContactPointStatus,
    Criterion,
    CriterionValue,
    Employment,
    Person,
    Source,
)
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit

CHUNK = 1000


@transaction.atomic
def confirm(*, actor: User, records: QuerySet[Any], at: datetime) -> int:
    """Somebody says that these records and their current data are right today.

    Returns how many there are, among those that the actor may see; one audit row for each.
    """
    policy.require(actor, policy.Permission.CONTACTS_EDIT)
    return sum(_confirm(actor, chunk, at) for chunk in _locked_chunks(actor, records))


@transaction.atomic
def answer(
    *,
    actor: User,
    records: QuerySet[Any],
    criterion: Criterion,
    value: Any,
    source: Source,
    at: datetime,
) -> int:
    """Give all records the same answer to a criterion; ``None`` or "" takes answers back.

    Returns for how many it is news. Former answers stay as history.

    :raises errors.Invalid: wrong type, unknown choice, retired criterion, wrong kind of record
    :raises qualification.SensitiveValueRefused: one of them may not have such a value; none has
    """
    policy.require(actor, policy.Permission.CONTACTS_EDIT)
    cleaned = qualification.clean(criterion=criterion, value=value)
    changed = 0
    for chunk in _locked_chunks(actor, records):
        qualification.require_fitting(chunk[0], criterion)
        if cleaned is not None:
            _require_allowed(chunk, criterion, at)
        changed += _answer(actor, chunk, criterion, cleaned, source, at)
    return changed


def _confirm(actor: User, records: Sequence[Record], at: datetime) -> int:
    today = at.date()
    for record in records:
        record.field_sources = {
            name: {**entry, "confirmed_on": today.isoformat()}
            for name, entry in record.field_sources.items()
        }
    with_sources = [record for record in records if record.field_sources]
    _rows(records).bulk_update(with_sources, ["field_sources"])
    held = _held_by(records)
    ContactPointHolder.objects.filter(**held, status=ContactPointStatus.ACTIVE).update(
        confirmed_on=today
    )
    Address.objects.filter(**held, valid_to=None).update(confirmed_on=today)
    if isinstance(records[0], Person):
        Employment.objects.filter(**held, ended_on=None).update(confirmed_on=today)
    changes = {
        record.pk: audit.diff({"confirmed_on": record.confirmed_on}, {"confirmed_on": today})
        for record in records
    }
    _touch(records, at, confirmed_on=today)
    _tell(actor, "record.confirmed", records, changes, at)
    return len(records)


def _answer(
    actor: User,
    records: Sequence[Record],
    criterion: Criterion,
    value: Any,
    source: Source,
    at: datetime,
) -> int:
    holder = _holder(records)
    current = {
        getattr(row, f"{holder}_id"): row
        for row in CriterionValue.objects.select_for_update(of=("self",))
        .filter(**_held_by(records), criterion=criterion, superseded_at=None)
        .order_by("pk")
    }
    before = {
        record.pk: current[record.pk].value if record.pk in current else None for record in records
    }
    news = [record for record in records if before[record.pk] != value]
    if not news:
        return 0
    outdated = [current[record.pk].pk for record in news if record.pk in current]
    CriterionValue.objects.filter(pk__in=outdated).update(superseded_at=at)
    CriterionValue.objects.bulk_create(
        CriterionValue(
            criterion=criterion,
            value=value,
            source=source,
            recorded_by=actor,
            created_at=at,
            **{f"{holder}_id": record.pk},
        )
        for record in news
    )
    _touch(news, at)
    changes: dict[int, audit.Changes] = {
        record.pk: {criterion.label: [before[record.pk], value]} for record in news
    }
    _tell(actor, "qualification.set", news, changes, at)
    return len(news)


def _require_allowed(records: Sequence[Record], criterion: Criterion, at: datetime) -> None:
    verdicts = qualification.may_hold_all(records=records, criteria=[criterion], at=at)
    for verdict in verdicts.values():
        qualification.require_allowed(verdict, criterion)


def _locked_chunks(actor: User, records: QuerySet[Any]) -> Iterator[list[Record]]:
    """The records that the actor may see, locked in the order of their keys."""
    keys = list(records.visible_to(actor).order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
    for start in range(0, len(keys), CHUNK):
        part = records.model._default_manager.filter(pk__in=keys[start : start + CHUNK])
        if chunk := list(part.order_by("pk").select_for_update(of=("self",))):
            yield chunk


def _touch(records: Sequence[Record], at: datetime, **values: Any) -> None:
    _rows(records).update(**values, updated_at=at, version=F("version") + 1)


def _tell(
    actor: User,
    action: str,
    records: Sequence[Record],
    changes: dict[int, audit.Changes],
    at: datetime,
) -> None:
    acts = [audit.Act(action=action, target=r, changes=changes[r.pk]) for r in records]
    audit.record_many(actor=actor, acts=acts, at=at)


def _rows(records: Sequence[Record]) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(records[0])._default_manager.all()
    return rows.filter(pk__in=[record.pk for record in records])


def _held_by(records: Sequence[Record]) -> dict[str, Any]:
    return {f"{_holder(records)}__in": [record.pk for record in records]}


def _holder(records: Sequence[Record]) -> str:
    return "person" if isinstance(records[0], Person) else "company"
