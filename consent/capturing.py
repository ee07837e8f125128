"""What colleagues record about consents: slips, calls, fairs, withdrawals, objections.

The forms of the screens and the API call these functions; both ask for the permission here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from consent import (
    channels,
    circumstances,
    consents,
    criteria,
    evidences,
    gate,
    links,
    standing,
)
from consent.decision import recording as call_recording
from consent.ledger import chain
from consent.models import ConsentText, Evidence, EvidenceKind, Grade, LedgerEvent, OptInRequest
from consent.optin import Press, requests
from consent.optin.requests import Wish
from consent.sending import mail
from contacts import access
from contacts.models import ContactPoint, Criterion, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors

SPOKEN = ("oral_inbound", "oral_outbound")
VIA = ("phone", "email", "letter", "sms", "in_person", "other")
NOTICE = "legal_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that proves something: its bytes, what it says it is, its name."""

    content: bytes
    media_type: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What somebody declared towards a colleague.

    ``method`` is ``paper``, ``fair``, ``oral_inbound`` or ``oral_outbound``; ``agent`` and
    ``customer`` are what both said to a recording, in the codes of
    :mod:`consent.decision.recording`. On a text that names criteria, ``criteria`` are those of
    which the answers may be kept; it is about no contact point then.
    """

    text: ConsentText
    method: str
    declared_at: datetime
    wishes: Sequence[Wish] = ()
    criteria: Sequence[str] = ()
    is_yes: bool = True
    proof: Attachment | None = None
    note: str = ""
    agent: str = "no"
    customer: str = "no"


@transaction.atomic
def record(*, actor: User, person: Person, declared: Declared, at: datetime) -> list[LedgerEvent]:
    """Record a yes or a no, one event for each contact point or criterion.

    A signed slip and a recorded call are evidence of grade A; what a colleague only notes down is
    grade C, and the gate may find it too weak for advertising.

    :raises errors.NotPermitted: the role may not record consents
    :raises errors.Invalid: nothing ticked, no scan of a slip, a recording nobody agreed to
    """
    _require_recorder(actor, person)
    asked = _criteria(declared)
    if not asked:
        _require_ways(declared.wishes)
    proof = _proof(actor, declared, at=at)
    act = consents.grant if declared.is_yes else consents.refuse
    about: list[dict[str, Any]] = [
        {"point": wish.point, "channels": wish.channels} for wish in declared.wishes
    ] + [{"point": None, "channels": [], "criterion": criterion} for criterion in asked]
    return [
        act(
            actor=actor,
            declaration=consents.Declaration(
                person=person,
                controller=declared.text.controller,
                purposes=declared.text.purposes,
                method=declared.method,
                declared_at=declared.declared_at,
                text=declared.text,
                evidence=[proof],
                payload={"note": declared.note} if declared.note else {},
                **each,
            ),
            at=at,
        )
        for each in about
    ]


def ask(
    *,
    actor: User,
    person: Person,
    text: ConsentText,
    wishes: Sequence[Wish],
    press: Press,
    at: datetime,
) -> OptInRequest:
    """Ask for a double opt-in, for somebody who wants it: see :func:`requests.request`."""
    _require_recorder(actor, person)
    return requests.request(
        actor=actor,
        person=person,
        controller=text.controller,
        text=text,
        wishes=wishes,
        purposes=text.purposes,
        press=press,
        at=at,
    )


@transaction.atomic
def withdraw(
    *,
    actor: User,
    person: Person,
    lines: Sequence[str],
    received_at: datetime,
    via: str,
    wording: str = "",
    at: datetime,
) -> list[LedgerEvent]:
    """Record the withdrawal of what stands (:attr:`standing.Line.key`), from its receipt on.

    :raises errors.Invalid: nothing chosen, or it is withdrawn already
    :raises consents.TooEarly: received before the consent was given
    """
    _require_recorder(actor, person)
    open_ = {line.key: line for line in standing.of(person, at=at)}
    if not lines or not set(lines) <= set(open_):
        raise errors.Invalid({"lines": [_("Bitte wählen Sie, was widerrufen wurde.")]})
    named: dict[LedgerEvent, list[standing.Line]] = {}
    for key in dict.fromkeys(lines):
        named.setdefault(open_[key].consent, []).append(open_[key])
    return [
        event
        for consent, some in named.items()
        for event in consents.withdraw(
            actor=actor,
            consents=[consent],
            received_at=received_at,
            at=at,
            channels=standing.withdrawn_channels(some),
            via=_known_via(via),
            payload={"wording": wording},
        )
    ]


@transaction.atomic
def object_to(
    *,
    actor: User,
    person: Person,
    scope: str,
    received_at: datetime,
    via: str,
    value: str = "",
    point: ContactPoint | None = None,
    wording: str = "",
    at: datetime,
) -> LedgerEvent:
    """Record an objection to advertising; see :func:`circumstances.object_to_marketing`."""
    _require_recorder(actor, person)
    return circumstances.object_to_marketing(
        actor=actor,
        person=person,
        scope=scope,
        value=value,
        point=point,
        received_at=received_at,
        via=_known_via(via),
        wording=wording,
        at=at,
    )


@transaction.atomic
def end(
    *,
    actor: User,
    person: Person,
    lines: Sequence[str] = (),
    objected: Mapping[str, Any] | None = None,
    received_at: datetime,
    via: str,
    wording: str = "",
    at: datetime,
) -> list[LedgerEvent]:
    """Record withdrawal and objection that came together: both or none.

    ``objected`` has ``scope`` and its ``value`` or ``point`` as :func:`object_to` takes them.
    """
    known: dict[str, Any] = {
        "actor": actor,
        "person": person,
        "received_at": received_at,
        "via": via,
        "wording": wording,
        "at": at,
    }
    events = withdraw(lines=lines, **known) if lines else []
    if objected:
        events.append(object_to(**objected, **known))
    return events


def confirm_in_writing(
    *, actor: User, person: Person, events: Sequence[LedgerEvent], text: ConsentText,
    point: ContactPoint, at: datetime,
) -> mail.Sent:  # fmt: skip
    """Send what was agreed to on the phone in text form, with the way to withdraw it.

    :raises gate.NotAllowed: the gate refuses the mail
    """
    _require_recorder(actor, person)
    decision = gate.permit(
        actor=actor, person=person, point=point, channel="email", purpose=NOTICE,
        controller=text.controller, at=at,
    )  # fmt: skip
    named = [
        *(channels.label(each) for each in sorted({c for event in events for c in event.channels})),
        *criteria.labels(events).values(),
    ]
    body = "\n\n".join(
        (
            _("Guten Tag,"),
            _(
                "am Telefon haben Sie %(firm)s eine Einwilligung gegeben: %(channels)s. Der "
                "Wortlaut:"
            )
            % {
                "firm": text.controller.name,
                "channels": ", ".join(named),
            },
            "\n".join(f"> {line}".rstrip() for line in text.body.splitlines()),
            _("Wenn das nicht stimmt oder Sie es widerrufen möchten, genügt ein Klick hier:")
            + "\n"
            + links.preferences(person=person, point=point, controller=text.controller),
        )
    )
    return mail.send(
        actor=actor, decision=decision, person=person, point=point, purpose=NOTICE,
        controller=text.controller, subject=_("Ihre Einwilligung am Telefon"), body=body + "\n",
        at=at,
    )  # fmt: skip


def _proof(actor: User, declared: Declared, *, at: datetime) -> Evidence:
    given = declared.proof
    if declared.method == "paper" and given is None:
        raise errors.Invalid(
            {"proof": [_("Bitte fügen Sie ein Foto oder einen Scan des Zettels hinzu.")]}
        )
    if given is None:
        return _note(actor, declared, at=at)
    if declared.method in SPOKEN and not _may_record(declared):
        raise errors.Invalid(
            {
                "proof": [
                    _(
                        "Ohne Ja beider Seiten vor Beginn darf nicht aufgezeichnet werden (§ 201 "
                        "StGB). Bitte löschen Sie die Aufnahme."
                    )
                ]
            }
        )
    is_sound = given.media_type.startswith("audio/")
    return evidences.store(
        content=given.content,
        kind=EvidenceKind.AUDIO if is_sound else EvidenceKind.SCAN,
        grade=Grade.A,
        media_type=given.media_type,
        name=given.name,
        at=at,
    )


def _note(actor: User, declared: Declared, *, at: datetime) -> Evidence:
    """What the colleague remembers, as a document of its own: grade C."""
    note = {
        "noted_by": str(actor.public_id),
        "noted_at": chain.instant(at),
        "declared_at": chain.instant(declared.declared_at),
        "method": declared.method,
        "answer": "yes" if declared.is_yes else "no",
        "note": declared.note,
        "contact_points": [wish.point.display for wish in declared.wishes],
        **({"criteria": list(declared.criteria)} if declared.criteria else {}),
        "text_sha256": declared.text.sha256,
    }
    return evidences.store(
        content=json.dumps(note, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        kind=EvidenceKind.NOTE,
        grade=Grade.C,
        media_type="application/json",
        name=_("Vermerk.json"),
        at=at,
    )


def _may_record(declared: Declared) -> bool:
    return bool(call_recording.may_record(agent=declared.agent, customer=declared.customer))


def _criteria(declared: Declared) -> list[Criterion]:
    """The criteria that were agreed to, if the text is about criteria.

    :raises errors.Invalid: none, one that the text does not name, or contact points as well
    """
    named = declared.text.criteria
    if not named and not declared.criteria:
        return []
    if not declared.criteria or not set(declared.criteria) <= set(named):
        raise errors.Invalid(
            {"criteria": [_("Bitte wählen Sie unter den Angaben, die der Text nennt.")]}
        )
    if declared.wishes:
        raise errors.Invalid({"ways": [_("Diese Einwilligung gilt für keinen Kontaktweg.")]})
    return list(Criterion.objects.filter(code__in=declared.criteria))


def _require_ways(wishes: Sequence[Wish]) -> None:
    problem = ""
    if not any(wish.channels for wish in wishes):
        problem = _("Bitte wählen Sie mindestens einen Weg.")
    for wish in wishes:
        for channel in wish.channels:
            if not channels.fits(channel, wish.point.kind):
                problem = _("%(channel)s geht nicht über %(value)s.") % {
                    "channel": channels.label(channel),
                    "value": wish.point.display,
                }
    if problem:
        raise errors.Invalid({"ways": [problem]})


def _require_recorder(actor: User, person: Person) -> None:
    policy.require(actor, policy.Permission.CONSENT_RECORD)
    access.person_for(user=actor, public_id=person.public_id)


def _known_via(via: str) -> str:
    if via not in VIA:
        raise errors.Invalid({"via": [_("Bitte wählen Sie, auf welchem Weg es kam.")]})
    return via
