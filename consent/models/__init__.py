"""The consent ledger and what hangs on it."""

from consent.models.campaign import Campaign, CampaignExport
from consent.models.controller import Controller, NoticeProfile
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
from consent.models.notice import (
    NoticeItem,
    NoticeProvision,
    NoticePurpose,
    NoticeRecipient,
    NoticeStatus,
    NoticeVersion,
    ProvisionMedium,
    ProvisionStatus,
    SkipReason,
)
from consent.models.opting_in import ConfirmationKind, OptInConfirmation, OptInRequest
from consent.models.reference import PointReference, Subject
from consent.models.request import (
    ErasureRun,
    RequestArticle,
    RequestChannel,
    RequestState,
    Restriction,
    SubjectRequest,
    VaultItem,
)
from consent.models.retention import (
    PeriodUnit,
    ProcessingRecord,
    RetentionHold,
    RetentionPeriod,
    RetentionRun,
)
from consent.models.sign_up import SignUpForm
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
    "ErasureRun",
    "EventKind",
    "EventPayload",
    "Evidence",
    "EvidenceKind",
    "Grade",
    "LedgerEvent",
    "NoticeItem",
    "NoticeProfile",
    "NoticeProvision",
    "NoticePurpose",
    "NoticeRecipient",
    "NoticeStatus",
    "NoticeVersion",
    "OptInConfirmation",
    "OptInRequest",
    "PeriodUnit",
    "PointKey",
    "PointReference",
    "ProcessingRecord",
    "ProvisionMedium",
    "ProvisionStatus",
    "RequestArticle",
    "RequestChannel",
    "RequestState",
    "Restriction",
    "RetentionHold",
    "RetentionPeriod",
    "RetentionRun",
    "SignUpForm",
    "SkipReason",
    "Subject",
    "SubjectDigest",
    "SubjectRequest",
    "SuppressionEntry",
    "SuppressionList",
    "TextForm",
    "TextStatus",
    "VaultItem",
]
