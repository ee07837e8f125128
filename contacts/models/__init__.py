"""Master data, qualification data, imports and saved views."""

from contacts.models.address import Address, AddressKind
from contacts.models.company import Company
from contacts.models.contact_point import (
    ContactPoint,
    ContactPointHolder,
    ContactPointKind,
    ContactPointStatus,
    Purpose,
    VerificationMethod,
)
from contacts.models.employment import Employment
from contacts.models.external_id import ExternalId
from contacts.models.imports import ImportOutcome, ImportRow, ImportRun, ImportState
from contacts.models.matching import (
    RECORDS,
    CompanySignature,
    MatchingKind,
    MatchingModel,
    MatchingRun,
    MatchingScope,
    MatchingShard,
    MatchingSnapshot,
    MatchingState,
    MatchingStep,
    MatchName,
    PairDecision,
    PersonSignature,
    SuspectGroup,
    SuspectPair,
)
from contacts.models.merging import (
    AutomaticMerging,
    Merge,
    MergeEntry,
    MergeMember,
    MergeOrigin,
)
from contacts.models.person import Person, Salutation
from contacts.models.qualification import (
    Criterion,
    CriterionChoice,
    CriterionSubject,
    CriterionType,
    CriterionValue,
    Sensitivity,
)
from contacts.models.saved_view import SavedView
from contacts.models.source import Source, SourceKind

__all__ = [
    "RECORDS",
    "Address",
    "AddressKind",
    "AutomaticMerging",
    "Company",
    "CompanySignature",
    "ContactPoint",
    "ContactPointHolder",
    "ContactPointKind",
    "ContactPointStatus",
    "Criterion",
    "CriterionChoice",
    "CriterionSubject",
    "CriterionType",
    "CriterionValue",
    "Employment",
    "ExternalId",
    "ImportOutcome",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "MatchName",
    "MatchingKind",
    "MatchingModel",
    "MatchingRun",
    "MatchingScope",
    "MatchingShard",
    "MatchingSnapshot",
    "MatchingState",
    "MatchingStep",
    "Merge",
    "MergeEntry",
    "MergeMember",
    "MergeOrigin",
    "PairDecision",
    "Person",
    "PersonSignature",
    "Purpose",
    "Salutation",
    "SavedView",
    "Sensitivity",
    "Source",
    "SourceKind",
    "SuspectGroup",
    "SuspectPair",
    "VerificationMethod",
]
