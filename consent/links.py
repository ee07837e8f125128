"""Addresses that stand in messages: absolute, signed where they open somebody's settings."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy

from consent.models import Controller, NoticeVersion, OptInConfirmation
from contacts import access
from contacts.models import ContactPoint, Person
from crm.kernel import errors

SALT = "consent.preferences"


class UnknownLink(errors.NotFound):
    """The link was forged, cut off, or what it led to is gone."""

    code = "unknown-link"
    default_message = gettext_lazy(
        "Dieser Verweis gilt nicht oder nicht mehr. Bitte öffnen Sie ihn noch einmal aus der "
        "Nachricht, ganz und unverändert."
    )


@dataclass(frozen=True, slots=True)
class Key:
    """What a signed link stands for: whose settings, sent to which contact point, by whom.

    ``purpose`` is that of the message it stood in; empty in a link to the settings themselves.
    """

    person: Person
    point: ContactPoint
    controller: Controller
    purpose: str = ""


def confirmation(token: str) -> str:
    """Where an opt-in is confirmed by the token of the mail."""
    return _absolute("optin-confirm", token)


def code_entry(confirmation: OptInConfirmation) -> str:
    """Where the code of an SMS is entered."""
    return _absolute("optin-code", confirmation.ref)


def preferences(*, person: Person, point: ContactPoint, controller: Controller) -> str:
    """The person's settings, for a message to this contact point."""
    return _absolute("preferences", sign(Key(person, point, controller)))


def unsubscribe(
    *, person: Person, point: ContactPoint, controller: Controller, purpose: str
) -> str:
    """Where a mail program withdraws in one click (RFC 8058)."""
    return _absolute("unsubscribe", sign(Key(person, point, controller, purpose)))


def sign_up(code: str) -> str:
    """The public form of a consent text."""
    return _absolute("sign-up", code)


def notice(controller: Controller, purpose: str) -> str:
    """Where everybody reads the notice of a purpose that is in force, without logging in."""
    if controller.is_default:
        return _absolute("notice", purpose)
    return _absolute("notice-of", purpose, controller.public_id)


def notice_version(version: NoticeVersion) -> str:
    """Where everybody reads this version, also when it is superseded."""
    return _absolute("notice-version", version.public_id)


def to_say(address: str) -> str:
    """An address as one says it on the phone: without the scheme."""
    return address.partition("://")[2].rstrip("/")


def sign(key: Key) -> str:
    """The key as it stands in an address. It does not lapse: who may be written to for years must
    be able to withdraw for years."""
    values = [str(each.public_id) for each in (key.person, key.point, key.controller)]
    return signing.dumps([*values, key.purpose], salt=SALT)


def read(signed: str) -> Key:
    """What the link stands for; a merged person is the one it went into.

    :raises UnknownLink: it was forged or cut off, or person or contact point are gone
    """
    try:
        person_id, point_id, controller_id, purpose = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise UnknownLink from error
    person = Person.objects.filter(public_id=person_id).first()
    person = person or access.survivor_of(Person, person_id)
    point = ContactPoint.objects.filter(public_id=point_id).first()
    controller = Controller.objects.filter(public_id=controller_id).first()
    if person is None or point is None or controller is None:
        raise UnknownLink
    return Key(person, point, controller, purpose)


def _absolute(name: str, *args: object) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
