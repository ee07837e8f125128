"""The signed address under which a person moves or cancels an appointment without a log-in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from consent.links import UnknownLink
from contacts.access import parsed
from crm.kernel import errors
from history.models import Appointment

SALT = "history.appointment"


def of(appointment: Appointment) -> str:
    """The address, for a message to the person. It holds as long as the appointment is kept."""
    return settings.PUBLIC_URL + reverse("appointment-public", args=[sign(appointment)])


def sign(appointment: Appointment) -> str:
    """The part of the address that nobody can guess."""
    return signing.Signer(salt=SALT).sign(appointment.public_id.hex)


def read(signed: str) -> Appointment:
    """The appointment that the link stands for.

    :raises UnknownLink: it was forged or cut off, or the appointment is gone
    """
    try:
        public_id = parsed(signing.Signer(salt=SALT).unsign(signed))
    except (signing.BadSignature, errors.NotFound) as error:
        raise UnknownLink from error
    found = Appointment.objects.with_all().filter(public_id=public_id).first()
    if found is None:
        raise UnknownLink
    return found
