"""A merge of persons and its undo, told in the ledger: nothing of what was written changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from consent import recording, references
from consent.models import EventKind, LedgerEvent
from contacts.merging import signals
from contacts.models import Merge, Person
from crm.accounts.models import User


def listen() -> None:
    """Be told of merges from now on."""
    signals.merged.connect(note_merge, sender=Person, dispatch_uid="consent.merged")
    signals.undone.connect(note_undo, sender=Person, dispatch_uid="consent.undone")


def note_merge(
    *,
    merge: Merge,
    survivor: Person,
    others: Sequence[Person],
    actor: User | None,
    at: datetime,
    **_signal: Any,
) -> None:
    """Link the references of the persons, if the ledger tells of one that went into another."""
    refs = references.subjects_of([survivor.pk]).get(survivor.pk, [])
    own = references.own_of([survivor.pk, *(each.pk for each in others)])
    if not any(each.pk in own for each in others):
        return
    recording.append(
        recording.Draft(
            kind=EventKind.MERGED,
            effective_at=at,
            person=references.subject_of(survivor),
            details={"merge": str(merge.public_id), "with": [str(ref) for ref in refs]},
        ),
        actor=actor,
        at=at,
    )


def note_undo(*, merge: Merge, actor: User | None, at: datetime, **_signal: Any) -> None:
    """Say that the references stand for different persons again."""
    told = LedgerEvent.objects.filter(
        kind=EventKind.MERGED, details__merge=str(merge.public_id)
    ).first()
    if told is None:
        return
    recording.append(
        recording.Draft(
            kind=EventKind.UNMERGED,
            effective_at=at,
            person=told.person,
            about=told.public_id,
            details=told.details,
        ),
        actor=actor,
        at=at,
    )
