"""A fair with a stand, and slips as they lie there once they have arrived."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from consent import controllers
from contacts import contact_points, persons
from crm.accounts.models import User
from history import touchpoints
from history.activities import planning
from history.fairs import events
from history.models import Event, LeadCapture, ParticipantRole

NAME = "Raumlicht Berlin 2026"
VISITOR = {
    "name": "Jens Kowalski",
    "company_name": "Havelberg Anlagenbau GmbH",
    "function": "Leiter Technik",
    "email": "j.kowalski@havelberg.example",
    "need": "LED für Halle 3\nDie alten Röhren flackern.",
    "note": "War mit einem Planer da.",
    "answers": {
        "volume": ["150-300"],
        "horizon": ["6"],
        "authority": ["decider"],
        "need": ["project"],
        "competitor": ["others"],
    },
    "grade": "A",
}


def fair(*, by: User, team: list[User], at: datetime, **values: Any) -> Event:
    """A fair of three days around ``at`` that deletes in June."""
    given = {
        "name": NAME,
        "stand": "4.2-118",
        "place": "Messe Berlin",
        "starts_on": at.date() - timedelta(days=1),
        "ends_on": at.date() + timedelta(days=1),
        "controller": controllers.default(),
        "delete_on": date(2026, 6, 30),
        "team": team,
        **values,
    }
    return events.create(actor=by, values=given, at=at)


def slip(
    event: Event, *, by: User, at: datetime, arrived: bool = True, **values: Any
) -> LeadCapture:
    """A slip captured at ``at``; with ``arrived`` its person, contact and follow-up are made."""
    lead = LeadCapture.objects.create(
        client_id=uuid4(), event=event, captured_by=by, captured_at=at, device_at=at,
        received_at=at, **{**VISITOR, **values},
    )  # fmt: skip
    if arrived and lead.name:
        _arrive(lead, by=by, at=at)
    return lead


def _arrive(lead: LeadCapture, *, by: User, at: datetime) -> None:
    given, _space, surname = lead.name.rpartition(" ")
    lead.person = persons.create(
        actor=by,
        values={"given_name": given, "surname": surname},
        source=lead.event.source,
        owner=by,
        team=by.teams.first(),
        at=at,
    )
    for kind, value in (("EMAIL", lead.email), ("PHONE", lead.phone), ("MOBILE", lead.mobile)):
        if value:
            contact_points.add(
                actor=by,
                record=lead.person,
                kind=kind,
                value=value,
                source=lead.event.source,
                at=at,
            )
    lead.touchpoint = touchpoints.record(
        actor=by,
        channel="FAIR",
        happened_at=lead.captured_at,
        at=at,
        persons=[(lead.person, ParticipantRole.PARTNER)],
        subject=f"{lead.event}: {lead.need[:60]}",
        body=lead.note,
    )
    hours = {"A": 24, "B": 48, "C": 168}.get(lead.grade, 168)
    lead.activity = planning.plan(
        actor=by,
        values={
            "kind": "CALL",
            "subject": "Nachfassen",
            "due_at": lead.captured_at + timedelta(hours=hours),
            "has_time": True,
            "person": lead.person,
        },
        at=lead.captured_at,
    )
    lead.save()
