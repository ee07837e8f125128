"""A fair with our stand, a device on it, and the links that it shows to visitors."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from consent.models import Controller
from contacts import sources
from crm.accounts.models import User
from history.fairs import visitor_links
from history.models import CaptureDevice, Event

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
