"""Which rows of the ledger's side tables are about somebody, and what an erasure makes of them."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from consent.models import (
    ContactDecision,
    EventPayload,
    Evidence,
    LedgerEvent,
    NoticeProvision,
    OptInConfirmation,
    PointReference,
    Subject,
    SubjectRequest,
)
from crm.kernel import erasing
from crm.kernel.personal_data import Whose


def events(whose: Whose) -> QuerySet[LedgerEvent]:
    """Events about the person, or about a contact point that nobody else has."""
    return LedgerEvent.objects.filter(Q(person__in=_refs(whose)) | Q(point__in=_point_refs(whose)))


def payloads(whose: Whose) -> QuerySet[Any]:
    """What is personal of these events."""
    return EventPayload.objects.filter(event__in=events(whose).values("public_id"))


def evidence(whose: Whose) -> QuerySet[Any]:
    """Proofs that these events name and no other does."""
    own = events(whose)
    named = {digest for row in own.values_list("evidence", flat=True) for digest in row}
    if not named:
        return Evidence.objects.none()
    others = LedgerEvent.objects.filter(evidence__overlap=sorted(named)).exclude(
        pk__in=own.values("pk")
    )
    needed = {digest for row in others.values_list("evidence", flat=True) for digest in row}
    return Evidence.objects.filter(sha256__in=named - needed, erased_at=None)


def decisions(whose: Whose) -> QuerySet[Any]:
    """Answers of the gate about the person."""
    return ContactDecision.objects.filter(
        Q(subject__in=_refs(whose)) | Q(point__in=_point_refs(whose))
    )


def provisions(whose: Whose) -> QuerySet[Any]:
    """What the person was told about their data."""
    return NoticeProvision.objects.filter(subject__in=_refs(whose))


def confirmations(whose: Whose) -> QuerySet[Any]:
    """What had to be confirmed by the person, or over their contact points."""
    return OptInConfirmation.objects.filter(
        Q(request__person__in=whose.persons) | Q(point__in=whose.points)
    )


def point_references(whose: Whose) -> QuerySet[Any]:
    """What the ledger calls the contact points of the person."""
    return PointReference.objects.filter(contact_point__in=(*whose.points, *whose.shared_points))


def are_of_shared_points(whose: Whose) -> Q:
    """Those that somebody else is reached by, too."""
    return Q(contact_point__in=whose.shared_points)


def leave(_rows: QuerySet[Any], _whose: Whose, _at: datetime) -> None:
    """They are erased with their events."""


def empty_requests(rows: QuerySet[Any], _whose: Whose, _at: datetime) -> None:
    """That there was a request stays, with its days and what was answered in figures."""
    clear_requests(rows)


def clear_requests(rows: QuerySet[Any]) -> None:
    """Take out who asked, and with which words."""
    erasing.clear(
        SubjectRequest.objects.filter(pk__in=list(rows.values_list("pk", flat=True))),
        requester="",
        wording="",
        identified_how=erasing.BLANK,
        extension_reason=erasing.BLANK,
        person=None,
    )


def _refs(whose: Whose) -> list[Any]:
    return list(Subject.objects.filter(person__in=whose.persons).values_list("ref", flat=True))


def _point_refs(whose: Whose) -> list[Any]:
    rows = PointReference.objects.filter(contact_point__in=whose.points)
    return list(rows.values_list("ref", flat=True))
