"""A fair with a stand, and slips as they lie there once they have arrived."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from consent import controllers
from crm.accounts.models import User
from history.fairs import access, capturing, devices, events
from history.fairs.capturing import Sent
from history.fairs.slips import FIELDS
from history.models import Event, LeadCapture

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


def slip(event: Event, *, by: User, at: datetime, **values: Any) -> LeadCapture:
    """A slip captured and arrived at ``at``; what is no field of a slip is set afterwards."""
    device = event.devices.filter(user=by).first()
    if device is None:
        device, _secret = devices.register(actor=by, event=event, name="Tablet", at=at)
    given = {**VISITOR, **values}
    fields = {name: value for name, value in given.items() if name in FIELDS}
    sent = Sent(
        captured_at=at.isoformat(), device_now=at.isoformat(), base=None, fields=fields, files=[]
    )
    lead = capturing.arrive(device=device, client_id=uuid4(), sent=sent, at=at).lead
    for name in sorted(set(given) - set(fields)):
        setattr(lead, name, given[name])
    lead.save()
    return access.lead_for(user=by, public_id=lead.public_id)
