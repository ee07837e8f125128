"""Contact points of persons and companies: every change is one function here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts import access, datum_names, writing
from contacts.matching import normalise
from contacts.models import (
    Company,
    ContactPoint,
    ContactPointHolder,
    ContactPointKind,
    ContactPointStatus,
    Person,
    Source,
)
from crm.accounts.models import User
from crm.kernel import audit, errors

Record = Person | Company
FIELDS = frozenset({"purpose", "label", "is_preferred"})
NUMBERS = {ContactPointKind.PHONE, ContactPointKind.MOBILE, ContactPointKind.FAX}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a typed value is stored: its kind may differ from the one chosen (a mobile number)."""

    kind: str
    normalised: str
    display: str


def read(*, kind: str, value: str) -> Reading:
    """Normalise ``value``; numbers become E.164, mailboxes lower case.

    :raises errors.Invalid: for field ``value``, with a proposal if there is one
    """
    text = value.strip()
    try:
        if kind == ContactPointKind.EMAIL:
            mailbox = normalise.email(text)
            return Reading(kind, mailbox, mailbox)
        if kind in NUMBERS:
            return _read_number(kind, text)
    except normalise.Unreadable as error:
        raise writing.unreadable("value", error) from error
    if kind not in (ContactPointKind.MESSENGER, ContactPointKind.SOCIAL):
        raise errors.Invalid({"kind": [_("Bitte wählen Sie die Art des Kontaktwegs.")]})
    if not text:
        raise errors.Invalid({"value": [_("Bitte ausfüllen.")]})
    return Reading(kind, text.casefold(), text)


def _read_number(kind: str, text: str) -> Reading:
    number = normalise.phone(text)
    if kind == ContactPointKind.PHONE and number.kind == "mobile":
        kind = ContactPointKind.MOBILE
    return Reading(kind, number.e164, normalise.phone_text(number.e164))


@transaction.atomic
def add(
    *,
    actor: User | None,
    record: Record,
    kind: str,
    value: str,
    purpose: str = "",
    label: str = "",
    is_preferred: bool = False,
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> ContactPointHolder:
    """Give the record a contact point; one that others hold already is shared with them.

    ``actor`` is None only for whoever enters themselves.

    :raises errors.Invalid: unreadable, held already, or not licensed by the source
    """
    if actor is not None:
        access.require_editable(user=actor, record=record)
    reading = read(kind=kind, value=value)
    require_licensed(source=source, kind=reading.kind)
    record = writing.locked(record, version=None)
    point, _created = ContactPoint.objects.get_or_create(
        kind=reading.kind,
        normalised=reading.normalised,
        defaults={"display": reading.display},
    )
    if held_by(record).filter(contact_point=point).exists():
        raise errors.Invalid(
            {"value": [_("%(value)s steht hier schon.") % {"value": reading.display}]}
        )
    holder = ContactPointHolder(
        contact_point=point,
        **owner_of(record),
        purpose=purpose,
        label=label.strip(),
        is_preferred=is_preferred,
        source=source,
        confirmed_on=confirmed_on,
        created_at=at,
    )
    writing.checked(holder).save()
    if is_preferred:
        _prefer(holder)
    _tell(
        holder,
        actor=actor,
        action="contact-point.added",
        changes={datum_names.of_point(point): ["", point.display]},
        at=at,
    )
    return holder


def held_or_added(
    *,
    actor: User | None,
    record: Record,
    kind: str,
    value: str,
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> ContactPoint:
    """The record's contact point of this value, given to it if it does not have it yet.

    :raises errors.Invalid: as :func:`add` does
    """
    holder = holder_of(record, read(kind=kind, value=value)) or add(
        actor=actor,
        record=record,
        kind=kind,
        value=value,
        source=source,
        confirmed_on=confirmed_on,
        at=at,
    )
    return holder.contact_point


@transaction.atomic
def update(
    *,
    actor: User,
    holder: ContactPointHolder,
    values: dict[str, Any],
    version: int | None = None,
    at: datetime,
) -> ContactPointHolder:
    """Change purpose, label or preference (keys: :data:`FIELDS`).

    :raises errors.Conflict: somebody changed the record since ``version`` was read
    """
    holder = _locked(actor, holder, version=version)
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    return _change(holder, values, actor=actor, action="contact-point.updated", at=at)


@transaction.atomic
def set_status(
    *, actor: User, holder: ContactPointHolder, status: str, at: datetime
) -> ContactPointHolder:
    """Mark as active, bounced, retired or reassigned. A bounce holds for everybody who has it."""
    if ContactPointStatus.BOUNCED in (status, holder.status):
        _lock_all_who_share(holder)
    holder = _locked(actor, holder)
    values = {"status": status, "status_on": at.date()}
    if ContactPointStatus.BOUNCED in (status, holder.status):
        others = holder.contact_point.holders.exclude(pk=holder.pk)
        for other in others.select_for_update(of=("self",)):
            if ContactPointStatus.BOUNCED in (status, other.status):
                _change(other, values, actor=actor, action="contact-point.status-set", at=at)
    return _change(holder, values, actor=actor, action="contact-point.status-set", at=at)


@transaction.atomic
def verify(
    *, actor: User, holder: ContactPointHolder, how: str, at: datetime
) -> ContactPointHolder:
    """Remember that somebody was reached, when and how; this confirms the datum as well."""
    holder = _locked(actor, holder)
    values = {"verified_on": at.date(), "verified_how": how, "confirmed_on": at.date()}
    return _change(holder, values, actor=actor, action="contact-point.verified", at=at)


@transaction.atomic
def remove(*, actor: User, holder: ContactPointHolder, at: datetime) -> None:
    """Take the contact point from its holder; others who share it keep it."""
    holder = _locked(actor, holder)
    point = holder.contact_point
    record = holder.record
    holder.delete()
    changes = {datum_names.of_point(point): [point.display, ""]}
    writing.touch(record, actor=actor, action="contact-point.removed", changes=changes, at=at)


def held_by(record: Record) -> Any:
    """The record's contact points with their holders' data (a queryset of holders)."""
    return held(**owner_of(record))


def held(**owner: Any) -> QuerySet[ContactPointHolder]:
    """How somebody holds contact points, with what is known of these."""
    return ContactPointHolder.objects.filter(**owner).select_related("contact_point", "source")


def holder_of(record: Record, reading: Reading) -> ContactPointHolder | None:
    """How the record holds this contact point; None if it does not."""
    held: ContactPointHolder | None = (
        held_by(record)
        .filter(contact_point__kind=reading.kind, contact_point__normalised=reading.normalised)
        .first()
    )
    return held


def owner_of(record: Record) -> dict[str, Any]:
    """The foreign key that makes a row belong to the record."""
    return {column_of(record): record}


def column_of(record: Record) -> str:
    """What that foreign key is called."""
    return "person" if isinstance(record, Person) else "company"


def require_licensed(*, source: Source, kind: str) -> None:
    """Pass if the licence of the source covers the channel.

    :raises errors.Invalid: it does not
    """
    if source.licensed_channels and kind not in source.licensed_channels:
        raise errors.Invalid(
            {
                "value": [
                    _("Die Lizenz von „%(source)s“ umfasst diesen Kanal nicht.")
                    % {"source": source.name}
                ]
            }
        )


def _lock_all_who_share(holder: ContactPointHolder) -> None:
    """Lock every record with this contact point, in one order, so that nobody waits in a circle."""
    sharing = ContactPointHolder.objects.filter(contact_point=holder.contact_point_id).order_by()
    for model, name in ((Person, "person"), (Company, "company")):
        rows: Any = model._default_manager.filter(pk__in=sharing.values(name)).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk"))


def _locked(
    actor: User, holder: ContactPointHolder, *, version: int | None = None
) -> ContactPointHolder:
    access.require_editable(user=actor, record=holder.record)
    writing.locked(holder.record, version=version)
    fresh = (
        ContactPointHolder.objects.select_for_update(of=("self",))
        .select_related("contact_point", "person", "company")
        .filter(pk=holder.pk)
        .first()
    )
    if fresh is None:
        raise errors.NotFound
    return fresh


def _change(
    holder: ContactPointHolder, values: dict[str, Any], *, actor: User, action: str, at: datetime
) -> ContactPointHolder:
    changes = audit.diff({name: getattr(holder, name) for name in values}, values)
    if not changes:
        return holder
    for name, value in values.items():
        setattr(holder, name, value)
    writing.checked(holder).save()
    if changes.get("is_preferred", [None, False])[1]:
        _prefer(holder)
    label = f"{datum_names.of_point(holder.contact_point)} {holder.contact_point.display}"
    _tell(
        holder,
        actor=actor,
        action=action,
        changes={f"{label}: {name}": pair for name, pair in changes.items()},
        at=at,
    )
    return holder


def _prefer(holder: ContactPointHolder) -> None:
    """One preferred contact point per kind."""
    held_by(holder.record).filter(contact_point__kind=holder.contact_point.kind).exclude(
        pk=holder.pk
    ).update(is_preferred=False)


def _tell(
    holder: ContactPointHolder,
    *,
    actor: User | None,
    action: str,
    changes: audit.Changes,
    at: datetime,
) -> None:
    writing.touch(holder.record, actor=actor, action=action, changes=changes, at=at)
