"""The consent ledger and what hangs on it."""

from consent.models.controller import Controller
from consent.models.decision import ContactDecision
from consent.models.event import ROOTS, Checkpoint, EventKind, EventPayload, LedgerEvent
from consent.models.evidence import Evidence, EvidenceKind, Grade
from consent.models.opting_in import ConfirmationKind, OptInConfirmation, OptInRequest
from consent.models.reference import PointReference, Subject
from consent.models.suppression import SuppressionEntry, SuppressionList
from consent.models.text import ConsentText, TextForm, TextStatus

__all__ = [
    "ROOTS",
    "Checkpoint",
    "ConfirmationKind",
    "ConsentText",
    "ContactDecision",
    "Controller",
    "EventKind",
    "EventPayload",
    "Evidence",
    "EvidenceKind",
    "Grade",
    "LedgerEvent",
    "OptInConfirmation",
    "OptInRequest",
    "PointReference",
    "Subject",
    "SuppressionEntry",
    "SuppressionList",
    "TextForm",
    "TextStatus",
]
