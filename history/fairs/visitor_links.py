"""What a visitor scans at the stand: a link that only a device of ours can have made.

``<token>`` is base64url without padding of ``0x01 ‖ device (16) ‖ nonce (12) ‖ AES-256-GCM``; the
first 17 bytes are bound to it as associated data, the plaintext is JSON: ``l`` the slip's number
on the device, ``t`` its clock in seconds, ``n c e p m`` name, company, e-mail, phone, mobile. So
nothing personal stands in the log of a server, and a forged link is known as one at once.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import links
from crm.kernel import errors
from history.fairs import keys
from history.models import CaptureDevice, Event

VERSION: Final = b"\x01"
HEAD, NONCE, TAG = 17, 12, 16  # bytes
MOST_CHARS: Final = 2600
"""The longest token that the fields below can come to, and more than any QR code should hold."""
LIVES: Final = timedelta(days=14)
"""After the last day of the event."""
LETTERS: Final[Mapping[str, tuple[str, int]]] = {
    "n": ("name", 200),
    "c": ("company_name", 200),
    "e": ("email", 254),
    "p": ("phone", 50),
    "m": ("mobile", 50),
}


class BadLink(links.UnknownLink):
    """It was forged, cut off, or made by a device that is not known here."""

    code = "visitor-link-unknown"
    default_message = gettext_lazy(
        "Dieser Code stammt nicht von unserem Stand oder ist unvollständig. Bitte scannen Sie ihn "
        "am Stand noch einmal."
    )


class ExpiredLink(errors.DomainError):
    """The event has been over for longer than links live."""

    code = "visitor-link-expired"


class RevokedLink(errors.DomainError):
    """The device that showed the code was signed off: lost, or handed back."""

    code = "visitor-link-revoked"
    default_message = gettext_lazy(
        "Das Gerät, das diesen Code gezeigt hat, wurde abgemeldet. Der Code gilt nicht mehr. Bitte "
        "lassen Sie sich am Stand einen neuen zeigen."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorLink:
    """What the token told. ``device_at`` is what the clock of the device said; ``values`` are
    ``name``, ``company_name``, ``email``, ``phone``, ``mobile`` as far as they were noted."""

    token: str
    device: CaptureDevice
    client_id: UUID
    device_at: datetime
    values: Mapping[str, str]

    @property
    def event(self) -> Event:
        """The fair at which it was shown."""
        return self.device.event

    @property
    def check_code(self) -> str:
        """What stands beside the QR code as well, so that both may compare."""
        return check_code(self.token)


def read(token: str, *, at: datetime) -> VisitorLink:
    """What a link says (1 query). Nothing is written.

    :raises BadLink: forged, cut off, or from an unknown device
    :raises RevokedLink: the device was signed off
    :raises ExpiredLink: the event ended more than 14 days ago
    """
    raw = _bytes(token)
    known = CaptureDevice.objects.select_related("event__controller", "user")
    device = known.filter(public_id=UUID(bytes=raw[1:HEAD])).first()
    if device is None:
        raise BadLink
    cipher = AESGCM(keys.key_of_device(device.public_id))
    try:
        plain = cipher.decrypt(raw[HEAD : HEAD + NONCE], raw[HEAD + NONCE :], raw[:HEAD])
    except InvalidTag as error:
        raise BadLink from error
    link = _told(plain, token=token, device=device)
    if device.revoked_at is not None:
        raise RevokedLink
    if timezone.localdate(at) > last_day(device.event):
        raise ExpiredLink(
            _("Dieser Code galt bis zum %(day)s.")
            % {"day": date_format(last_day(device.event), "DATE_FORMAT")}
        )
    return link


def make(
    *,
    device: CaptureDevice,
    client_id: UUID,
    device_at: datetime,
    values: Mapping[str, str],
    nonce: bytes = b"",
) -> str:
    """The token that the device shows for a slip; ``nonce`` is random unless it is given."""
    told: dict[str, Any] = {"l": str(client_id), "t": int(device_at.timestamp())}
    told |= {sign: values[name] for sign, (name, _most) in LETTERS.items() if values.get(name)}
    head = VERSION + device.public_id.bytes
    nonce = nonce or os.urandom(NONCE)
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = AESGCM(keys.key_of_device(device.public_id)).encrypt(nonce, plain, head)
    return base64.urlsafe_b64encode(head + nonce + sealed).rstrip(b"=").decode()


def address(token: str) -> str:
    """Where the link leads, absolute."""
    return settings.PUBLIC_URL + reverse("fair-visitor", args=[token])


def check_code(token: str) -> str:
    """``ABCD-EF``: six characters of the token's hash, to compare by eye."""
    code = base64.b32encode(hashlib.sha256(token.encode("ascii")).digest())[:6].decode()
    return f"{code[:4]}-{code[4:]}"


def last_day(event: Event) -> date:
    """The last day on which links of the event are taken."""
    return event.ends_on + LIVES


def _bytes(token: str) -> bytes:
    """The token decoded: written in the one way there is, of our version, and long enough."""
    if not token.isascii() or len(token) > MOST_CHARS:
        raise BadLink
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except binascii.Error as error:
        raise BadLink from error
    is_canonical = base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == token
    if not is_canonical or raw[:1] != VERSION or len(raw) <= HEAD + NONCE + TAG:
        raise BadLink
    return raw


def _told(plain: bytes, *, token: str, device: CaptureDevice) -> VisitorLink:
    try:
        told = json.loads(plain)
        seconds, client_id = int(told["t"]), UUID(told["l"])
        moment = datetime.fromtimestamp(seconds, tz=UTC)
        values = {
            name: _text(told[sign], most)
            for sign, (name, most) in LETTERS.items()
            if told.get(sign)
        }
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError) as error:
        raise BadLink from error
    return VisitorLink(
        token=token, device=device, client_id=client_id, device_at=moment, values=values
    )


def _text(value: object, most: int) -> str:
    """:raises ValueError: no text, or longer than a slip has room for"""
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(value)
    return value.strip()
