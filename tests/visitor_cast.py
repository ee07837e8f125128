"""A fair with our stand, a device on it, and the links that it shows to visitors."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from consent.models import Controller
from contacts import intake, sources
from crm.accounts.models import User
from history.fairs import capturing, visitor_links
from history.models import CaptureDevice, Event, LeadCapture

VALUES = {
    "name": "Hans Mayer",
    "company_name": "Havelberg Anlagenbau GmbH",
    "email": "h.mayer@havelberg.example",
    "mobile": "0152 28817386",
    "phone": "030 23125 101",
}
MakesToken = Callable[..., str]


@pytest.fixture
def fair(controller: Controller, admin: User, sales: User, at: datetime) -> Event:
    """Raumlicht Berlin, from the day before ``at`` to the day after."""
    return fair_on(at, controller=controller, team=[sales])


def fair_on(at: datetime, *, controller: Controller, team: Any, **values: Any) -> Event:
    """A fair around that day."""
    first = date(at.year, at.month, at.day) - timedelta(days=1)
    facts: dict[str, Any] = {
        "name": "Raumlicht Berlin",
        "stand": "4.2-118",
        "place": "Berlin",
        "starts_on": first,
        "ends_on": first + timedelta(days=2),
        "delete_on": first + timedelta(days=92),
        **values,
    }
    source = sources.create(actor=None, kind="FAIR", name=facts["name"], at=at)
    event = Event.objects.create(
        controller=controller, source=source, created_at=at, updated_at=at, **facts
    )
    event.team.set(team)
    return event


def device_of(event: Event, user: User, *, at: datetime) -> CaptureDevice:
    """A device of the user's."""
    return CaptureDevice.objects.create(
        event=event,
        user=user,
        name="Tablet 2",
        digest=uuid4().hex * 2,
        created_at=at,
        expires_at=at + timedelta(days=20),
    )


@pytest.fixture
def device(fair: Event, sales: User, at: datetime) -> CaptureDevice:
    return device_of(fair, sales, at=at)


@pytest.fixture
def client_id() -> UUID:
    """The number that the device gave the slip."""
    return uuid4()


@pytest.fixture
def token_for(device: CaptureDevice, client_id: UUID, at: datetime) -> MakesToken:
    """``token_for(email="")``: the link for Hans Mayer's slip, with what is named different."""

    def make(**other: Any) -> str:
        return visitor_links.make(
            device=device, client_id=client_id, device_at=at, values={**VALUES, **other}
        )

    return make


def announce(
    *, device: CaptureDevice, client_id: UUID, device_at: datetime, values: Any, at: datetime
) -> LeadCapture:
    """What :func:`history.fairs.capturing.announce` promises, in its smallest form."""
    lead, _is_new = LeadCapture.objects.get_or_create(
        client_id=client_id,
        defaults={
            "event": device.event, "device": device, "captured_by": device.user,
            "captured_at": min(device_at, at), "device_at": device_at, "received_at": at,
            "state": "ANNOUNCED", **values,
        },
    )  # fmt: skip
    if lead.person is None and (name := lead.name or values.get("name")):
        given, _space, surname = name.rpartition(" ")
        points = [
            intake.NewPoint(kind.lower(), kind, lead_value)
            for kind, lead_value in (
                ("EMAIL", lead.email), ("MOBILE", lead.mobile), ("PHONE", lead.phone),
            )
            if lead_value
        ]  # fmt: skip
        lead.person = intake.create_person_with(
            actor=device.user,
            values={"given_name": given, "surname": surname},
            points=points,
            source=device.event.source,
            at=at,
        )
        lead.save()
    return lead


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capturing, "announce", announce)
