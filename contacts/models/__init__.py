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
    "Address",
    "AddressKind",
    "Company",
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
    "Person",
    "Purpose",
    "Salutation",
    "SavedView",
    "Sensitivity",
    "Source",
    "SourceKind",
    "VerificationMethod",
]
