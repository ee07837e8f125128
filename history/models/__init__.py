"""Touchpoints, activities, opportunities and commercial data."""

from history.models.activity import Activity, ActivityKind, ActivityState, Priority
from history.models.attachment import Attachment, StoredFile
from history.models.calendar_feed import CalendarFeed
from history.models.commerce import Classification, Invoice, Order, OrderKind, OrderLine
from history.models.opportunity import (
    BuyingRole,
    CloseReason,
    Competitor,
    Opportunity,
    OpportunityState,
    Pipeline,
    Stage,
    StageChange,
    Stakeholder,
    Stance,
    Standing,
)
from history.models.reading import Pin, Visit
from history.models.takeover import (
    Awaited,
    RefusedRow,
    RememberedColumns,
    Takeover,
    TakeoverKind,
    TakeoverState,
    WaitingRow,
)
from history.models.telephony import (
    Call,
    CallEvent,
    CallEventKind,
    CallState,
    Extension,
    TelephoneFormat,
    TelephoneSystem,
)
from history.models.touchpoint import (
    SUBJECTS,
    Category,
    Outcome,
    ParticipantRole,
    Participation,
    Touchpoint,
)

__all__ = [
    "SUBJECTS",
    "Activity",
    "ActivityKind",
    "ActivityState",
    "Attachment",
    "Awaited",
    "BuyingRole",
    "CalendarFeed",
    "Call",
    "CallEvent",
    "CallEventKind",
    "CallState",
    "Category",
    "Classification",
    "CloseReason",
    "Competitor",
    "Extension",
    "Invoice",
    "Opportunity",
    "OpportunityState",
    "Order",
    "OrderKind",
    "OrderLine",
    "Outcome",
    "ParticipantRole",
    "Participation",
    "Pin",
    "Pipeline",
    "Priority",
    "RefusedRow",
    "RememberedColumns",
    "Stage",
    "StageChange",
    "Stakeholder",
    "Stance",
    "Standing",
    "StoredFile",
    "Takeover",
    "TakeoverKind",
    "TakeoverState",
    "TelephoneFormat",
    "TelephoneSystem",
    "Touchpoint",
    "Visit",
    "WaitingRow",
]
