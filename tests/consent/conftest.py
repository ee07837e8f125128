"""Somebody who consents: a person with an e-mail address, a number and a published text."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from consent import consents, controllers, evidences, texts
from consent.decision import codes
from consent.models import ConsentText, Controller, Evidence, LedgerEvent, TextForm
from contacts import contact_points
from contacts.models import ContactPoint, Person, Source
from crm.accounts.models import User

GivesConsent = Callable[..., LedgerEvent]


@pytest.fixture
def controller(db: None) -> Controller:
    return controllers.default()


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Johanna", "Maier")


@pytest.fixture
def mailbox(person: Person, admin: User, source: Source, at: datetime) -> ContactPoint:
    return contact_points.add(
        actor=admin, record=person, kind="EMAIL", value="j.maier@x.example", source=source, at=at
    ).contact_point


@pytest.fixture
def number(person: Person, admin: User, source: Source, at: datetime) -> ContactPoint:
    return contact_points.add(
        actor=admin, record=person, kind="MOBILE", value="0171 3920012", source=source, at=at
    ).contact_point


@pytest.fixture
def text(controller: Controller, at: datetime) -> ConsentText:
    """Published at the fixed instant; names every channel and purpose."""
    draft = texts.draft(
        actor=None,
        code="werbung",
        form=TextForm.PAPER,
        title="Werbung",
        body="Ich willige ein, dass …",
        channels=[*codes.Channel],
        purposes=[*codes.PURPOSES],
        elements=[*texts.ELEMENTS],
        controller=controller,
        at=at,
    )
    return texts.publish(actor=None, text=draft, at=at)


@pytest.fixture
def slip(db: None, at: datetime, settings: Any, tmp_path: Any) -> Evidence:
    """A signed slip of paper."""
    settings.MEDIA_ROOT = tmp_path
    return evidences.store(
        content=b"\x89PNG\r\n\x1a\n signed",
        kind="SCAN",
        grade="A",
        media_type="image/png",
        name="Zettel.png",
        at=at,
    )


@pytest.fixture
def give_consent(
    person: Person,
    mailbox: ContactPoint,
    controller: Controller,
    text: ConsentText,
    slip: Evidence,
    at: datetime,
) -> GivesConsent:
    """``give_consent(channels=["email"], at=…)``: on paper, for the newsletter, by default."""

    def give(*, at: datetime = at, is_pending: bool = False, **values: Any) -> LedgerEvent:
        declared: dict[str, Any] = {
            "person": person,
            "point": mailbox,
            "controller": controller,
            "channels": ["email"],
            "purposes": ["newsletter"],
            "method": "paper",
            "declared_at": at,
            "text": text,
            "evidence": [slip],
            **values,
        }
        return consents.grant(
            actor=None,
            declaration=consents.Declaration(**declared),
            is_pending=is_pending,
            at=at,
        )

    return give
