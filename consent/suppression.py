"""The suppression list: who is never advertised to again, kept beyond the erasure of the value."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from consent import keys, recording, references
from consent.models import EventKind, LedgerEvent, SuppressionEntry, SuppressionList
from contacts.models import ContactPoint
from crm.accounts.models import User

EVERY_CHANNEL = "*"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that is to be suppressed: kind and normalised value as a contact point has them."""

    kind: str
    normalised: str
    channel: str = EVERY_CHANNEL


def match_key(*, kind: str, normalised: str) -> bytes:
    """HMAC-SHA-256 of the value with the installation's key (32 bytes).

    A mobile number and a landline number are the same number: their kinds are not told apart.
    """
    group = "NUMBER" if kind in ("PHONE", "MOBILE", "FAX") else kind
    text = f"{group}\0{normalised}".encode()
    return hmac.digest(keys.suppression_key(), text, "sha256")


def open_entries(match_keys: Iterable[bytes]) -> QuerySet[SuppressionEntry]:
    """Entries for any of the values that nobody lifted."""
    return SuppressionEntry.objects.filter(match_key__in=list(match_keys), closed=None)


def suppress(
    *,
    actor: User | None,
    point: ContactPoint,
    effective_at: datetime,
    at: datetime,
    channel: str = EVERY_CHANNEL,
    on: str = SuppressionList.INTERNAL,
    reason: str = "",
) -> SuppressionEntry:
    """Put a contact point on a list; if it stands there, the older entry stays."""
    wanted = Wanted(point.kind, point.normalised, channel)
    entries = suppress_all(
        actor=actor, wanted=[wanted], effective_at=effective_at, at=at, on=on, reason=reason
    )
    if entries:
        return entries[0]
    return open_entries([match_key(kind=point.kind, normalised=point.normalised)]).get(
        channel=channel, list=on
    )


@transaction.atomic
def suppress_all(
    *,
    actor: User | None,
    wanted: Iterable[Wanted],
    effective_at: datetime,
    at: datetime,
    on: str = SuppressionList.INTERNAL,
    reason: str = "",
) -> list[SuppressionEntry]:
    """Put values on a list, whether or not somebody here has them; gives the new entries.

    :raises recording.FutureEvent: ``effective_at`` is after ``at``
    """
    keyed = {(match_key(kind=w.kind, normalised=w.normalised), w.channel): w for w in wanted}
    known = open_entries(key for key, _channel in keyed).filter(list=on)
    for key, channel in known.values_list("match_key", "channel"):
        keyed.pop((bytes(key), channel), None)
    events = recording.append_all(
        (
            recording.Draft(
                kind=EventKind.SUPPRESSED,
                effective_at=effective_at,
                point=_reference(each),
                details={"list": str(on), "channel": each.channel},
                payload={"match_key": key.hex(), "reason": reason},
            )
            for (key, _channel), each in keyed.items()
        ),
        actor=actor,
        at=at,
    )
    return SuppressionEntry.objects.bulk_create(
        SuppressionEntry(match_key=key, channel=channel, list=on, opened=event)
        for (key, channel), event in zip(keyed, events, strict=True)
    )


@transaction.atomic
def lift(*, actor: User | None, entry: SuppressionEntry, reason: str, at: datetime) -> LedgerEvent:
    """Close an entry by an event; it stays in the list of what once was."""
    event = recording.append(
        recording.Draft(
            kind=EventKind.SUPPRESSION_LIFTED,
            effective_at=at,
            point=entry.opened.point,
            about=entry.opened_id,
            payload={"reason": reason},
        ),
        actor=actor,
        at=at,
    )
    entry.closed = event
    entry.save(update_fields=["closed"])
    return event


def _reference(wanted: Wanted) -> UUID | None:
    point = ContactPoint.objects.filter(kind=wanted.kind, normalised=wanted.normalised).first()
    return references.point_of(point) if point else None
