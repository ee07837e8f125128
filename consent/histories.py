"""What somebody declared about contact, in words, the newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import channels, references
from consent.models import (
    ROOTS,
    ConsentText,
    Controller,
    EventKind,
    Grade,
    LedgerEvent,
    PointReference,
    ProvisionMedium,
    ProvisionStatus,
    SuppressionList,
)
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel.prepared import SHAPE, prepared

PAGE = 30
METHODS = {
    "web_form": gettext_lazy("über ein Webformular"),
    "paper": gettext_lazy("auf Papier"),
    "oral_inbound": gettext_lazy("mündlich, Anruf bei uns"),
    "oral_outbound": gettext_lazy("mündlich, Anruf von uns"),
    "fair": gettext_lazy("auf einer Messe"),
    "import": gettext_lazy("aus einem Bestand übernommen"),
}
CONFIRMED_BY = {
    "email_link": gettext_lazy("Verweis in der E‑Mail"),
    "sms_code": gettext_lazy("Code an diese Nummer"),
    "in_channel_reply": gettext_lazy("Antwort im selben Kanal"),
}
VIA = {
    "phone": gettext_lazy("am Telefon"),
    "letter": gettext_lazy("per Brief"),
    "email": gettext_lazy("per E‑Mail"),
    "preference_page": gettext_lazy("auf der Seite mit den eigenen Einstellungen"),
    "list_unsubscribe": gettext_lazy("mit dem Abmelden des Mailprogramms"),
    "sms": gettext_lazy("per SMS"),
    "in_person": gettext_lazy("im Gespräch"),
}
SCOPES = {
    "marketing_all": gettext_lazy("gegen jede Werbung"),
    "cp": gettext_lazy("gegen Werbung an diesen Kontaktweg"),
}
SIGNS = {
    **dict.fromkeys((EventKind.GRANTED, EventKind.CONFIRMED, EventKind.RENEWED), "yes"),
    **dict.fromkeys((EventKind.IMPORTED, EventKind.SALE, EventKind.SERVICE), "yes"),
    **dict.fromkeys((EventKind.WITHDRAWN, EventKind.OBJECTED, EventKind.REFUSED), "no"),
    **dict.fromkeys((EventKind.SUPPRESSED, EventKind.RESTRICTED, EventKind.INVALIDATED), "no"),
    **dict.fromkeys((EventKind.EXPIRED, EventKind.DECEASED), "no"),
    **dict.fromkeys((EventKind.PENDING, EventKind.REQUESTED, EventKind.DISPUTED), "check"),
}
"""The light of an event; all others have none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``wording`` is what was said or agreed to, ``light`` a state or empty."""

    seq: int
    event: UUID
    kind: str
    title: str
    facts: tuple[str, ...]
    wording: str
    light: str
    effective_at: datetime
    recorded_at: datetime
    actor: str
    is_erased: bool

    @property
    def was_late(self) -> bool:
        """Whether it was recorded on a later day than it was declared."""
        return timezone.localdate(self.effective_at) < timezone.localdate(self.recorded_at)


@dataclass(frozen=True, slots=True)
class History:
    """One page; ``older`` is the cursor of the next one, 0 if there is none."""

    entries: list[Entry]
    older: int


def of_person(person: Person, *, before: int = 0, size: int = PAGE) -> History:
    """The events of a person, also of those who went into it (at most 7 queries)."""
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    events = _of(persons=tuple(refs), before=before or None, most=size + 1)
    older = events[size - 1].seq if len(events) > size else 0
    return History(told(events[:size]), older)


@prepared
def _of(
    *, persons: tuple[UUID, ...], before: int | None, most: Annotated[int, SHAPE]
) -> QuerySet[LedgerEvent]:
    rows = LedgerEvent.objects.filter(person__in=persons)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return rows.select_related("payload").order_by("-seq")[:most]


def told(events: Iterable[LedgerEvent]) -> list[Entry]:
    """Events in words, in the order in which they came; payloads must be loaded (5 queries)."""
    events = list(events)
    names = _Names(events)
    return [_entry(event, names) for event in events]


class _Names:
    """What contact points, texts, controllers and actors are called (5 queries)."""

    def __init__(self, events: list[LedgerEvent]) -> None:
        self.points: dict[UUID, str] = {
            row.ref: row.contact_point.display
            for row in _points(refs=_all(e.point for e in events))
        }
        self.texts = {row.sha256: row for row in _texts(sha256s=_all(e.text for e in events))}
        self.controllers = {
            row.public_id: row for row in _controllers(ids=_all(e.controller for e in events))
        }
        self.actors = {
            user.public_id: user.full_name for user in _actors(ids=_all(e.actor for e in events))
        }


def _all(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple({value: None for value in values if value is not None})


@prepared
def _points(*, refs: tuple[UUID, ...]) -> QuerySet[PointReference]:
    return PointReference.objects.filter(ref__in=refs).select_related("contact_point")


@prepared
def _texts(*, sha256s: tuple[str, ...]) -> QuerySet[ConsentText]:
    return ConsentText.objects.filter(sha256__in=sha256s)


@prepared
def _controllers(*, ids: tuple[UUID, ...]) -> QuerySet[Controller]:
    return Controller.objects.filter(public_id__in=ids)


@prepared
def _actors(*, ids: tuple[UUID, ...]) -> QuerySet[User]:
    return User.objects.filter(public_id__in=ids)


def _entry(event: LedgerEvent, names: _Names) -> Entry:
    payload = getattr(event, "payload", None)
    body: Mapping[str, Any] = payload.body if payload else {}
    return Entry(
        seq=event.seq,
        event=event.public_id,
        kind=event.kind,
        title=title_of(event),
        facts=tuple(filter(None, _facts(event, names))),
        wording=_wording(event, body, names),
        light=SIGNS.get(EventKind(event.kind), ""),
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        actor=names.actors.get(event.actor, "") if event.actor else "",
        is_erased=event.commitment is not None and payload is None,
    )


def title_of(event: LedgerEvent) -> str:
    """What happened, in two or three words."""
    if event.kind in ROOTS:
        label = str(EventKind(event.kind).label)
        return _("Einwilligung %(state)s") % {"state": label}
    return {
        EventKind.CONFIRMED: _("Einwilligung bestätigt"),
        EventKind.WITHDRAWN: _("Einwilligung widerrufen"),
        EventKind.EXPIRED: _("Einwilligung abgelaufen"),
        EventKind.INVALIDATED: _("Einwilligung für ungültig erklärt"),
        EventKind.CORRECTED: _("Angaben zur Einwilligung berichtigt"),
        EventKind.USED: _("Kontakt auf dieser Grundlage"),
    }.get(EventKind(event.kind)) or _sentence_case(str(EventKind(event.kind).label))


def _facts(event: LedgerEvent, names: _Names) -> Iterable[str]:
    details = event.details
    if event.channels:
        yield ", ".join(channels.label(each) for each in event.channels)
    elif event.kind == EventKind.SUPPRESSED and details.get("channel", "*") != "*":
        yield channels.label(details["channel"])
    if event.point:
        yield names.points.get(event.point, _("ein Kontaktweg, den es nicht mehr gibt"))
    if "named" in details:
        yield str(details["named"])
    if event.purposes:
        yield ", ".join(channels.purpose(each) for each in event.purposes)
    yield str(METHODS.get(details.get("method", ""), ""))
    yield str(CONFIRMED_BY.get(details.get("how", ""), ""))
    yield str(VIA.get(details.get("via", ""), ""))
    if event.kind == EventKind.OBJECTED:
        yield str(SCOPES.get(details.get("scope", ""), ""))
    if event.kind == EventKind.SUPPRESSED:
        yield str(SuppressionList(details["list"]).label)
    if event.kind == EventKind.CLEARED:
        until = datetime.fromisoformat(details["until"])
        yield _("bis %(day)s") % {"day": _day(until)}
    if event.kind in ROOTS and "grade" in details:
        grade = Grade(details["grade"])
        yield _("Nachweisstufe %(grade)s: %(what)s") % {"grade": grade, "what": grade.label}
    if event.kind == EventKind.NOTICE_GIVEN:
        yield str(ProvisionStatus(details["status"]).label)
        yield str(ProvisionMedium(details["medium"]).label)
    if len(names.controllers) > 1 and event.controller in names.controllers:
        yield names.controllers[event.controller].name


def _wording(event: LedgerEvent, body: Mapping[str, Any], names: _Names) -> str:
    """The text that was agreed to, or the words in which somebody said it."""
    text = names.texts.get(event.text) if event.text else None
    if event.kind in ROOTS and text is not None:
        return text.body
    for key in ("wording", "why", "reason", "proof", "basis"):
        if body.get(key):
            return str(body[key])
    return ""


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
