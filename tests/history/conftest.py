"""Contacts of a few people, written as the services write them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contacts import companies
from contacts.models import Company, Person, Source
from crm.accounts.models import User
from history import touchpoints
from history.models import ParticipantRole, Touchpoint


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def maier(make_person: Callable[..., Person]) -> Person:
    return make_person("Johannes", "Maier", title="Dr.")


@pytest.fixture
def havelberg(admin: User, source: Source, at: datetime) -> Company:
    return companies.create(
        actor=admin, values={"name": "Havelberg Anlagenbau GmbH"}, source=source, at=at
    )


@pytest.fixture
def took_place(admin: User, at: datetime) -> Callable[..., Touchpoint]:
    """``took_place(maier, channel="PHONE", ago=timedelta(days=3), subject="...")``."""

    def make(*persons: Person, ago: timedelta = timedelta(0), **values: Any) -> Touchpoint:
        given = {"channel": "PHONE", "direction": "IN", "actor": admin} | values
        return touchpoints.record(
            persons=[(person, ParticipantRole.PARTNER) for person in persons],
            happened_at=at - ago,
            at=at,
            **given,
        )

    return make
