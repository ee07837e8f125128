"""Where an appointment takes place, in words."""

from django.utils.translation import gettext as _

from consent import controllers
from contacts.models import Address, Employment, Person
from crm.kernel import errors
from history.models import AppointmentKind, AppointmentPlace

LONGEST = 200


def usual(*, kind: AppointmentKind, person: Person) -> str:
    """The person's address, or that of the company, for a visit; ours for one in our house."""
    if kind.place == AppointmentPlace.VISIT:
        return _at_the_person(person)[:LONGEST]
    if kind.place == AppointmentPlace.HOUSE:
        house = controllers.default()
        place = f"{house.postal_code} {house.city}".strip()
        return ", ".join(filter(None, (house.name, house.street, place)))[:LONGEST]
    return ""


def checked(place: str) -> str:
    """What was typed, if it can be kept.

    :raises errors.Invalid: it is too long
    """
    if len(place.strip()) > LONGEST:
        raise errors.Invalid({"place": [_("Der Ort hat höchstens 200 Zeichen.")]})
    return place.strip()


def _at_the_person(person: Person) -> str:
    current = Address.objects.filter(valid_to=None).order_by("pk")
    if own := current.filter(person=person).first():
        return str(own)
    jobs = Employment.objects.filter(person=person, ended_on=None).select_related("company")
    if (job := jobs.order_by("-is_primary", "pk").first()) is None:
        return ""
    address = current.filter(company=job.company).first()
    return f"{job.company.full_name}, {address}" if address else job.company.full_name
