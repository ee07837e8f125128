"""Making records one: a single transaction that notes everything it touches."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.merging import (
    checks,
    fields,
    findings,
    following,
    journal,
    locks,
    signals,
    surviving,
)
from contacts.merging.journal import Movement
from contacts.merging.links import Record, links_to
from contacts.models import Merge, MergeMember, MergeOrigin, Source
from crm.accounts.models import User
from crm.kernel import audit, errors


@transaction.atomic
def merge(
    *,
    actor: User | None,
    survivor: Record,
    others: Sequence[Record],
    choices: Mapping[str, UUID | str] | None = None,
    reason: str = "",
    despite_decision: bool = False,
    versions: Mapping[UUID, int] | None = None,
    origin: MergeOrigin = MergeOrigin.BY_HAND,
    redoes: Merge | None = None,
    at: datetime,
) -> Merge:
    """Make ``others`` one with ``survivor``.

    ``choices`` map a field to the public id of the record whose value is taken; for other fields
    the proposal of :func:`contacts.merging.preview` holds. ``versions`` are those that the actor
    looked at, by public id. With ``despite_decision`` a decision that two of them are different
    no longer holds.

    :raises errors.NotPermitted: the role may not merge
    :raises errors.NotFound: the actor may not see one of them
    :raises errors.Conflict: somebody changed one of them since
    :raises refusals.AlreadyMerged: one of them went into another record
    :raises refusals.MergeRefused: one record twice, different kinds, decided as different
    """
    records = [survivor, *others]
    checks.mergeable(actor=actor, records=records)
    locks.one_at_a_time()
    locks.records(type(survivor), [each.pk for each in records])
    records = checks.mergeable(actor=actor, records=records)
    _require_versions(records, versions or {})
    if not despite_decision:
        checks.require_not_decided(records)
    return _made_one(
        records,
        Merge(
            kind=checks.kind_of(survivor),
            origin=origin,
            reason=reason.strip(),
            merged_by=actor,
            merged_at=at,
            redoes=redoes,
        ),
        fields.checked_choices(records, choices or {}),
    )


def _made_one(records: Sequence[Record], made: Merge, choices: dict[str, UUID]) -> Merge:
    survivor, *others = records
    model = type(survivor)
    links = links_to(model)
    ids = [each.pk for each in records]
    sources = Source.objects.in_bulk(fields.source_ids(records))
    chosen = fields.side_by_side(records, survivor=survivor, sources=sources, choices=choices)
    before = journal.snapshot(model._meta.db_table, "id", ids)
    made.choices = {each.name: str(each.chosen) for each in chosen if each.why in _TAKEN}
    made.marks = journal.marks(links)
    made.save()
    findings.vanish(made, records)
    movement = Movement(made.pk, survivor.pk, ids[1:], made.merged_at)
    for link in links:
        journal.move(link, movement)
    changes = surviving.take_over(survivor, others, chosen, at=made.merged_at)
    surviving.become_aliases(survivor, others, at=made.merged_at)
    survivor.save()
    after = journal.snapshot(model._meta.db_table, "id", [survivor.pk])[survivor.pk]
    columns = surviving.changed_columns(before[survivor.pk], after, model)
    _note_members(made, records, before, columns)
    following.up(survivor, others, merge=made)
    signals.merged.send(
        model, merge=made, survivor=survivor, others=others, actor=made.merged_by, at=made.merged_at
    )
    _tell(made, records, changes)
    return made


_TAKEN = frozenset({fields.Why.CHOSEN})


def _require_versions(records: Sequence[Record], versions: Mapping[UUID, int]) -> None:
    """Pass if nobody changed a record since the actor looked at it."""
    for record in records:
        expected = versions.get(record.public_id, record.version)
        if expected != record.version:
            raise errors.Conflict(
                _(
                    "%(record)s wurde geändert, während Sie verglichen haben. Bitte sehen Sie den "
                    "Vergleich noch einmal an."
                )
                % {"record": record.full_name},
                record=str(record.public_id),
                expected=expected,
                actual=record.version,
            )


def _note_members(
    made: Merge,
    records: Sequence[Record],
    before: Mapping[int, dict[str, Any]],
    columns: dict[str, list[Any]],
) -> None:
    owner = made.kind.lower()
    MergeMember.objects.bulk_create(
        MergeMember(
            merge=made,
            **{owner: record},
            is_survivor=at == 0,
            label=record.full_name[:400],
            before=before[record.pk],
            changes=columns if at == 0 else {},
        )
        for at, record in enumerate(records)
    )


def _tell(made: Merge, records: Sequence[Record], changes: audit.Changes) -> None:
    """An audit row at each of the records."""
    survivor, *others = records
    owner = made.kind.lower()
    context = {"merge": str(made.public_id), "reason": made.reason, "origin": made.origin}
    acts = [
        audit.Act(
            f"{owner}.merged",
            survivor,
            changes,
            {"others": [str(each.public_id) for each in others]},
        )
    ]
    acts += [
        audit.Act(f"{owner}.became-alias", each, {}, {"survivor": str(survivor.public_id)})
        for each in others
    ]
    audit.record_many(actor=made.merged_by, acts=acts, at=made.merged_at, context=context)
