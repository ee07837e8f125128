"""Adding what was typed for a new record to one that is there: what is missing there is taken
over, nothing is overwritten, and what was left out is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from contacts import (
    access,
    addresses,
    companies,
    company_choice,
    contact_points,
    datum_names,
    employments,
    intake,
    persons,
    writing,
)
from contacts.contact_points import Record
from contacts.intake import Circumstances, Errors, NewPoint, NewRole, noting
from contacts.matching import normalise
from contacts.models import Address, ContactPointStatus, Employment, Person, Source
from crm.accounts.models import User
from crm.kernel import errors

BELONGS_TO: Final = {"particle": "surname", "legal_form": "name"}
PLACE: Final = ("street", "house_number", "extra", "po_box", "postal_code", "city", "country")


@dataclass(frozen=True, slots=True)
class Item:
    """A datum (``name`` as audit rows name it) and what was typed; ``there`` is what the record
    says instead, and keeps."""

    name: str
    typed: str
    there: str = ""


@dataclass(slots=True)
class Supplement:
    """The record as it is now, what it got, and what was not taken over."""

    record: Record
    added: list[Item] = field(default_factory=list)
    kept: list[Item] = field(default_factory=list)


@transaction.atomic
def supplement(
    *,
    actor: User,
    record: Record,
    values: Mapping[str, Any],
    role: NewRole | None = None,
    points: Sequence[NewPoint] = (),
    address: Mapping[str, Any] | None = None,
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> Supplement:
    """Give the record what it lacks; the arguments are those of :mod:`contacts.intake`.

    :raises errors.NotFound: the actor may not see the record
    :raises errors.NotPermitted: the role allows no changes
    :raises errors.Invalid: with the sentences of all parts by field; nothing was written
    """
    access.require_editable(user=actor, record=record)
    found = Supplement(writing.locked(record, version=None))
    known = Circumstances(actor, source, confirmed_on, at)
    refused: Errors = {}
    with noting(refused):
        _take_values(known, found, values)
    for point in points:
        with noting(refused, dict.fromkeys(intake.POINT_FIELDS, point.field)):
            _take_point(known, found, point)
    if address:
        with noting(refused, {"value": "street"}):
            _take_place(known, found, dict(address))
    if role is not None and isinstance(found.record, Person):
        with noting(refused):
            _take_role(known, found, found.record, role)
    if refused:
        raise errors.Invalid(refused)
    found.record = type(found.record)._default_manager.get(pk=record.pk)
    return found


def _take_values(known: Circumstances, found: Supplement, values: Mapping[str, Any]) -> None:
    record = found.record
    is_person = isinstance(record, Person)
    wanted = dict(values) if is_person else companies.cleaned(values)
    missing: dict[str, Any] = {}
    for name, value in wanted.items():
        there = getattr(record, name)
        if not value or _same(there, value):
            continue
        if there or not _fits(record, wanted, BELONGS_TO.get(name)):
            found.kept.append(Item(name, str(value), str(there or "")))
        else:
            missing[name] = value
    if not missing:
        return
    if isinstance(record, Person):
        persons.update(person=record, values=missing, **known.as_dict())
    else:
        companies.update(company=record, values=missing, **known.as_dict())
    found.added += [Item(name, str(value)) for name, value in missing.items()]


def _fits(record: Record, wanted: Mapping[str, Any], name: str | None) -> bool:
    """Whether the datum that this one belongs to is the same, or comes with it."""
    if name is None:
        return True
    there = getattr(record, name)
    return not there or _same(there, wanted.get(name))


def _take_point(known: Circumstances, found: Supplement, point: NewPoint) -> None:
    reading = contact_points.read(kind=point.kind, value=point.value)
    name = f"{datum_names.POINT}.{reading.kind}"
    there = contact_points.holder_of(found.record, reading)
    if there is None:
        contact_points.add(
            record=found.record, kind=point.kind, value=point.value, purpose=point.purpose,
            label=point.label, **known.as_dict(),
        )  # fmt: skip
        found.added.append(Item(name, reading.display))
    elif there.status != ContactPointStatus.ACTIVE:
        status = str(ContactPointStatus(there.status).label)
        found.kept.append(Item(name, reading.display, f"{reading.display} ({status})"))


def _take_place(known: Circumstances, found: Supplement, values: dict[str, Any]) -> None:
    """An address that says nothing beyond a current one of the record is there already."""
    current = found.record.addresses.filter(valid_to=None)
    if any(_says_as_much(address, values) for address in current):
        return
    added = addresses.add(record=found.record, values=values, **known.as_dict())
    found.added.append(Item(datum_names.of_address(added), str(added)))


def _says_as_much(address: Address, values: Mapping[str, Any]) -> bool:
    typed = {name: values[name] for name in PLACE if values.get(name)}
    there = {name: getattr(address, name) for name in typed}
    if "street" in typed:
        typed["street"] = normalise.street_key(typed["street"])
        there["street"] = normalise.street_key(there["street"])
    return all(_same(there[name], value) for name, value in typed.items())


def _take_role(known: Circumstances, found: Supplement, person: Person, role: NewRole) -> None:
    there = _role_there(person, role)
    if there is None:
        added = intake.add_role_with(person=person, role=role, **known.as_dict())
        found.added.append(Item(datum_names.EMPLOYER, str(added)))
        return
    function = str(role.values.get("function") or "")
    if not function or _same(there.function, function):
        return
    if there.function:
        found.kept.append(Item("function", function, there.function))
        return
    values = {"function": function}
    employments.update(actor=known.actor, employment=there, values=values, at=known.at)
    found.added.append(Item("function", function))


def _role_there(person: Person, role: NewRole) -> Employment | None:
    """The person's current role at that company, or at one of the name that was typed."""
    current = person.employments.filter(ended_on=None).select_related("company")
    if role.company is not None:
        return current.filter(company=role.company).first()
    return next(
        (each for each in current if company_choice.same_name(each.company, role.new_company)), None
    )


def _same(there: Any, typed: Any) -> bool:
    return normalise.fold(str(there or "")) == normalise.fold(str(typed or ""))
