"""Confirming a double opt-in: by the link of the mail, or by the code of the SMS."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consent import consents, evidences, links
from consent.decision import opting_in
from consent.ledger import chain
from consent.models import (
    ConfirmationKind,
    EventKind,
    Evidence,
    EvidenceKind,
    Grade,
    LedgerEvent,
    OptInConfirmation,
)
from consent.notices import delivering
from consent.optin import MOST_AGENT, Press, secrets

State = opting_in.State
_ALL = ("request__person", "request__controller", "request__text", "point", "consent")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press came to. ``is_new`` says whether an event was written, ``attempts_left`` how
    often a code may still be tried."""

    state: State
    confirmation: OptInConfirmation
    is_new: bool = False
    attempts_left: int = 0


def look_by_token(token: str, *, at: datetime) -> Answer:
    """How it stands with the link; changes nothing, however often a scanner opens it.

    :raises links.UnknownLink: there is no such token
    """
    found = _by_token(token)
    return _answer(found, at=at)


def look_by_ref(ref: object, *, at: datetime) -> Answer:
    """How it stands with a code.

    :raises links.UnknownLink: there is no such request
    """
    return _answer(_by_ref(ref), at=at)


def look(confirmation: OptInConfirmation, *, at: datetime) -> Answer:
    """How it stands with one that was found already (one query)."""
    return _answer(confirmation, at=at)


@transaction.atomic
def confirm_link(*, token: str, press: Press, at: datetime) -> Answer:
    """Somebody pressed the button on the page behind the link. A second press changes nothing.

    :raises links.UnknownLink: there is no such token
    """
    return _confirm(_by_token(token, lock=True), press=press, at=at)


@transaction.atomic
def confirm_code(*, ref: object, code: str, press: Press, at: datetime) -> Answer:
    """Somebody entered a code. After five wrong ones it is locked, right or not.

    :raises links.UnknownLink: there is no such request
    """
    found = _by_ref(ref, lock=True)
    before = _answer(found, at=at)
    if before.state != State.PENDING:
        return before
    entered = secrets.hash_of_code("".join(code.split()), ref=found.ref)
    if hmac.compare_digest(entered, bytes(found.secret)):
        return _confirm(found, press=press, at=at)
    found.wrong_attempts += 1
    found.save(update_fields=["wrong_attempts"])
    return _answer(found, at=at)


def _confirm(found: OptInConfirmation, *, press: Press, at: datetime) -> Answer:
    before = _answer(found, at=at)
    if found.confirmed_at or opting_in.pressed(waiting_of(found), at=at) != State.GRANTED:
        return before
    found.confirmed_at = at
    found.confirmed_address = press.address
    found.confirmed_agent = press.agent[:MOST_AGENT]
    consents.confirm(
        actor=None,
        consent=found.consent,
        how=found.kind,
        point=found.point,
        channels=found.channels,
        effective_at=at,
        at=at,
        evidence=[_protocol(found, at=at)],
        payload={"address": found.confirmed_address, "agent": found.confirmed_agent},
    )
    found.save(update_fields=["confirmed_at", "confirmed_address", "confirmed_agent"])
    delivering.arrived(person=found.request.person, reference=found.message_id, at=at)
    return Answer(State.GRANTED, found, is_new=True)


def _answer(found: OptInConfirmation, *, at: datetime) -> Answer:
    state = opting_in.state_of(waiting_of(found), at=at)
    return Answer(state, found, attempts_left=opting_in.MOST_ATTEMPTS - found.wrong_attempts)


def waiting_of(found: OptInConfirmation) -> opting_in.Waiting:
    """What is known of it, as the rules read it (one query)."""
    ended = (
        LedgerEvent.objects.filter(
            about=found.consent_id, kind__in=[EventKind.WITHDRAWN, EventKind.INVALIDATED]
        )
        .order_by("effective_at")
        .first()
    )
    return opting_in.Waiting(
        requested_at=found.request.requested_at,
        expires_at=found.expires_at,
        confirmed_at=found.confirmed_at,
        withdrawn_at=ended.effective_at if ended else None,
        wrong_attempts=found.wrong_attempts,
    )


def _protocol(found: OptInConfirmation, *, at: datetime) -> Evidence:
    """The whole course in one document: what was asked, sent and confirmed, when and from where."""
    made = found.request
    log = {
        "request": str(made.public_id),
        "requested_at": chain.instant(made.requested_at),
        "requested_from": {"address": made.address, "agent": made.agent, "form": made.form},
        "text": {
            "title": made.text.title,
            "version": made.text.version,
            "language": made.text.language,
            "sha256": made.text.sha256,
        },
        "contact_point": found.point.display,
        "channels": found.channels,
        "purposes": made.purposes,
        "how": found.kind,
        "message_id": found.message_id,
        "message_sha256": found.body_sha256,
        "sent_at": chain.instant(found.sent_at) if found.sent_at else None,
        "confirmed_at": chain.instant(at),
        "confirmed_from": {"address": found.confirmed_address, "agent": found.confirmed_agent},
    }
    is_mail = found.kind == ConfirmationKind.EMAIL_LINK
    content = json.dumps(log, ensure_ascii=False, sort_keys=True, indent=1).encode()
    return evidences.store(
        content=content,
        kind=EvidenceKind.MAIL if is_mail else EvidenceKind.CODE_LOG,
        grade=Grade.B,
        media_type="application/json",
        name=_("Bestätigung.json"),
        at=at,
    )


def _by_token(token: str, *, lock: bool = False) -> OptInConfirmation:
    rows = OptInConfirmation.objects.filter(
        kind=ConfirmationKind.EMAIL_LINK, secret=secrets.hash_of_token(token)
    )
    return _one(rows, lock=lock)


def _by_ref(ref: object, *, lock: bool = False) -> OptInConfirmation:
    rows = OptInConfirmation.objects.filter(kind=ConfirmationKind.SMS_CODE, ref=str(ref))
    return _one(rows, lock=lock)


def _one(rows: QuerySet[OptInConfirmation], *, lock: bool) -> OptInConfirmation:
    rows = rows.select_related(*_ALL)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise links.UnknownLink
    return found
