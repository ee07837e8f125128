"""A contact point was written wrongly: its holder gets the right one in its place."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access, contact_points, datum_names, writing
from contacts.models import ContactPoint, ContactPointHolder, ContactPointStatus, Source
from crm.accounts.models import User
from crm.kernel import errors


@transaction.atomic
def correct_point(
    *,
    actor: User,
    holder: ContactPointHolder,
    value: str,
    values: dict[str, Any] | None = None,
    source: Source,
    version: int | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> ContactPointHolder:
    """Replace the number or address, and change ``values`` as :func:`contact_points.update` does.

    What was proven about the old one does not hold for the new one: status and verification start
    anew, and source and confirmation are those of the correction. Others who share the old one
    keep it; consents stay with the row they were given for.

    :raises errors.Invalid: unreadable, held already, or not licensed by the source
    :raises errors.Conflict: somebody changed the record since ``version`` was read
    """
    record = holder.record
    access.require_editable(user=actor, record=record)
    old = holder.contact_point
    reading = contact_points.read(kind=old.kind, value=value)
    if (reading.kind, reading.normalised) != (old.kind, old.normalised):
        contact_points.require_licensed(source=source, kind=reading.kind)
        record = writing.locked(record, version=version)
        point, _created = ContactPoint.objects.get_or_create(
            kind=reading.kind,
            normalised=reading.normalised,
            defaults={"display": reading.display},
        )
        if contact_points.held_by(record).filter(contact_point=point).exists():
            raise errors.Invalid(
                {"value": [_("%(value)s steht hier schon.") % {"value": reading.display}]}
            )
        holder = _moved(holder, point)
        holder.source, holder.confirmed_on = source, confirmed_on
        writing.checked(holder).save()
        changes = {datum_names.of_point(old): [old.display, point.display]}
        writing.touch(record, actor=actor, action="contact-point.corrected", changes=changes, at=at)
        version = None
    if values:
        return contact_points.update(
            actor=actor, holder=holder, values=values, version=version, at=at
        )
    return holder


def _moved(holder: ContactPointHolder, point: ContactPoint) -> ContactPointHolder:
    fresh = ContactPointHolder.objects.select_for_update(of=("self",)).filter(pk=holder.pk).first()
    if fresh is None:
        raise errors.NotFound
    fresh.contact_point = point
    fresh.status, fresh.status_on = ContactPointStatus.ACTIVE, None
    fresh.verified_on, fresh.verified_how = None, ""
    return fresh
