"""The one door to the ledger: events are appended here, in order, one writer at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent.ledger import chain
from consent.models import EventKind, EventPayload, LedgerEvent
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.ids import uuid7

LOCK = 0x45_4C_45_44  # one writer at a time: "ELED"


class FutureEvent(errors.DomainError):
    """Something is said to be declared later than it is recorded."""

    code = "event-in-the-future"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is to be appended; see :class:`consent.models.LedgerEvent` for its parts.

    ``payload`` is what is personal about it and may be erased later; JSON values.
    """

    kind: EventKind
    effective_at: datetime
    person: UUID | None = None
    point: UUID | None = None
    controller: UUID | None = None
    channels: Sequence[str] = ()
    purposes: Sequence[str] = ()
    about: UUID | None = None
    text: str | None = None
    evidence: Sequence[str] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] | None = None
    id: UUID = field(default_factory=uuid7)


def append(draft: Draft, *, actor: User | None, at: datetime) -> LedgerEvent:
    """Append one event. See :func:`append_all`."""
    return append_all([draft], actor=actor, at=at)[0]


@transaction.atomic
def append_all(drafts: Iterable[Draft], *, actor: User | None, at: datetime) -> list[LedgerEvent]:
    """Append events in this order, as recorded ``at``; all or none of them.

    The ledger stays locked until the transaction ends: do it late. If the clock ran back since
    the last event, they count as recorded when that one was.

    :raises FutureEvent: one is said to be effective after ``at``
    """
    drafts = list(drafts)
    for draft in drafts:
        if draft.effective_at > at:
            raise FutureEvent(
                _future_sentence(draft.effective_at),
                field="effective_at",
                effective_at=draft.effective_at.isoformat(),
            )
    if not drafts:
        return []
    seq, head, last = _locked_head()
    recorded_at = max(at, last) if last else at
    events, payloads = [], []
    for draft in drafts:
        seq += 1
        event, payload = _event(draft, actor=actor, seq=seq, recorded_at=recorded_at)
        event.leaf_hash, event.chain_hash = chain.seal(core_of(event), after=head)
        head = event.chain_hash
        events.append(event)
        if payload is not None:
            payloads.append(payload)
    LedgerEvent.objects.bulk_create(events, batch_size=2000)
    EventPayload.objects.bulk_create(payloads, batch_size=2000)
    return events


def lock() -> datetime | None:
    """Let nobody else append until the transaction ends; when the last event was recorded."""
    _seq, _head, last = _locked_head()
    return last


def size() -> int:
    """How many events the ledger holds."""
    return LedgerEvent.objects.values_list("seq", flat=True).order_by("-seq").first() or 0


def core_of(event: LedgerEvent) -> dict[str, Any]:
    """What of an event is hashed: see :mod:`consent.ledger.chain`."""
    return {
        "v": chain.VERSION,
        "seq": event.seq,
        "id": str(event.public_id),
        "kind": str(event.kind),
        "person": _text(event.person),
        "point": _text(event.point),
        "controller": _text(event.controller),
        "channels": list(event.channels),
        "purposes": list(event.purposes),
        "effective_at": chain.instant(event.effective_at),
        "recorded_at": chain.instant(event.recorded_at),
        "actor": _text(event.actor),
        "about": _text(event.about),
        "text": event.text,
        "evidence": list(event.evidence),
        "details": event.details,
        "commitment": event.commitment,
    }


def _event(
    draft: Draft, *, actor: User | None, seq: int, recorded_at: datetime
) -> tuple[LedgerEvent, EventPayload | None]:
    commitment, payload = None, None
    if draft.payload is not None:
        body = dict(draft.payload)
        salt, commitment = chain.commit(body)
        payload = EventPayload(event_id=draft.id, salt=salt, body=body)
    event = LedgerEvent(
        seq=seq,
        public_id=draft.id,
        kind=draft.kind,
        person=draft.person,
        point=draft.point,
        controller=draft.controller,
        channels=list(draft.channels),
        purposes=list(draft.purposes),
        effective_at=draft.effective_at,
        recorded_at=recorded_at,
        actor=actor.public_id if actor else None,
        about=draft.about,
        text=draft.text,
        evidence=list(draft.evidence),
        details=dict(draft.details),
        commitment=commitment,
    )
    return event, payload


def _locked_head() -> tuple[int, bytes, datetime | None]:
    """Number, chain hash and time of the last event; nobody else appends before we commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = LedgerEvent.objects.order_by("-seq").only("seq", "chain_hash", "recorded_at").first()
    if last is None:
        return 0, chain.START, None
    return last.seq, bytes(last.chain_hash), last.recorded_at


def _text(value: UUID | None) -> str | None:
    return str(value) if value is not None else None


def _future_sentence(effective_at: datetime) -> str:
    local = timezone.localtime(effective_at)
    return _("Der Zeitpunkt %(when)s liegt in der Zukunft. Bitte prüfen Sie Datum und Uhrzeit.") % {
        "when": date_format(local, "SHORT_DATETIME_FORMAT")
    }
