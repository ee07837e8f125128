"""Objections, restrictions and the other facts that decide beside a consent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from consent import recording, references
from consent.ledger import chain
from consent.models import Controller, EventKind, LedgerEvent, Restriction
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import errors

SCOPES = ("marketing_all", "channel", "cp", "purpose")


def object_to_marketing(
    *,
    actor: User | None,
    person: Person,
    received_at: datetime,
    at: datetime,
    via: str,
    scope: str = "marketing_all",
    value: str = "",
    point: ContactPoint | None = None,
    wording: str = "",
) -> LedgerEvent:
    """Record an objection (Art. 21(2) GDPR); effective from its receipt on.

    ``scope`` is ``marketing_all`` (also where the wording is unclear), ``channel`` or ``purpose``
    with its code in ``value``, or ``cp`` with the ``point``: nobody advertises to that any more,
    whoever holds it.

    :raises errors.Invalid: the scope is unknown or lacks its value
    """
    if scope not in SCOPES:
        raise errors.Invalid({"scope": [_("Unbekannt: %(value)s.") % {"value": scope}]})
    if scope in ("channel", "purpose") and not value:
        raise errors.Invalid({"value": [_("Bitte ausfüllen.")]})
    if scope == "cp" and point is None:
        raise errors.Invalid({"point": [_("Bitte wählen Sie den Kontaktweg.")]})
    return recording.append(
        recording.Draft(
            kind=EventKind.OBJECTED,
            effective_at=received_at,
            person=references.subject_of(person),
            point=references.point_of(point) if point is not None else None,
            channels=[value] if scope == "channel" else [],
            purposes=[value] if scope == "purpose" else [],
            details={"scope": scope, "via": via},
            payload={"wording": wording},
        ),
        actor=actor,
        at=at,
    )


@transaction.atomic
def restrict(
    *, actor: User | None, person: Person, ground: str, starts_at: datetime, at: datetime
) -> LedgerEvent:
    """Record that processing is restricted (Art. 18(1) a to d GDPR, ``ground``)."""
    if ground not in ("a", "b", "c", "d"):
        raise errors.Invalid({"ground": [_("Bitte wählen Sie einen Grund nach Art. 18 Abs. 1.")]})
    event = _about_person(
        EventKind.RESTRICTED,
        actor=actor,
        person=person,
        effective_at=starts_at,
        details={"ground": ground},
        at=at,
    )
    Restriction.objects.create(person=person, event=event)
    return event


@transaction.atomic
def lift(
    *, actor: User | None, event: LedgerEvent, reason: str, effective_at: datetime, at: datetime
) -> LedgerEvent:
    """Record that an objection or restriction was lifted; it stays visible as it was.

    :raises errors.Conflict: it was lifted already
    """
    kinds = {
        EventKind.OBJECTED: EventKind.OBJECTION_LIFTED,
        EventKind.RESTRICTED: EventKind.RESTRICTION_LIFTED,
    }
    kind = kinds[EventKind(event.kind)]
    Restriction.objects.filter(event=event).delete()
    if LedgerEvent.objects.filter(about=event.public_id, kind=kind).exists():
        raise errors.Conflict(_("Das ist schon aufgehoben."))
    return recording.append(
        recording.Draft(
            kind=kind,
            effective_at=effective_at,
            person=event.person,
            point=event.point,
            about=event.public_id,
            payload={"reason": reason},
        ),
        actor=actor,
        at=at,
    )


def note_sale(
    *,
    actor: User | None,
    person: Person,
    sold_at: datetime,
    at: datetime,
    point: ContactPoint | None = None,
    sale: str = "paid",
    is_from_sale: bool = False,
    is_own_similar: bool = False,
    has_notice: bool = False,
    controller: Controller | None = None,
) -> LedgerEvent:
    """Record a sale and which conditions of § 7(3) UWG it meets for an address.

    ``sale`` is ``paid`` or ``free_account``; ``is_from_sale``: the address came from the customer
    with this sale; ``has_notice``: the right to object was told then.
    """
    return _about_person(
        EventKind.SALE,
        actor=actor,
        person=person,
        point=point,
        controller=controller,
        effective_at=sold_at,
        details={
            "sale": sale,
            "cp_from_sale": is_from_sale,
            "own_similar": is_own_similar,
            "notice_at_collection": has_notice,
        },
        at=at,
    )


def presume_interest(
    *,
    actor: User | None,
    person: Person,
    why: str,
    is_concrete: bool,
    noted_at: datetime,
    at: datetime,
    point: ContactPoint | None = None,
) -> LedgerEvent:
    """Record concrete circumstances for a call to a business (§ 7(2) no. 1 UWG), before the call.

    :raises errors.Invalid: the circumstances are not told (field ``why``)
    """
    if not why.strip():
        raise errors.Invalid(
            {"why": [_("Bitte beschreiben Sie, woraus das Interesse an einem Anruf folgt.")]}
        )
    return _about_person(
        EventKind.PRESUMED,
        actor=actor,
        person=person,
        point=point,
        effective_at=noted_at,
        details={"documented": True, "concrete": is_concrete},
        payload={"why": why.strip()},
        at=at,
    )


def note_service(
    *,
    actor: User | None,
    person: Person,
    relation: str,
    since: datetime,
    at: datetime,
    until: date | None = None,
    purposes: Sequence[str] | None = None,
    point: ContactPoint | None = None,
) -> LedgerEvent:
    """Record a contract, an appointment or a request that allows service messages.

    ``relation`` is ``contract``, ``appointment`` or ``request``; ``purposes`` are those for which
    the contact point was given (None: not limited).
    """
    details: dict[str, Any] = {"relation": relation}
    if until:
        details["until"] = until.isoformat()
    if purposes is not None:
        details["cp_given_for"] = sorted(purposes)
    return _about_person(
        EventKind.SERVICE,
        actor=actor,
        person=person,
        point=point,
        effective_at=since,
        details=details,
        at=at,
    )


def note_informed(
    *, actor: User | None, person: Person, informed_at: datetime, medium: str, at: datetime
) -> LedgerEvent:
    """Record that the person got the information of Art. 14 GDPR."""
    return _about_person(
        EventKind.INFORMED,
        actor=actor,
        person=person,
        effective_at=informed_at,
        details={"medium": medium},
        at=at,
    )


def classify(
    *, actor: User | None, person: Person, recipient_type: str, basis: str, at: datetime
) -> LedgerEvent:
    """Record whether the person is contacted as a consumer or for a business, and on what basis.

    :raises errors.Invalid: neither ``consumer`` nor ``business``
    """
    if recipient_type not in ("consumer", "business"):
        raise errors.Invalid({"recipient_type": [_("Bitte wählen Sie privat oder geschäftlich.")]})
    return _about_person(
        EventKind.CLASSIFIED,
        actor=actor,
        person=person,
        effective_at=at,
        details={"type": recipient_type},
        payload={"basis": basis},
        at=at,
    )


def document_identity(
    *, actor: User | None, person: Person, proof: str, at: datetime
) -> LedgerEvent:
    """Record that merged records were shown to be the same person's: from now on what they
    declared counts in the order of time.

    :raises errors.Invalid: it is not told how (field ``proof``)
    """
    if not proof.strip():
        raise errors.Invalid({"proof": [_("Bitte sagen Sie, wie die Identität geprüft wurde.")]})
    return _about_person(
        EventKind.IDENTIFIED,
        actor=actor,
        person=person,
        effective_at=at,
        details={},
        payload={"proof": proof.strip()},
        at=at,
    )


def note_death(
    *, actor: User | None, person: Person, died_at: datetime, at: datetime
) -> LedgerEvent:
    """Record that the person has died: no advertising, everything else only after a look."""
    return _about_person(
        EventKind.DECEASED,
        actor=actor,
        person=person,
        effective_at=died_at,
        details={},
        at=at,
    )


def clear(
    *,
    actor: User,
    person: Person,
    point: ContactPoint | None,
    channel: str,
    purpose: str,
    reason: str,
    until: datetime,
    at: datetime,
) -> LedgerEvent:
    """Record that an authorised person cleared what was to be reviewed, why and until when.

    :raises errors.Invalid: without a reason, or already over
    """
    wrong = {}
    if not reason.strip():
        wrong["reason"] = [_("Bitte begründen Sie die Freigabe.")]
    if until <= at:
        wrong["until"] = [_("Bitte wählen Sie ein Ende in der Zukunft.")]
    if wrong:
        raise errors.Invalid(wrong)
    return _about_person(
        EventKind.CLEARED,
        actor=actor,
        person=person,
        point=point,
        channels=[channel],
        purposes=[purpose],
        effective_at=at,
        details={"until": chain.instant(until)},
        payload={"reason": reason.strip()},
        at=at,
    )


def _about_person(
    kind: EventKind,
    *,
    actor: User | None,
    person: Person,
    effective_at: datetime,
    at: datetime,
    details: Mapping[str, Any],
    point: ContactPoint | None = None,
    controller: Controller | None = None,
    channels: Sequence[str] = (),
    purposes: Sequence[str] = (),
    payload: Mapping[str, Any] | None = None,
) -> LedgerEvent:
    return recording.append(
        recording.Draft(
            kind=kind,
            effective_at=effective_at,
            person=references.subject_of(person),
            point=references.point_of(point) if point is not None else None,
            controller=controller.public_id if controller else None,
            channels=channels,
            purposes=purposes,
            details=details,
            payload=payload,
        ),
        actor=actor,
        at=at,
    )
