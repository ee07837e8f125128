"""The whole call in one transaction: who called, how to reach them, and what is agreed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import addresses, contact_points, intake, persons, sources
from contacts.intake import NewPoint, NewRole
from contacts.matching import normalise
from contacts.models import Company, ContactPoint, ContactPointKind, Person, Source
from crm.accounts.models import User
from crm.kernel import errors
from history.appointments import booking, checking, messages
from history.appointments.booking import CallTaken, Telling
from history.appointments.informing import Told
from history.models import Appointment, AppointmentChannel, AppointmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who called: somebody known, or what was typed. What a known person lacks to be told of the
    appointment is added to them."""

    person: Person | None = None
    name: str = ""
    company: str = ""
    number: str = ""
    email: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    is_too_young: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted. ``point`` is where to confirm it; None: what was typed for ``channel``."""

    kind: AppointmentKind
    employee: User
    starts_at: datetime
    channel: str = AppointmentChannel.NONE
    point: ContactPoint | None = None
    place: str = ""
    note: str = ""
    call: CallTaken = field(default_factory=CallTaken)
    notice: Told | None = None


@transaction.atomic
def agree(*, actor: User, caller: Caller, wish: Wish, at: datetime) -> Appointment:
    """Create or complete the caller and book; if anything is refused, nothing was written.

    :raises errors.Invalid: with the sentences by field; also for a caller younger than 16
    :raises checking.SlotTaken: somebody else was faster
    :raises errors.NotPermitted: the role may not create contacts or record history
    """
    if caller.is_too_young:
        name = caller.person.full_name if caller.person else caller.name.strip()
        raise errors.Invalid({"person": [checking.too_young(name or _("Die Person"))]})
    person = caller.person or _created(actor, caller, wish, at=at)
    point = wish.point or _point(actor, person, caller, wish.channel, at=at)
    return booking.book(
        actor=actor,
        person=person,
        kind=wish.kind,
        employee=wish.employee,
        starts_at=wish.starts_at,
        telling=Telling(channel=wish.channel, point=point),
        place=wish.place,
        note=wish.note,
        call=wish.call,
        notice=wish.notice,
        at=at,
    )


def _created(actor: User, caller: Caller, wish: Wish, *, at: datetime) -> Person:
    points = []
    if caller.number.strip():
        points.append(NewPoint(field="number", kind=ContactPointKind.PHONE, value=caller.number))
    if caller.email.strip():
        points.append(NewPoint(field="email", kind=ContactPointKind.EMAIL, value=caller.email))
    return intake.create_person_with(
        actor=actor,
        values=_name(caller.name),
        role=_role(actor, caller.company.strip()),
        points=points,
        address=_address(caller) if _is_letter(caller, wish) else None,
        source=sources.by_hand(at=at),
        confirmed_on=at.date(),
        at=at,
    )


def _name(text: str) -> dict[str, str]:
    if not text.strip():
        raise errors.Invalid({"name": [_("Bitte geben Sie einen Namen an.")]})
    return persons.parts_of_name(text)


def _role(actor: User, name: str) -> NewRole | None:
    """At the company of that name, if there is exactly one; else at a new one."""
    if not name:
        return None
    try:
        plain = normalise.company_name(name).name
    except normalise.Unreadable:
        plain = name
    known = list(Company.objects.visible_to(actor).filter(name__iexact=plain)[:2])
    return NewRole(company=known[0]) if len(known) == 1 else NewRole(new_company=name)


def _is_letter(caller: Caller, wish: Wish) -> bool:
    return wish.channel == AppointmentChannel.LETTER and bool(caller.street.strip())


def _address(caller: Caller) -> dict[str, Any]:
    return {
        "street": caller.street.strip(),
        "postal_code": caller.postal_code.strip(),
        "city": caller.city.strip(),
    }


def _point(
    actor: User, person: Person, caller: Caller, channel: str, *, at: datetime
) -> ContactPoint | None:
    """The contact point that was typed: held already, or added to the person."""
    wanted = {
        AppointmentChannel.EMAIL.value: (ContactPointKind.EMAIL, caller.email, "email"),
        AppointmentChannel.SMS.value: (ContactPointKind.MOBILE, caller.number, "number"),
    }
    source = sources.by_hand(at=at)
    if channel == AppointmentChannel.LETTER:
        return _home(actor, person, caller, source, at=at)
    if channel not in wanted:
        return None
    kind, value, place = wanted[channel]
    if not value.strip():
        messages.require_reachable(person=person, channel=channel, point=None)
    found: dict[str, list[str]] = {}
    with intake.noting(found, dict.fromkeys(("value", "kind"), place)):
        contact_points.read(kind=kind, value=value)
        if channel == AppointmentChannel.SMS and normalise.phone(value).kind != "mobile":
            raise errors.Invalid(
                {"value": [_("Das ist keine Mobilnummer; dorthin geht keine SMS.")]}
            )
        return contact_points.held_or_added(
            actor=actor, record=person, kind=kind, value=value, source=source,
            confirmed_on=at.date(), at=at,
        )  # fmt: skip
    raise errors.Invalid(found)


def _home(
    actor: User, person: Person, caller: Caller, source: Source, *, at: datetime
) -> ContactPoint | None:
    address = person.addresses.filter(valid_to=None).order_by("pk").first()
    if address is None and caller.street.strip():
        address = addresses.add(
            actor=actor, record=person, values=_address(caller), source=source,
            confirmed_on=at.date(), at=at,
        )  # fmt: skip
    return address.contact_point if address else None
