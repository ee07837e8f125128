"""A fair with our stand, consent texts, and a device in the hands of somebody from sales."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from consent.models import ConsentText, Controller
from contacts import sources
from contacts.models import SourceKind
from crm.accounts.models import User
from history.fairs import capturing, devices, starters
from history.fairs.capturing import Arrival, Sent
from history.models import CaptureDevice, Event

pytest_plugins = ["tests.consent_cast"]

NAMED = {"name": "Hans Mayer", "company_name": "Havelberg Anlagenbau GmbH"}
FULL = {
    **NAMED,
    "function": "Leiter Technik",
    "email": "h.mayer@havelberg.example",
    "phone": "030/23125-101",
    "mobile": "0152 28817386",
    "need": "Hallen 3 und 4 auf LED, ohne einen Tag Stillstand.",
    "note": "Kommt morgen wieder.",
    "answers": {"volume": ["150-300"], "horizon": ["6"], "authority": ["technical"]},
    "origins": {"phone": "card"},
    "grade": "A",
    "next_step": "",
    "next_step_on": None,
    "opt_ins": [],
}


@pytest.fixture
def event(controller: Controller, sales: User, at: datetime) -> Event:
    """From the day of the fixed instant for three days."""
    source = sources.create(actor=None, kind=SourceKind.FAIR, name="Raumlicht Berlin 2026", at=at)
    made = Event.objects.create(
        name="Raumlicht Berlin 2026",
        stand="4.2-118",
        place="Berlin",
        starts_on=date(2026, 3, 17),
        ends_on=date(2026, 3, 19),
        controller=controller,
        source=source,
        form=starters.form().stored(),
        follow_up=starters.follow_up(),
        delete_on=date(2026, 9, 30),
        created_at=at - timedelta(days=20),
        updated_at=at,
    )
    made.team.add(sales)
    return made


@pytest.fixture
def text(published: Callable[..., ConsentText], event: Event) -> ConsentText:
    """The shipped text for fairs: e-mail, phone, SMS."""
    found = published("fair")
    event.texts.add(found)
    return found


@pytest.fixture
def device(sales: User, event: Event, at: datetime) -> CaptureDevice:
    return devices.register(actor=sales, event=event, name="Tablet am Stand", at=at)[0]


@pytest.fixture
def client_id() -> UUID:
    """The number that the device gave the slip."""
    return uuid4()


@pytest.fixture
def send(device: CaptureDevice, client_id: UUID, at: datetime) -> Callable[..., Arrival]:
    """``send(FULL, ago=minutes, base=..., at=...)``: the slip of the fixed number."""

    def sending(
        fields: Mapping[str, Any],
        *,
        id: UUID = client_id,
        of: CaptureDevice = device,
        at: datetime = at,
        **more: Any,
    ) -> Arrival:
        moment = (at - timedelta(minutes=5)).isoformat()
        times = {"captured_at": moment, "device_now": at.isoformat()}
        sent = Sent(fields=fields, **{**times, **more})
        return capturing.arrive(device=of, client_id=id, sent=sent, at=at)

    return sending
