"""Numbers under which other systems know a record: every change is one function here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access, contact_points, datum_names, writing
from contacts.models import ExternalId, Source
from crm.accounts.models import User
from crm.kernel import errors


@transaction.atomic
def add(
    *,
    actor: User,
    record: contact_points.Record,
    system: str,
    value: str,
    source: Source,
    at: datetime,
) -> ExternalId:
    """Remember the record's number in another system.

    :raises errors.Invalid: empty, or the number belongs to another record
    """
    access.require_editable(user=actor, record=record)
    record = writing.locked(record, version=None)
    owner = contact_points.owner_of(record)
    system, value = system.strip(), value.strip()
    missing = {
        name: [_("Bitte ausfüllen.")]
        for name, text in (("system", system), ("value", value))
        if not text
    }
    if missing:
        raise errors.Invalid(missing)
    kind = next(iter(owner))
    taken = ExternalId.objects.filter(system=system, value=value, **{f"{kind}__isnull": False})
    if taken.exists():
        raise errors.Invalid(
            {
                "value": [
                    _("Die Nummer %(value)s aus %(system)s ist schon vergeben.")
                    % {"value": value, "system": system}
                ]
            }
        )
    number = ExternalId(system=system, value=value, source=source, created_at=at, **owner)
    writing.checked(number).save()
    changes = {datum_names.of_number(system): ["", value]}
    writing.touch(record, actor=actor, action="external-id.added", changes=changes, at=at)
    return number


@transaction.atomic
def remove(*, actor: User, number: ExternalId, at: datetime) -> None:
    """Forget the record's number in another system."""
    access.require_editable(user=actor, record=number.record)
    record = writing.locked(number.record, version=None)
    changes = {datum_names.of_number(number.system): [number.value, ""]}
    number.delete()
    writing.touch(record, actor=actor, action="external-id.removed", changes=changes, at=at)
