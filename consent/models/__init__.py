"""The consent ledger and what hangs on it."""

from consent.models.campaign import Campaign, CampaignExport
from consent.models.controller import Controller
from consent.models.decision import ContactDecision
from consent.models.digest import DigestProgress, PointKey, SubjectDigest
from consent.models.event import (
    ABOUT_THE_POINT,
    ROOTS,
    Checkpoint,
    EventKind,
    EventPayload,
    LedgerEvent,
)
from consent.models.evidence import Evidence, EvidenceKind, Grade
from consent.models.opting_in import ConfirmationKind, OptInConfirmation, OptInRequest
from consent.models.reference import PointReference, Subject
from consent.models.suppression import SuppressionEntry, SuppressionList
from consent.models.text import ConsentText, TextForm, TextStatus

__all__ = [
    "ABOUT_THE_POINT",
    "ROOTS",
    "Campaign",
    "CampaignExport",
    "Checkpoint",
    "ConfirmationKind",
    "ConsentText",
    "ContactDecision",
    "Controller",
    "DigestProgress",
    "EventKind",
    "EventPayload",
    "Evidence",
    "EvidenceKind",
    "Grade",
    "LedgerEvent",
    "OptInConfirmation",
    "OptInRequest",
    "PointKey",
    "PointReference",
    "Subject",
    "SubjectDigest",
    "SuppressionEntry",
    "SuppressionList",
    "TextForm",
    "TextStatus",
]
