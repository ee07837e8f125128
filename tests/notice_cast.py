"""A controller that names itself, and its notice of appointments in force."""

from datetime import datetime

from consent import controllers
from consent.models import Controller, NoticeVersion
from consent.notices import configuring, starters, versions

FIRM = {
    "name": "Nordlicht GmbH",
    "street": "Kai 1",
    "postal_code": "20457",
    "city": "Hamburg",
    "email": "info@nordlicht.example",
    "authority": "Aufsicht Hamburg",
}


def responsible() -> Controller:
    """The default controller with everything that a notice tells of it."""
    found = controllers.default()
    for name, value in FIRM.items():
        setattr(found, name, value)
    found.save()
    return found


def published(at: datetime) -> NoticeVersion:
    """All starters are set up, a recipient is named, the notice of appointments is published."""
    controller = responsible()
    starters.create(actor=None, controller=controller, at=at)
    configuring.name_recipient(
        actor=None,
        controller=controller,
        name="Rechenzentrum Alster GmbH",
        category="hosting",
        purposes=["appointment", "contract", "bought_addresses"],
        at=at,
    )
    draft = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    return versions.publish(actor=None, version=draft, at=at)
