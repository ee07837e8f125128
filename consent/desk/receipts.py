"""A consent as a record after ISO/IEC TS 27560:2023, for programs that exchange consents.

The field names are those of the standard's record structure; what it leaves to the implementer is
written as codes of this ledger.
"""

from typing import Any

from django.utils import timezone

from consent import keys
from consent.decision.codes import PURPOSES
from consent.desk.files import ConsentFile
from consent.models import EventKind

SCHEMA = "ISO/IEC TS 27560:2023"
STATES = {
    EventKind.PENDING: "consentRequested",
    EventKind.REQUESTED: "consentRequested",
    EventKind.GRANTED: "consentGiven",
    EventKind.IMPORTED: "consentGiven",
    EventKind.CONFIRMED: "consentGiven",
    EventKind.RENEWED: "renewedConsentGiven",
    EventKind.REFUSED: "consentRefused",
    EventKind.WITHDRAWN: "consentWithdrawn",
    EventKind.EXPIRED: "consentExpired",
    EventKind.INVALIDATED: "consentInvalidated",
    EventKind.DISPUTED: "consentUnknown",
}


def receipt(file: ConsentFile) -> dict[str, Any]:
    """The receipt of one consent: JSON values."""
    root, text = file.root, file.text
    told = [(root.kind, root), *((event.kind, event) for event in file.events[1:])]
    return {
        "header": {
            "schemaVersion": SCHEMA,
            "receiptId": str(root.public_id),
            "piiPrincipalId": str(root.person),
            "ledger": keys.signing_key().public.name,
        },
        "processing": {
            "privacyNotice": {
                "title": text.title if text else None,
                "language": text.language if text else None,
                "version": text.version if text else None,
                "sha256": root.text,
                "content": text.body if text else None,
            },
            "purposes": [
                {
                    "purpose": purpose,
                    "purposeType": PURPOSES.get(purpose),
                    "lawfulBasis": "consent (Art. 6(1)(a) GDPR)",
                    "channels": list(root.channels),
                    "piiControllers": [str(root.controller)],
                    "retentionPeriod": {"until": file.keep_until.isoformat()},
                    "withdrawalMethod": "as easy as giving it, by any channel",
                }
                for purpose in root.purposes
            ],
        },
        "partyIdentification": [
            {
                "partyId": str(root.controller),
                "partyRole": "PII controller",
                "partyName": text.controller.name if text else None,
                "partyAddress": _address(text.controller) if text else None,
                "partyEmail": text.controller.email if text else None,
                "partyContact": text.controller.privacy_contact if text else None,
            }
        ],
        "eventSchema": [
            {
                "eventId": str(event.public_id),
                "eventTime": timezone.localtime(event.effective_at).isoformat(),
                "recordedTime": timezone.localtime(event.recorded_at).isoformat(),
                "eventType": "explicit",
                "eventState": STATES[EventKind(kind)],
                "entityId": str(event.person),
                "sequence": event.seq,
                "leafHash": bytes(event.leaf_hash).hex(),
                "evidence": list(event.evidence),
            }
            for kind, event in told
            if kind in STATES
        ],
    }


def _address(controller: Any) -> str:
    return f"{controller.street}, {controller.postal_code} {controller.city}".strip(", ")
