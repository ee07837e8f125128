"""Taking back a removal: what was removed is remembered as plain values and written again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access, contact_points, datum_names, writing
from contacts.contact_points import Record
from contacts.models import ContactPoint, ContactPointHolder
from crm.accounts.models import User
from crm.kernel import errors


@dataclass(frozen=True, slots=True)
class RemovedPoint:
    """A contact point as its holder had it; days are ISO text, so that it fits into a token."""

    point: int
    purpose: str
    label: str
    is_preferred: bool
    status: str
    status_on: str
    verified_on: str
    verified_how: str
    source: int
    confirmed_on: str
    created_at: str

    @classmethod
    def of(cls, holder: ContactPointHolder) -> Self:
        """What is to be remembered before :func:`contacts.contact_points.remove`."""
        return cls(
            point=holder.contact_point_id,
            purpose=holder.purpose,
            label=holder.label,
            is_preferred=holder.is_preferred,
            status=holder.status,
            status_on=_text(holder.status_on),
            verified_on=_text(holder.verified_on),
            verified_how=holder.verified_how,
            source=holder.source_id,
            confirmed_on=_text(holder.confirmed_on),
            created_at=holder.created_at.isoformat(),
        )

    def as_dict(self) -> dict[str, Any]:
        """Values that JSON can hold."""
        return asdict(self)


@transaction.atomic
def restore_point(
    *, actor: User, record: Record, removed: RemovedPoint, at: datetime
) -> ContactPointHolder:
    """Give the contact point back to the record it was taken from.

    :raises errors.Conflict: the record has it again already
    """
    access.require_editable(user=actor, record=record)
    record = writing.locked(record, version=None)
    held = contact_points.held_by(record)
    if held.filter(contact_point=removed.point).exists():
        raise errors.Conflict(_("Dieser Kontaktweg steht hier schon wieder."))
    point = ContactPoint.objects.get(pk=removed.point)
    preferred = held.filter(is_preferred=True, contact_point__kind=point.kind)
    holder = ContactPointHolder.objects.create(
        **contact_points.owner_of(record),
        contact_point=point,
        purpose=removed.purpose,
        label=removed.label,
        is_preferred=removed.is_preferred and not preferred.exists(),
        status=removed.status,
        status_on=_day(removed.status_on),
        verified_on=_day(removed.verified_on),
        verified_how=removed.verified_how,
        source_id=removed.source,
        confirmed_on=_day(removed.confirmed_on),
        created_at=datetime.fromisoformat(removed.created_at),
    )
    changes = {datum_names.of_point(point): ["", point.display]}
    writing.touch(record, actor=actor, action="contact-point.restored", changes=changes, at=at)
    return holder


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
