"""What kinds of appointments there are: every change is one function here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import writing
from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import AppointmentKind, AppointmentPlace

FIELDS = frozenset(
    {"name", "length_minutes", "pause_minutes", "place", "team", "position", "is_active"}
)
STARTERS = (
    ("Beratung am Telefon", 30, 0, AppointmentPlace.PHONE),
    ("Besuch vor Ort", 120, 60, AppointmentPlace.VISIT),
    ("Termin in unserem Haus", 60, 0, AppointmentPlace.HOUSE),
)
"""What a new installation begins with: name, minutes, minutes of pause, place."""


def ensure(*, using: str = "default") -> None:
    """Give an installation without any kind the first ones; runs after every migration."""
    rows = AppointmentKind.objects.using(using)
    if not rows.exists():
        rows.bulk_create(
            AppointmentKind(
                name=name, length_minutes=length, pause_minutes=pause, place=place, position=number
            )
            for number, (name, length, pause, place) in enumerate(STARTERS, 1)
        )


def active() -> list[AppointmentKind]:
    """Those that can be agreed, in order."""
    return list(AppointmentKind.objects.filter(is_active=True).select_related("team"))


def kind_for(public_id: object) -> AppointmentKind:
    """The kind, whether it is still agreed or not.

    :raises errors.NotFound: there is none
    """
    rows = AppointmentKind.objects.select_related("team")
    found = rows.filter(public_id=parsed(str(public_id))).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def require_active(kind: AppointmentKind) -> None:
    """Pass if it can be agreed.

    :raises errors.Invalid: it was taken out of use
    """
    if not kind.is_active:
        gone = _("„%(kind)s“ wird nicht mehr vereinbart. Wählen Sie einen anderen Zweck.")
        raise errors.Invalid({"kind": [gone % {"kind": kind.name}]})


@transaction.atomic
def create(*, actor: User, values: Mapping[str, Any], at: datetime) -> AppointmentKind:
    """Add a kind from ``values`` (keys: :data:`FIELDS`).

    :raises errors.NotPermitted: the role may not manage the history
    :raises errors.Invalid: a value is wrong
    """
    kind = AppointmentKind()
    changes = _assign(actor, kind, values)
    kind.save()
    audit.record(
        actor=actor, action="appointment-kind.created", at=at, target=kind, changes=changes
    )
    return kind


@transaction.atomic
def update(
    *, actor: User, kind: AppointmentKind, values: Mapping[str, Any], at: datetime
) -> AppointmentKind:
    """Change a kind; what is agreed already stays as it is.

    :raises errors.NotPermitted: the role may not manage the history
    :raises errors.Invalid: a value is wrong
    """
    kind = AppointmentKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
    if changes := _assign(actor, kind, values):
        kind.save()
        audit.record(
            actor=actor, action="appointment-kind.updated", at=at, target=kind, changes=changes
        )
    return kind


def _assign(actor: User, kind: AppointmentKind, values: Mapping[str, Any]) -> audit.Changes:
    policy.require(actor, policy.Permission.HISTORY_MANAGE)
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    before = {name: getattr(kind, name) for name in FIELDS}
    for name, value in values.items():
        setattr(kind, name, value.strip() if isinstance(value, str) else value)
    wrong: dict[str, list[str]] = {}
    if not kind.name:
        wrong["name"] = [_("Bitte sagen Sie, wie der Termin heißt.")]
    elif AppointmentKind.objects.filter(name=kind.name).exclude(pk=kind.pk).exists():
        wrong["name"] = [_("So heißt schon ein anderer Termin.")]
    if not 5 <= (kind.length_minutes or 0) <= 600:
        wrong["length_minutes"] = [_("Ein Termin dauert zwischen 5 Minuten und 10 Stunden.")]
    if not 0 <= (kind.pause_minutes or 0) <= 600:
        wrong["pause_minutes"] = [_("Die Pause danach dauert höchstens 10 Stunden.")]
    if wrong:
        raise errors.Invalid(wrong)
    writing.checked(kind)
    return audit.diff(before, {name: getattr(kind, name) for name in FIELDS})
