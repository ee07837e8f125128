"""Devices that capture at a fair: registered for one user and one event, revoked at any time.

A device has a secret of its own, kept here as a digest, so that a lost one can do nothing but
capture, and nothing at all once it is revoked or 14 days after the event.
"""

import hashlib
import secrets
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import audit, errors
from history.fairs import access
from history.models import CaptureDevice, Event

PREFIX: Final = "ed_"
LIVES_AFTER: Final = timedelta(days=14)
"""How long after the last day of the event a device may still send."""
_SEEN_EVERY: Final = timedelta(minutes=5)


class NotUsable(errors.DomainError):
    """The device may not send: unknown, revoked, expired, or its user's account is closed."""

    code = "device-not-usable"
    default_message = gettext_lazy(
        "Dieses Gerät ist nicht angemeldet. Melden Sie sich an und verbinden Sie es neu; was "
        "darauf liegt, bleibt erhalten."
    )


@transaction.atomic
def register(*, actor: User, event: Event, name: str, at: datetime) -> tuple[CaptureDevice, str]:
    """Let the actor capture leads of the event with a device; gives its secret, which cannot be
    read again.

    :raises errors.NotPermitted: the role records no history
    :raises errors.NotFound: the actor may not see the event
    :raises errors.Invalid: no name, or the event is over for more than 14 days
    """
    policy.require(actor, Permission.HISTORY_RECORD)
    event = access.event_for(user=actor, public_id=event.public_id)
    problems: dict[str, list[str]] = {}
    if not name.strip():
        problems["name"] = [_("Bitte nennen Sie das Gerät, zum Beispiel „Tablet am Stand“.")]
    if (ends := expiry_of(event)) <= at:
        problems["event"] = [
            _("„%(event)s“ ist seit mehr als %(days)d Tagen vorbei.")
            % {"event": event.name, "days": LIVES_AFTER.days}
        ]
    if problems:
        raise errors.Invalid(problems)
    secret = PREFIX + secrets.token_urlsafe(32)
    device = CaptureDevice.objects.create(
        event=event,
        user=actor,
        name=name.strip()[:100],
        digest=_digest(secret),
        created_at=at,
        expires_at=ends,
    )
    audit.record(
        actor=actor, action="capture-device.registered", at=at, target=device,
        context={"event": event.name},
    )  # fmt: skip
    return device, secret


@transaction.atomic
def revoke(*, actor: User, device: CaptureDevice, at: datetime) -> None:
    """End a device at once, one's own or, for who manages events, anybody's; twice is once."""
    if device.user_id != actor.pk:
        policy.require(actor, Permission.EVENTS_MANAGE)
    device = CaptureDevice.objects.select_for_update(of=("self",)).get(pk=device.pk)
    if device.revoked_at is None:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
        audit.record(actor=actor, action="capture-device.revoked", at=at, target=device)


def device_for(*, secret: str, at: datetime) -> CaptureDevice:
    """The device whose secret this is, with user and event; remembers that it was seen.

    :raises NotUsable: there is none, or it may not send any more
    """
    rows = CaptureDevice.objects.select_related("user", "event__controller", "event__source")
    device = rows.filter(digest=_digest(secret)).first()
    if device is None:
        raise NotUsable
    if sentence := refusal(device, at=at):
        raise NotUsable(sentence)
    if device.seen_at is None or at - device.seen_at >= _SEEN_EVERY:
        CaptureDevice.objects.filter(pk=device.pk).update(seen_at=at)
    return device


def refusal(device: CaptureDevice, *, at: datetime) -> str:
    """Why the device may not send any more, as a sentence; empty if it may."""
    if device.revoked_at is not None:
        return _(
            "Der Zugang dieses Geräts wurde beendet. Melden Sie sich an und verbinden Sie es neu; "
            "was darauf liegt, bleibt erhalten."
        )
    if device.expires_at <= at:
        return _(
            "Der Zugang dieses Geräts ist abgelaufen, die Messe ist zu lange vorbei. Tragen Sie, "
            "was noch darauf liegt, im CRM nach."
        )
    if not device.user.is_active:
        return _("Das Konto zu diesem Gerät ist stillgelegt. Fragen Sie Ihre Administration.")
    return ""


def owned_device(*, user: User, public_id: UUID | str) -> CaptureDevice:
    """A device of the user's own, or for who manages events, of an event that they see.

    :raises errors.NotFound: there is none, or it is somebody else's
    """
    rows = CaptureDevice.objects.select_related("event", "user")
    found = rows.filter(public_id=parsed(public_id)).first()
    if found is None or (
        found.user_id != user.pk and not policy.may(user, Permission.EVENTS_MANAGE)
    ):
        raise errors.NotFound(public_id=str(public_id))
    return found


def expiry_of(event: Event) -> datetime:
    """The first instant at which a device of the event may send no more."""
    last = event.ends_on + LIVES_AFTER + timedelta(days=1)
    return timezone.make_aware(datetime.combine(last, time()))


def _digest(secret: str) -> str:
    """A plain digest suffices: the secret holds 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
