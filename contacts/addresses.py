"""Postal addresses: every change is one function here."""

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access, contact_points, datum_names, writing
from contacts.matching import normalise
from contacts.models import Address, ContactPoint, ContactPointKind, Source
from crm.accounts.models import User
from crm.kernel import audit, errors

FIELDS = frozenset(
    {
        "kind",
        "street",
        "house_number",
        "extra",
        "po_box",
        "postal_code",
        "city",
        "country",
        "valid_from",
        "valid_to",
    }
)


class Place(Protocol):
    """What an address says about where it is."""

    country: str
    postal_code: str
    city: str
    street: str
    house_number: str
    po_box: str
    extra: str


@transaction.atomic
def add(
    *,
    actor: User,
    record: contact_points.Record,
    values: dict[str, Any],
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> Address:
    """Give the record an address (keys: :data:`FIELDS`; ``street`` may hold the house number).

    :raises errors.Invalid: no place, postal code malformed, not licensed by the source
    """
    access.require_editable(user=actor, record=record)
    contact_points.require_licensed(source=source, kind=ContactPointKind.POSTAL)
    record = writing.locked(record, version=None)
    address = Address(
        **contact_points.owner_of(record),
        source=source,
        confirmed_on=confirmed_on,
        created_at=at,
    )
    _fill(address, values)
    address.save()
    changes = {datum_names.of_address(address): ["", str(address)]}
    writing.touch(record, actor=actor, action="address.added", changes=changes, at=at)
    return address


@transaction.atomic
def update(
    *,
    actor: User,
    address: Address,
    values: dict[str, Any],
    source: Source,
    version: int | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> Address:
    """Correct an address. After a removal use :func:`end` and :func:`add`: both are kept then.

    :raises errors.Conflict: somebody changed the record since ``version`` was read
    """
    address = _locked(actor, address, version=version)
    before = {name: getattr(address, name) for name in FIELDS}
    text = str(address)
    _fill(address, {**before, **values})
    changes = audit.diff(before, {name: getattr(address, name) for name in FIELDS})
    if not changes:
        return address
    address.source = source
    address.confirmed_on = confirmed_on
    address.save()
    if str(address) != text:
        changes = {datum_names.of_address(address): [text, str(address)]}
    writing.touch(address.record, actor=actor, action="address.updated", changes=changes, at=at)
    return address


@transaction.atomic
def end(*, actor: User, address: Address, last_day: date, at: datetime) -> Address:
    """The record no longer has this address; it stays in its history."""
    address = _locked(actor, address)
    changes = {
        f"{datum_names.of_address(address)} {address}: valid_to": [address.valid_to, last_day]
    }
    address.valid_to = last_day
    if address.valid_from and address.valid_from > last_day:
        raise errors.Invalid({"valid_to": [_("Das Ende liegt vor dem Beginn.")]})
    address.save()
    writing.touch(address.record, actor=actor, action="address.ended", changes=changes, at=at)
    return address


@transaction.atomic
def move(
    *,
    actor: User,
    address: Address,
    values: dict[str, Any],
    since: date,
    source: Source,
    at: datetime,
) -> Address:
    """The record moved: the old address ends the day before, the new one begins."""
    end(actor=actor, address=address, last_day=since - timedelta(days=1), at=at)
    return add(
        actor=actor,
        record=address.record,
        values={**values, "kind": address.kind, "valid_from": since},
        source=source,
        confirmed_on=at.date(),
        at=at,
    )


def key(address: Place) -> str:
    """What identifies the place: country, postal code, street, number, box, in folded form."""
    street = normalise.street_key(address.street)
    number = normalise.fold(address.house_number).replace(" ", "")
    box = normalise.fold(address.po_box)
    city = normalise.fold(address.city) if not address.postal_code else ""
    parts = (address.country, address.postal_code, city, street, number, box)
    return "|".join((*parts, normalise.fold(address.extra)))


def point_of(address: Address) -> ContactPoint:
    """The contact point of kind ``POSTAL`` for the place, made when it is new."""
    point, _created = ContactPoint.objects.get_or_create(
        kind=ContactPointKind.POSTAL,
        normalised=key(address),
        defaults={"display": str(address)},
    )
    return point


def _fill(address: Address, values: dict[str, Any]) -> None:
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    cleaned = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    cleaned["country"] = cleaned.get("country") or "DE"
    if cleaned.get("street") and not cleaned.get("house_number"):
        street = normalise.street(cleaned["street"])
        cleaned["street"], cleaned["house_number"] = street.name, street.house_number
    try:
        if cleaned.get("postal_code"):
            cleaned["postal_code"] = normalise.postal_code(
                cleaned["postal_code"], cleaned["country"]
            )
    except normalise.Unreadable as error:
        raise writing.unreadable("postal_code", error) from error
    for name, value in cleaned.items():
        setattr(address, name, value)
    if not (address.city or address.postal_code):
        raise errors.Invalid({"city": [_("Bitte geben Sie wenigstens PLZ oder Ort an.")]})
    if address.valid_from and address.valid_to and address.valid_from > address.valid_to:
        raise errors.Invalid({"valid_to": [_("Das Ende liegt vor dem Beginn.")]})
    address.contact_point = point_of(address)
    writing.checked(address)


def _locked(actor: User, address: Address, *, version: int | None = None) -> Address:
    access.require_editable(user=actor, record=address.record)
    writing.locked(address.record, version=version)
    fresh = Address.objects.select_for_update(of=("self",)).filter(pk=address.pk).first()
    if fresh is None:
        raise errors.NotFound
    return fresh
