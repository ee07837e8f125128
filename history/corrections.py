"""Corrections: a later entry takes the place of a contact, which stays readable behind it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history import attachments, checks
from history.models import Participation, Touchpoint
from history.touchpoints import repeated

CORRECTABLE = frozenset({"subject", "body", "outcome", "category", "happened_at"})
OWN = frozenset({"id", "public_id", "search", "corrects", "system", "external_id"})


@transaction.atomic
def correct(
    *, actor: User, touchpoint: Touchpoint, values: dict[str, Any], at: datetime
) -> Touchpoint:
    """Put a corrected contact in the place of one; the former one stays readable behind it.

    ``values`` may hold ``subject``, ``body``, ``outcome``, ``category`` and ``happened_at``.

    :raises errors.Conflict: somebody corrected it already
    :raises errors.Invalid: a value is wrong or cannot be corrected
    """
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    if unknown := sorted(set(values) - CORRECTABLE):
        raise errors.Invalid({name: [_("Das lässt sich nicht berichtigen.")] for name in unknown})
    former = Touchpoint.objects.select_for_update(of=("self",)).get(pk=touchpoint.pk)
    if Touchpoint.objects.filter(corrects=former).exists():
        raise errors.Conflict(_("Dieser Eintrag ist schon berichtigt. Bitte laden Sie ihn neu."))
    if all(getattr(former, name) == value for name, value in values.items()):
        return former
    later = Touchpoint(**_same(former))
    for name, value in {**values, "recorded_by": actor, "recorded_at": at}.items():
        setattr(later, name, value)
    later.corrects = former
    checks.require_sound(later, has_files=former.attachments.exists())
    later.save()
    rows = list(Participation.objects.filter(touchpoint=former))
    Participation.objects.filter(touchpoint=former).update(is_current=False)
    Participation.objects.bulk_create([_moved(row, later) for row in rows])
    attachments.take_over(former=former, later=later)
    changes = {
        name: [audit.jsonable(getattr(former, name)), audit.jsonable(value)]
        for name, value in values.items()
        if getattr(former, name) != value
    }
    audit.record(actor=actor, action="touchpoint.corrected", at=at, target=later, changes=changes)
    return later


def _same(former: Touchpoint) -> dict[str, Any]:
    fields = [field for field in Touchpoint._meta.concrete_fields if field.name not in OWN]
    return {field.attname: getattr(former, field.attname) for field in fields}


def _moved(row: Participation, touchpoint: Touchpoint) -> Participation:
    """The same part in a corrected contact."""
    return Participation(
        **(repeated(touchpoint) | {"role": row.role}),
        person_id=row.person_id,
        company_id=row.company_id,
        opportunity_id=row.opportunity_id,
        contact_point_id=row.contact_point_id,
    )
