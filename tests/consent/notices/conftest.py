"""A controller that names itself, recipients, and the notices that the starters make of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from consent.models import Controller, NoticeRecipient, NoticeVersion
from consent.notices import configuring, starters, versions
from contacts.models import Person
from tests import notice_cast

Publishes = Callable[..., NoticeVersion]


@pytest.fixture
def controller(db: None) -> Controller:
    return notice_cast.responsible()


@pytest.fixture
def host(controller: Controller, at: datetime) -> NoticeRecipient:
    return configuring.name_recipient(
        actor=None,
        controller=controller,
        name="Rechenzentrum Alster GmbH",
        category="hosting",
        purposes=["appointment", "contract", "bought_addresses"],
        at=at,
    )


@pytest.fixture
def publish(controller: Controller, host: NoticeRecipient, at: datetime) -> Publishes:
    """``publish("appointment")``: the notice as the starters make it, changed by ``facts``."""
    starters.create(actor=None, controller=controller, at=at)

    def made(purpose: str, *, at: datetime = at, **facts: Any) -> NoticeVersion:
        if facts:
            configuring.describe(
                actor=None,
                controller=controller,
                purpose=purpose,
                at=at,
                **{**starters.STARTERS[purpose], **facts},
            )
        draft = versions.draft(actor=None, controller=controller, purpose=purpose, at=at)
        return versions.publish(actor=None, version=draft, at=at)

    return made


@pytest.fixture
def notice(publish: Publishes) -> NoticeVersion:
    """That of appointments."""
    return publish("appointment")


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Johanna", "Maier")
