"""SMS to contacts, through the gateway of the installation."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from consent import gate
from consent.decision import codes
from consent.models import ContactDecision, Controller, LedgerEvent
from consent.sending import gateways, permits
from contacts.models import ContactPoint, Person
from crm.accounts.models import User

NotSent = gateways.GatewayFailed
"""The provider did not take the message."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What left: the provider's id, SHA-256 of the text (hex), the use event."""

    message_id: str
    body_sha256: str
    use: LedgerEvent


def send(
    *,
    actor: User | None,
    decision: ContactDecision,
    person: Person,
    point: ContactPoint,
    purpose: str,
    controller: Controller,
    text: str,
    at: datetime,
) -> Sent:
    """Send one SMS and record that the permit was used.

    :raises permits.NoPermit: the decision does not allow exactly this SMS now
    :raises gateways.GatewayFailed: the provider did not take it; nothing is recorded as used
    """
    contact = permits.Contact(
        person=person,
        point=point,
        channel=codes.Channel.SMS,
        purpose=purpose,
        controller=controller,
    )
    permits.require(decision, contact, at=at)
    message_id = gateways.configured().deliver(number=point.normalised, text=text)
    use = gate.use(actor=actor, decision=decision, reference=message_id, outcome="sent", at=at)
    return Sent(message_id, hashlib.sha256(text.encode()).hexdigest(), use)
