"""From the ledger and the contacts to the plain facts of a decision.

Two reads for one question: what the contacts say about the person and the contact point
(:mod:`consent.surroundings`), and the events of both (:mod:`consent.events`).
:mod:`consent.many` reads the same for a million.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from consent import events
from consent.decision import facts as plain
from consent.decision.codes import Channel
from consent.decision.consents import is_authorised
from consent.events import Event, Told
from consent.models import ROOTS, EventKind
from contacts.models import Address, ContactPointHolder, SourceKind

SOURCES = {
    SourceKind.SUPPLIER: "address_supplier",
    SourceKind.ERP: "import",
    SourceKind.LIST: "import",
    SourceKind.OUTLOOK: "import",
    SourceKind.THIRD_PERSON: "third_person",
    SourceKind.PUBLIC: "public",
}
BOUGHT = ("address_supplier", "third_person", "public")
KINDS_OF_CHANNEL: Mapping[str, tuple[str, ...]] = {
    Channel.EMAIL: ("EMAIL",),
    Channel.SMS: ("MOBILE", "PHONE"),
    Channel.PHONE: ("PHONE", "MOBILE"),
    Channel.ROBOCALL: ("PHONE", "MOBILE"),
    Channel.FAX: ("FAX",),
    Channel.POST: ("POSTAL",),
    Channel.MESSENGER: ("MESSENGER", "MOBILE"),
    Channel.SOCIAL_DM: ("SOCIAL",),
    Channel.VIDEO: ("MESSENGER", "PHONE", "MOBILE", "EMAIL"),
}
"""Over which kinds of contact points a channel goes."""
NOBODY_YET = "nobody-yet"
_AT_WORK = ("BUSINESS", "DELIVERY", "INVOICE")
_ENDS = (EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED)
_CONSENTS = ROOTS - {EventKind.REQUESTED, EventKind.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What was known beside the ledger, kept with a decision: JSON values only.

    ``subjects`` are the person's references, the oldest first; the ledger may not have told of
    the person or of the point yet. ``suppressed_by`` are the events that opened suppressions of it.
    """

    subjects: list[str]
    point: str
    is_held: bool
    status: str
    source: str
    recipient_type: str
    born: str | None = None
    suppressed_by: list[str] = field(default_factory=list)

    @property
    def person(self) -> str:
        """What the person is called in the question."""
        return self.subjects[0] if self.subjects else NOBODY_YET


def events_for(circumstances: Circumstances, *, size: int | None = None) -> list[Event]:
    """Events that bear on the person or the contact point, of the first ``size`` (one query)."""
    return events.concerning(
        persons=circumstances.subjects,
        points=[circumstances.point] if circumstances.point else [],
        opened=circumstances.suppressed_by,
        size=size,
    )


def facts_from(circumstances: Circumstances, told: Iterable[Told]) -> plain.Facts:
    """The plain facts; the events come in the order of the ledger."""
    read = _Read(told)
    return plain.Facts(
        point=plain.Point(
            status=circumstances.status,
            source=circumstances.source,
            holders=frozenset([circumstances.person] if circumstances.is_held else []),
        ),
        recipient_type=read.recipient_type(circumstances.subjects) or circumstances.recipient_type,
        born=date.fromisoformat(circumstances.born) if circumstances.born else None,
        died=read.died,
        consents=tuple(read.consents()),
        objections=tuple(read.objections()),
        suppressions=tuple(read.suppressions()),
        restrictions=tuple(read.restrictions()),
        sales=tuple(map(_sale, read.of(EventKind.SALE))),
        presumed=tuple(map(_presumed, read.of(EventKind.PRESUMED))),
        services=tuple(map(_service, read.of(EventKind.SERVICE))),
        requests=tuple(read.requests(circumstances.point)),
        is_art14_due=circumstances.source in BOUGHT,
        informed=tuple(_fact(each) for each in read.of(EventKind.INFORMED)),
        identified=tuple(_fact(each) for each in read.of(EventKind.IDENTIFIED)),
    )


class _Read:
    """Events by kind, and by what they are about."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._by_kind: dict[str, list[Told]] = {}
        self._about: dict[UUID, list[Told]] = {}
        for event in told:
            self._by_kind.setdefault(event.kind, []).append(event)
            if event.about is not None:
                self._about.setdefault(event.about, []).append(event)

    def of(self, kind: str) -> list[Told]:
        return self._by_kind.get(kind, [])

    def about(self, event: Told, *kinds: str) -> list[Told]:
        return [each for each in self._about.get(event.public_id, []) if each.kind in kinds]

    def recipient_type(self, subjects: Iterable[str]) -> str:
        """What somebody said of each of the merged persons, the most restrictive of it; empty:
        of one nobody said it."""
        last = {str(each.person): each.details["type"] for each in self.of(EventKind.CLASSIFIED)}
        if "consumer" in last.values():
            return "consumer"
        return "business" if last and all(ref in last for ref in subjects) else ""

    @property
    def died(self) -> plain.Fact | None:
        return next((_fact(each) for each in self.of(EventKind.DECEASED)), None)

    def consents(self) -> Iterable[plain.Consent]:
        """In the order of the ledger: the codes of an answer follow it, and must in a replay."""
        declared = [event for kind in _CONSENTS for event in self.of(kind)]
        for event in sorted(declared, key=lambda event: event.seq):
            yield self._consent(event)

    def _consent(self, event: Told) -> plain.Consent:
        details = {**event.details}
        for correction in self.about(event, EventKind.CORRECTED):
            details |= correction.details
        until = details.get("valid_until")
        return plain.Consent(
            **_times(event),
            person=str(event.person),
            point=str(event.point),
            controller=str(event.controller),
            channels=frozenset(event.channels),
            purposes=frozenset(event.purposes),
            method=details.get("method", ""),
            has_proof=event.kind != EventKind.DISPUTED and details.get("proof") == "full",
            grade=details.get("grade", "D"),
            text_missing=tuple(details.get("text_missing", ())),
            is_preticked=bool(details.get("preticked")),
            coupled=details.get("coupled") or "",
            is_tainted=bool(details.get("tainted")),
            has_guardian=is_authorised(details.get("guardian")),
            valid_until=end_of(until) if until else None,
            criterion=details.get("criterion", ""),
            named=details.get("named", ""),
            is_explicit=bool(details.get("explicit")),
            confirmations=tuple(
                plain.Confirmation(**_times(each), how=each.details["how"], point=str(each.point))
                for each in self.about(event, EventKind.CONFIRMED)
            ),
            uses=tuple(_fact(each) for each in self.about(event, EventKind.USED)),
            withdrawals=tuple(
                plain.Withdrawal(
                    **_times(each),
                    channels=frozenset(each.channels),
                    purposes=frozenset(each.purposes),
                    kind=each.kind,
                )
                for each in self.about(event, *_ENDS)
            ),
        )

    def objections(self) -> Iterable[plain.Objection]:
        for event in self.of(EventKind.OBJECTED):
            scope = event.details.get("scope", "marketing_all")
            values = {
                "cp": str(event.point),
                "channel": next(iter(event.channels), ""),
                "purpose": next(iter(event.purposes), ""),
            }
            yield plain.Objection(
                **_times(event),
                scope=scope,
                value=values.get(scope, ""),
                person=str(event.person),
                lifted=self._lifted(event, EventKind.OBJECTION_LIFTED),
            )

    def suppressions(self) -> Iterable[plain.Suppression]:
        for event in self.of(EventKind.SUPPRESSED):
            yield plain.Suppression(
                **_times(event),
                channel=event.details["channel"],
                list=event.details["list"],
                lifted=self._lifted(event, EventKind.SUPPRESSION_LIFTED),
            )

    def restrictions(self) -> Iterable[plain.Restriction]:
        for event in self.of(EventKind.RESTRICTED):
            yield plain.Restriction(
                **_times(event), lifted=self._lifted(event, EventKind.RESTRICTION_LIFTED)
            )

    def requests(self, point: str) -> Iterable[plain.OptInRequest]:
        """Pending consents over the point that nobody confirmed or withdrew; what was sent for
        one are its uses."""
        for event in self.of(EventKind.PENDING):
            if str(event.point) == point and not self.about(event, EventKind.CONFIRMED, *_ENDS):
                sent = len(self.about(event, EventKind.USED))
                yield plain.OptInRequest(**_times(event), sent=sent)

    def _lifted(self, event: Told, kind: str) -> plain.Fact | None:
        return next((_fact(each) for each in self.about(event, kind)), None)


def _times(event: Told) -> dict[str, Any]:
    return {
        "at": event.effective_at,
        "recorded_at": event.recorded_at,
        "event": str(event.public_id),
    }


def _fact(event: Told) -> plain.Fact:
    return plain.Fact(**_times(event))


def _sale(event: Told) -> plain.Sale:
    return plain.Sale(
        **_times(event),
        sale=event.details.get("sale", ""),
        point=str(event.point) if event.point else None,
        is_from_sale=bool(event.details.get("cp_from_sale")),
        is_own_similar=bool(event.details.get("own_similar")),
        has_notice=bool(event.details.get("notice_at_collection")),
    )


def _presumed(event: Told) -> plain.Presumed:
    return plain.Presumed(
        **_times(event),
        is_documented=bool(event.details.get("documented")),
        is_concrete=bool(event.details.get("concrete")),
    )


def _service(event: Told) -> plain.Service:
    until, given_for = event.details.get("until"), event.details.get("cp_given_for")
    return plain.Service(
        **_times(event),
        relation=event.details.get("relation", ""),
        given_for=None if given_for is None else frozenset(given_for),
        until=end_of(until) if until else None,
    )


def end_of(text: str) -> datetime:
    """The first instant after a day, or the instant itself."""
    if len(text) == len("2026-03-03"):
        day = date.fromisoformat(text) + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time.min))
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Holding:
    """How somebody holds a contact point, in the words of the rules."""

    is_held: bool
    status: str
    source: str
    recipient_type: str


NOT_HELD = Holding(False, "active", "data_subject", "unknown")


def holding_of(row: ContactPointHolder | Address, has_job: Callable[[], bool]) -> Holding:
    """Read a row that links a person and a contact point; its source must be loaded."""
    if isinstance(row, Address):
        status = "active" if row.valid_to is None else "retired"
        purpose = row.kind
    else:
        status, purpose = row.status.lower(), row.purpose
    return Holding(True, status, source_of(row.source.kind), _type(purpose, has_job))


def source_of(kind: str) -> str:
    """What the rules call a kind of source."""
    return SOURCES.get(SourceKind(kind), "data_subject")


def _type(purpose: str, has_job: Callable[[], bool]) -> str:
    return recipient_type(purpose, has_job=purpose in _AT_WORK and has_job())


def recipient_type(purpose: str, *, has_job: bool) -> str:
    """Consumer at a private contact point, business at a business one of somebody with a job;
    all else is unknown and treated as a consumer until somebody classifies it."""
    if purpose == "PRIVATE":
        return "consumer"
    return "business" if has_job and purpose in _AT_WORK else "unknown"
