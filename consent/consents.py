"""Consents: given, confirmed, refused, withdrawn. Every path in and out is one function here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import criteria, recording, references, texts
from consent.decision import codes
from consent.models import (
    ROOTS,
    ConsentText,
    Controller,
    EventKind,
    Evidence,
    LedgerEvent,
    TextStatus,
)
from contacts.models import ContactPoint, ContactPointHolder, Criterion, Person
from crm.accounts.models import User
from crm.kernel import errors

ENDED = frozenset({EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED})


class NotHeld(errors.DomainError):
    """The contact point belongs to nobody, or to somebody else."""

    code = "contact-point-without-owner"
    default_message = gettext_lazy(
        "Dieser Kontaktweg gehört nicht zu dieser Person. Bitte tragen Sie ihn zuerst bei ihr ein."
    )


class TooEarly(errors.DomainError):
    """A withdrawal or confirmation is dated before the consent it is about."""

    code = "before-the-consent"
    default_message = gettext_lazy(
        "Der Zeitpunkt liegt vor der Einwilligung. Bitte prüfen Sie das Datum."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What somebody declared, and what proves it.

    ``channels`` and ``purposes`` are codes of :mod:`consent.decision.codes`; ``flaws`` are those
    of :class:`consent.decision.facts` (``preticked``, ``coupled``, ``tainted``, ``guardian``,
    ``text_missing``). ``payload`` is what is personal: who, with which words, from which address.
    With a ``criterion`` it is about keeping the answer to it: over no contact point and channel.
    """

    person: Person
    point: ContactPoint | None
    controller: Controller
    channels: Sequence[str]
    purposes: Sequence[str]
    method: str
    declared_at: datetime
    text: ConsentText | None = None
    evidence: Sequence[Evidence] = ()
    criterion: Criterion | None = None
    valid_until: date | None = None
    flaws: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)


def grant(
    *, actor: User | None, declaration: Declaration, at: datetime, is_pending: bool = False
) -> LedgerEvent:
    """Record a consent; ``is_pending`` one counts once it is confirmed over its own channel.

    What was imported without text or proof is kept as disputed: visible, never usable.

    :raises errors.Invalid: a channel, purpose or method is unknown, or the text does not fit; one
        that is not imported needs text and evidence
    :raises NotHeld: the contact point is not the person's
    :raises recording.FutureEvent: it is said to be declared later than now
    """
    return recording.append(to_grant(declaration, is_pending=is_pending), actor=actor, at=at)


def to_grant(declaration: Declaration, *, is_pending: bool = False) -> recording.Draft:
    """What :func:`grant` records, for who records many at once; refuses the same."""
    _require_sound(declaration)
    is_proven = declaration.text is not None and bool(declaration.evidence)
    kind = EventKind.PENDING if is_pending else EventKind.GRANTED
    if declaration.method == "import":
        kind = EventKind.IMPORTED if is_proven else EventKind.DISPUTED
    elif not is_proven:
        raise errors.Invalid(
            {
                "evidence" if declaration.text else "text": [
                    _("Eine Einwilligung braucht ihren Text und einen Nachweis.")
                ]
            }
        )
    return _root(kind, declaration, is_proven)


def refuse(*, actor: User | None, declaration: Declaration, at: datetime) -> LedgerEvent:
    """Record that somebody was asked and said no."""
    _require_sound(declaration)
    return recording.append(
        _root(EventKind.REFUSED, declaration, is_proven=bool(declaration.evidence)),
        actor=actor,
        at=at,
    )


def confirm(
    *,
    actor: User | None,
    consent: LedgerEvent,
    how: str,
    point: ContactPoint,
    channels: Sequence[str],
    effective_at: datetime,
    at: datetime,
    evidence: Sequence[Evidence] = (),
    payload: Mapping[str, Any] | None = None,
) -> LedgerEvent:
    """Record that a pending consent was confirmed over ``point``: mostly, but not always, its own.

    ``how`` is ``email_link``, ``sms_code`` or ``in_channel_reply``. A second confirmation of the
    same kind adds nothing: the first event is given back.

    :raises TooEarly: before the consent
    """
    _require_root(consent)
    if effective_at < consent.effective_at:
        raise TooEarly(field="effective_at")
    same = LedgerEvent.objects.filter(
        about=consent.public_id, kind=EventKind.CONFIRMED, details__how=how
    ).first()
    if same is not None:
        return same
    return recording.append(
        recording.Draft(
            kind=EventKind.CONFIRMED,
            effective_at=effective_at,
            person=consent.person,
            point=references.point_of(point),
            controller=consent.controller,
            channels=channels,
            purposes=consent.purposes,
            about=consent.public_id,
            text=consent.text,
            evidence=[each.sha256 for each in evidence],
            details={"how": how},
            payload=payload,
        ),
        actor=actor,
        at=at,
    )


@transaction.atomic
def withdraw(
    *,
    actor: User | None,
    consents: Iterable[LedgerEvent],
    received_at: datetime,
    at: datetime,
    channels: Sequence[str] = (),
    purposes: Sequence[str] = (),
    via: str,
    payload: Mapping[str, Any] | None = None,
) -> list[LedgerEvent]:
    """Record the withdrawal of consents, whole or for some channels or purposes.

    Effective from ``received_at`` on, whenever it is keyed in. An answer to a criterion that was
    kept with nothing but such a consent goes with it.

    :raises TooEarly: received before one of the consents was given
    """
    consents = list(consents)
    for consent in consents:
        _require_root(consent)
        if received_at < consent.effective_at:
            raise TooEarly(field="received_at", consent=str(consent.public_id))
    criteria.lock(consents)
    events = recording.append_all(
        [
            recording.Draft(
                kind=EventKind.WITHDRAWN,
                effective_at=received_at,
                person=consent.person,
                point=consent.point,
                controller=consent.controller,
                channels=channels,
                purposes=purposes,
                about=consent.public_id,
                text=consent.text,
                details={"via": via, **criteria.named_by(consent)},
                payload=payload,
            )
            for consent in consents
        ],
        actor=actor,
        at=at,
    )
    criteria.release(consents, actor=actor, at=at)
    return events


@transaction.atomic
def end(
    *,
    actor: User | None,
    consent: LedgerEvent,
    kind: EventKind,
    reason: str,
    effective_at: datetime,
    at: datetime,
) -> LedgerEvent:
    """Record that a consent expired, or that it was found invalid from the start."""
    _require_root(consent)
    if kind not in (EventKind.EXPIRED, EventKind.INVALIDATED):
        raise ValueError(kind)
    criteria.lock([consent])
    event = recording.append(
        recording.Draft(
            kind=kind,
            effective_at=effective_at,
            person=consent.person,
            point=consent.point,
            controller=consent.controller,
            about=consent.public_id,
            details={"reason": reason, **criteria.named_by(consent)},
        ),
        actor=actor,
        at=at,
    )
    criteria.release([consent], actor=actor, at=at)
    return event


@transaction.atomic
def correct(
    *,
    actor: User | None,
    consent: LedgerEvent,
    details: Mapping[str, Any],
    at: datetime,
    evidence: Sequence[Evidence] = (),
    payload: Mapping[str, Any] | None = None,
) -> LedgerEvent:
    """Record what was wrong about a consent, or proof that came later.

    ``details`` replace those of the first event from now on; what was known before stays known
    as it was.
    """
    _require_root(consent)
    criteria.lock([consent])
    event = recording.append(
        recording.Draft(
            kind=EventKind.CORRECTED,
            effective_at=at,
            person=consent.person,
            point=consent.point,
            controller=consent.controller,
            about=consent.public_id,
            evidence=[each.sha256 for each in evidence],
            details=details,
            payload=payload,
        ),
        actor=actor,
        at=at,
    )
    criteria.release([consent], actor=actor, at=at)
    return event


def of_person(person: Person) -> list[LedgerEvent]:
    """First events of the person's consents, newest first."""
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    rows = LedgerEvent.objects.filter(person__in=refs, kind__in=ROOTS)
    return list(rows.order_by("-effective_at", "-seq"))


def alive(consents: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    """Those that were neither withdrawn as a whole nor ended (one query)."""
    consents = [each for each in consents if each.kind != EventKind.REFUSED]
    ended = set(
        LedgerEvent.objects.filter(
            about__in=[each.public_id for each in consents],
            kind__in=ENDED,
            channels=[],
            purposes=[],
        ).values_list("about", flat=True)
    )
    return [each for each in consents if each.public_id not in ended]


def _root(kind: EventKind, declaration: Declaration, is_proven: bool) -> recording.Draft:
    grades = [each.grade for each in declaration.evidence]
    details: dict[str, Any] = {
        "method": declaration.method,
        "proof": "full" if is_proven else "none",
        "grade": min(grades, default="D"),
        **declaration.flaws,
    }
    if declaration.valid_until:
        details["valid_until"] = declaration.valid_until.isoformat()
    if declaration.criterion is not None:
        details |= criteria.told(declaration.criterion)
    if declaration.text is not None:
        if texts.EXPLICIT in declaration.text.elements:
            details["explicit"] = True
        lacking = texts.missing_elements(declaration.text)
        missing = [texts.FACTS_MISSING.get(each, each) for each in lacking]
        if missing:
            details["text_missing"] = sorted({*missing, *details.get("text_missing", [])})
    person = declaration.person
    return recording.Draft(
        kind=kind,
        effective_at=declaration.declared_at,
        person=references.subject_of(person),
        point=references.point_of(declaration.point) if declaration.point else None,
        controller=declaration.controller.public_id,
        channels=sorted(set(declaration.channels)),
        purposes=sorted(set(declaration.purposes)),
        text=declaration.text.sha256 if declaration.text else None,
        evidence=[each.sha256 for each in declaration.evidence],
        details=details,
        payload={
            "name": person.full_name,
            **({"value": declaration.point.display} if declaration.point else {}),
            **declaration.payload,
        },
    )


def _require_sound(declaration: Declaration) -> None:
    _require_known(declaration)
    text, criterion = declaration.text, declaration.criterion
    if criterion is not None and (text is None or declaration.point is not None):
        field_ = "point" if text else "text"
        sentence = _("Eine Einwilligung in eine Angabe braucht ihren Text und keinen Kontaktweg.")
        raise errors.Invalid({field_: [sentence]})
    if declaration.point is not None:
        require_held(declaration.person, declaration.point)
    elif criterion is None:
        raise errors.Invalid({"point": [_("Bitte ausfüllen.")]})
    if text is None:
        return
    wrong = ""
    if text.status == TextStatus.DRAFT:
        wrong = _("Dieser Text ist noch ein Entwurf. Bitte veröffentlichen Sie ihn zuerst.")
    elif text.published_at and text.published_at > declaration.declared_at:
        wrong = _("Dieser Text wurde erst nach der Erklärung veröffentlicht.")
    elif text.controller_id != declaration.controller.pk:
        wrong = _("Dieser Text gilt für einen anderen Verantwortlichen.")
    elif extra := sorted({*declaration.channels} - {*text.channels}):
        wrong = _("Der Text nennt den Kanal nicht: %(names)s.") % {"names": ", ".join(extra)}
    elif extra := sorted({*declaration.purposes} - {*text.purposes}):
        wrong = _("Der Text nennt den Zweck nicht: %(names)s.") % {"names": ", ".join(extra)}
    elif criterion is not None and criterion.code not in text.criteria:
        wrong = _("Der Text nennt das Kriterium nicht: %(names)s.") % {"names": criterion.label}
    if wrong:
        raise errors.Invalid({"text": [wrong]})


def _require_known(declaration: Declaration) -> None:
    wrong: dict[str, list[str]] = {}
    known: Mapping[str, tuple[Sequence[str], Iterable[str]]] = {
        "channels": (declaration.channels, [str(channel) for channel in codes.Channel]),
        "purposes": (declaration.purposes, codes.PURPOSES),
        "method": ([declaration.method], codes.METHODS),
    }
    for name, (given, all_) in known.items():
        unknown = [value for value in given if value not in set(all_)]
        if unknown:
            wrong[name] = [_("Unbekannt: %(value)s.") % {"value": ", ".join(unknown)}]
        elif not given and (name != "channels" or declaration.criterion is None):
            wrong[name] = [_("Bitte ausfüllen.")]
    if wrong:
        raise errors.Invalid(wrong)


def require_held(person: Person, point: ContactPoint) -> None:
    """Pass if the contact point is the person's.

    :raises NotHeld: it is not
    """
    holds = ContactPointHolder.objects.filter(person=person, contact_point=point).exists()
    if not holds and not person.addresses.filter(contact_point=point).exists():
        raise NotHeld(field="point")


def _require_root(consent: LedgerEvent) -> None:
    if consent.kind not in ROOTS:
        raise ValueError(f"{consent} is not the first event of a consent.")


def consent_for(public_id: UUID) -> LedgerEvent:
    """The first event of a consent.

    :raises errors.NotFound: there is none with this id
    """
    found = LedgerEvent.objects.filter(public_id=public_id, kind__in=ROOTS).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found
