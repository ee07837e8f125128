"""Asking for a double opt-in: recorded first, then one message to each contact point."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from consent import channels, consents, evidences, gate, links
from consent.decision import opting_in
from consent.decision.codes import Channel
from consent.ledger import chain
from consent.models import (
    ConfirmationKind,
    ConsentText,
    Controller,
    Evidence,
    EvidenceKind,
    Grade,
    OptInConfirmation,
    OptInRequest,
    ProvisionMedium,
    ProvisionStatus,
)
from consent.notices import provisions
from consent.notices.documents import Document
from consent.optin import MOST_AGENT, Press, secrets, wording
from consent.sending import mail, sms
from contacts.models import ContactPoint, ContactPointKind, Person
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.ids import uuid7

BY_SMS = opting_in.CONFIRMS["sms_code"]
PURPOSE = "doi_confirmation"


@dataclass(frozen=True, slots=True)
class Wish:
    """That somebody ticked channels for a contact point."""

    point: ContactPoint
    channels: Sequence[str]


def request(
    *,
    actor: User | None,
    person: Person,
    controller: Controller,
    text: ConsentText,
    wishes: Sequence[Wish],
    purposes: Sequence[str],
    press: Press,
    at: datetime,
    notice: Document | None = None,
    shown: Evidence | None = None,
    public_id: UUID | None = None,
) -> OptInRequest:
    """Record what was ticked as pending, and send one message to each contact point.

    Every contact point confirms for itself: an e-mail proves nothing for a number (BGH
    I ZR 164/09). If a message could not be sent, the request stays and the refusal is raised.
    ``notice`` goes along with the mail (Art. 13 GDPR) and is written down as sent with it.
    ``shown`` is the form as it was to be seen, ``public_id`` what the request is to be called.

    :raises errors.Invalid: nothing ticked, or a channel does not go with its contact point
    :raises gate.NotAllowed: the gate refuses the message, for a suppressed address for instance
    :raises errors.DomainError: mail server or SMS provider did not take it
    """
    _require_sound(wishes)
    made, secret_of = record(
        actor=actor,
        person=person,
        controller=controller,
        text=text,
        wishes=wishes,
        purposes=purposes,
        press=press,
        shown=shown,
        public_id=public_id,
        at=at,
    )
    refusals = []
    for confirmation in made.confirmations.select_related("point"):
        confirmation.request = made
        try:
            send(confirmation, secret_of[confirmation.pk], actor=actor, notice=notice, at=at)
        except errors.DomainError as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]
    return made


@transaction.atomic
def record(
    *,
    actor: User | None,
    person: Person,
    controller: Controller,
    text: ConsentText,
    wishes: Sequence[Wish],
    purposes: Sequence[str],
    press: Press,
    shown: Evidence | None = None,
    public_id: UUID | None = None,
    at: datetime,
) -> tuple[OptInRequest, dict[int, str]]:
    """Record what was ticked as pending; gives the request, and by confirmation what is to be sent.

    :raises errors.Invalid: a text, channel or purpose does not fit
    """
    made = OptInRequest.objects.create(
        public_id=public_id or uuid7(),
        person=person,
        controller=controller,
        text=text,
        purposes=sorted(set(purposes)),
        requested_at=press.at or at,
        requested_by=actor,
        address=press.address,
        agent=press.agent[:MOST_AGENT],
        form=press.form[:200],
    )
    secret_of: dict[int, str] = {}
    for wish in wishes:
        proofs = [_form_log(made, wish, shown, at=at), *([shown] if shown else [])]
        consent = consents.grant(
            actor=actor,
            declaration=consents.Declaration(
                person=person,
                point=wish.point,
                controller=controller,
                channels=wish.channels,
                purposes=purposes,
                method="web_form",
                declared_at=made.requested_at,
                text=text,
                evidence=proofs,
                payload={"address": press.address, "agent": made.agent, "form": made.form},
            ),
            is_pending=True,
            at=at,
        )
        confirmation = OptInConfirmation(
            request=made, point=wish.point, channels=consent.channels, consent=consent
        )
        secret = _give_secret(confirmation, at=at)
        confirmation.save()
        secret_of[confirmation.pk] = secret
    return made, secret_of


def send_unsent(made: OptInRequest, *, notice: Document | None = None, at: datetime) -> None:
    """Send what could not be sent when it was asked for, with secrets of its own.

    :raises errors.DomainError: as :func:`request`
    """
    for confirmation in made.confirmations.filter(sent_at=None).select_related("point"):
        confirmation.request = made
        secret = _give_secret(confirmation, at=at)
        confirmation.save(update_fields=["kind", "secret", "expires_at"])
        send(confirmation, secret, actor=made.requested_by, notice=notice, at=at)


def _give_secret(confirmation: OptInConfirmation, *, at: datetime) -> str:
    """The token of a mail or the code of an SMS, of which a hash is kept."""
    if confirmation.point.kind == ContactPointKind.EMAIL:
        secret = secrets.new_token()
        confirmation.kind = ConfirmationKind.EMAIL_LINK
        confirmation.secret = secrets.hash_of_token(secret)
        confirmation.expires_at = at + opting_in.TOKEN_LIVES
    else:
        secret = secrets.new_code()
        confirmation.kind = ConfirmationKind.SMS_CODE
        confirmation.secret = secrets.hash_of_code(secret, ref=confirmation.ref)
        confirmation.expires_at = at + opting_in.CODE_LIVES
    return secret


def send(
    confirmation: OptInConfirmation,
    secret: str,
    *,
    actor: User | None,
    at: datetime,
    notice: Document | None = None,
) -> None:
    """Send the one message of a confirmation.

    :raises gate.NotAllowed: the gate refuses it
    :raises errors.DomainError: mail server or SMS provider did not take it
    """
    made = confirmation.request
    is_mail = confirmation.kind == ConfirmationKind.EMAIL_LINK
    permit = gate.permit(
        actor=actor,
        person=made.person,
        point=confirmation.point,
        channel=Channel.EMAIL if is_mail else Channel.SMS,
        purpose=PURPOSE,
        controller=made.controller,
        at=at,
    )
    sent: mail.Sent | sms.Sent
    if is_mail:
        message = wording.mail(confirmation, link=links.confirmation(secret), notice=notice)
        sent = mail.send(
            actor=actor,
            decision=permit,
            person=made.person,
            point=confirmation.point,
            purpose=PURPOSE,
            controller=made.controller,
            subject=message.subject,
            body=message.body,
            headers={"Auto-Submitted": "auto-generated"},
            at=at,
        )
    else:
        sent = sms.send(
            actor=actor,
            decision=permit,
            person=made.person,
            point=confirmation.point,
            purpose=PURPOSE,
            controller=made.controller,
            text=wording.sms(confirmation, code=secret),
            at=at,
        )
    confirmation.sent_at = at
    confirmation.message_id = sent.message_id[:300]
    confirmation.body_sha256 = sent.body_sha256
    confirmation.save(update_fields=["sent_at", "message_id", "body_sha256"])
    if is_mail and notice is not None:
        provisions.record(
            actor=actor,
            person=made.person,
            version=notice.version,
            medium=ProvisionMedium.EMAIL,
            status=ProvisionStatus.SENT,
            language=notice.language,
            reference=confirmation.message_id,
            given_at=at,
            at=at,
        )


def _form_log(made: OptInRequest, wish: Wish, shown: Evidence | None, *, at: datetime) -> Evidence:
    """What was sent off: proof of the tick alone, until it is confirmed."""
    log = {
        "request": str(made.public_id),
        "requested_at": chain.instant(made.requested_at),
        "address": made.address,
        "agent": made.agent,
        "form": made.form,
        "text_sha256": made.text.sha256,
        "contact_point": wish.point.display,
        "channels": sorted(set(wish.channels)),
        "purposes": made.purposes,
        **({"form_sha256": shown.sha256} if shown else {}),
    }
    content = json.dumps(log, ensure_ascii=False, sort_keys=True, indent=1).encode()
    return evidences.store(
        content=content,
        kind=EvidenceKind.FORM_LOG,
        grade=Grade.D,
        media_type="application/json",
        name=_("Formular.json"),
        at=at,
    )


def _require_sound(wishes: Sequence[Wish]) -> None:
    ticked = [(wish.point, channel) for wish in wishes for channel in wish.channels]
    problem = ""
    if not ticked:
        problem = _("Bitte wählen Sie mindestens einen Weg.")
    for point, channel in ticked:
        can_confirm = channel == Channel.EMAIL or (
            channel in BY_SMS and point.kind == ContactPointKind.MOBILE
        )
        if not channels.fits(channel, point.kind):
            problem = _("%(channel)s geht nicht über %(value)s.") % {
                "channel": channels.label(channel),
                "value": point.display,
            }
        elif not can_confirm:
            problem = _(
                "%(value)s kann keinen Code empfangen. Bitte nehmen Sie die Einwilligung auf "
                "Papier oder mit Aufzeichnung auf."
            ) % {"value": point.display}
    if problem:
        raise errors.Invalid({"channels": [problem]})
