"""That somebody was told, or that it was tried: written down, in the ledger too, never changed."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent import circumstances, recording, references
from consent.models import (
    EventKind,
    NoticeProvision,
    NoticeStatus,
    NoticeVersion,
    ProvisionMedium,
    ProvisionStatus,
    SkipReason,
)
from consent.notices.rules.due import PROVEN
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import audit, errors
from crm.kernel.ids import uuid7

OPEN = (ProvisionStatus.SKIPPED, ProvisionStatus.DEFERRED)
"""States that leave a task behind."""


@transaction.atomic
def record(
    *,
    actor: User | None,
    person: Person,
    version: NoticeVersion,
    medium: str,
    status: str,
    given_at: datetime,
    at: datetime,
    items: Collection[str] | None = None,
    language: str = "",
    reason: str = "",
    note: str = "",
    seconds: int | None = None,
    reference: str = "",
    due_on: date | None = None,
) -> NoticeProvision:
    """Record what became of telling the person ``items`` of a version (None: all of it).

    ``reference`` is that of the message, by which a later bounce finds it; ``due_on`` the day by
    which something that was put off must be told.

    :raises errors.Invalid: a code is unknown, an item is not in the version, the version was not
        published then, or a skipped script has no reason
    """
    known = {row.item: row.material_hash for row in version.items.all() if row.is_applicable}
    told = {item: hash_ for item, hash_ in known.items() if items is None or item in items}
    _require_sound(version, known, items, medium, status, reason, note)
    subject, public_id = references.subject_of(person), uuid7()
    event = recording.append(
        recording.Draft(
            kind=EventKind.NOTICE_GIVEN,
            effective_at=given_at,
            person=subject,
            controller=version.controller.public_id,
            text=version.sha256,
            details={
                "notice": str(public_id),
                "status": str(status),
                "medium": str(medium),
                "language": language,
                "reason": str(reason),
                "items": sorted(told),
            },
        ),
        actor=actor,
        at=at,
    )
    made = NoticeProvision.objects.create(
        public_id=public_id,
        subject=subject,
        controller=version.controller,
        version=version,
        items=told,
        is_whole=len(told) == len(known),
        medium=medium,
        status=status,
        language=language,
        reason=reason,
        note=note.strip(),
        seconds=seconds,
        reference=reference,
        due_on=due_on,
        event=event.public_id,
        given_at=given_at,
        recorded_at=at,
        actor=actor,
    )
    if version.article == 14 and status in PROVEN:
        circumstances.note_informed(
            actor=actor, person=person, informed_at=given_at, medium=str(medium), at=at
        )
    context = {"status": str(status), "medium": str(medium), "items": sorted(told)}
    audit.record(actor=actor, action="notice.given", target=person, context=context, at=at)
    return made


def _require_sound(
    version: NoticeVersion,
    known: Collection[str],
    items: Collection[str] | None,
    medium: str,
    status: str,
    reason: str,
    note: str,
) -> None:
    codes = {
        "medium": (medium, ProvisionMedium.values),
        "status": (status, ProvisionStatus.values),
        "reason": (reason, SkipReason.values),
    }
    wrong = {
        field: [_("Unbekannt: %(value)s.") % {"value": value}]
        for field, (value, all_) in codes.items()
        if value not in all_
    }
    if strange := sorted(set(items or ()) - set(known)):
        wrong["items"] = [_("Unbekannt: %(value)s.") % {"value": ", ".join(strange)}]
    if version.status == NoticeStatus.DRAFT:
        wrong["version"] = [_("Ein Entwurf kann niemandem mitgeteilt werden.")]
    if status == ProvisionStatus.SKIPPED and not reason:
        wrong["reason"] = [_("Bitte sagen Sie, warum nicht vorgelesen wurde.")]
    if reason == SkipReason.OTHER and not note.strip():
        wrong["note"] = [_("Bitte beschreiben Sie den Grund.")]
    if wrong:
        raise errors.Invalid(wrong)
