"""A kind of appointment, somebody who keeps it, somebody who comes, and where messages end up."""
# ruff: noqa: F401 - fixtures

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contacts import addresses
from contacts.models import ContactPoint, Person, Source
from crm.accounts.models import RoleCode, User
from history.appointments import booking, kinds
from history.models import Appointment, AppointmentKind
from tests.consent_cast import controller, email, mobile, point_of


@pytest.fixture(autouse=True)
def _messages_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.SMS_FILE_PATH, settings.PUBLIC_URL = tmp_path / "sms", "https://crm.example"


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Mirjam", "Schultze")


@pytest.fixture
def brandt(make_user: Callable[..., User]) -> User:
    return make_user(RoleCode.SERVICE, first_name="Jonas", last_name="Brandt")


@pytest.fixture
def kind(admin: User, at: datetime) -> AppointmentKind:
    """An hour, and a quarter of an hour to breathe."""
    values = {"name": "Wartung", "length_minutes": 60, "pause_minutes": 15, "place": "VISIT"}
    return kinds.create(actor=admin, values=values, at=at)


@pytest.fixture
def book(
    admin: User, person: Person, kind: AppointmentKind, brandt: User, at: datetime
) -> Callable[..., Appointment]:
    """``book(day(3, 19, 9))``; what is not said is Brandt's Wartung with Schultze."""

    def make(starts_at: datetime, **values: Any) -> Appointment:
        given = {"actor": admin, "person": person, "kind": kind, "employee": brandt, "at": at}
        return booking.book(starts_at=starts_at, **(given | values))

    return make


@pytest.fixture
def home(person: Person, admin: User, source: Source, at: datetime) -> ContactPoint:
    values = {
        "street": "Uferweg", "house_number": "3", "postal_code": "10245", "city": "Berlin",
    }  # fmt: skip
    address = addresses.add(actor=admin, record=person, values=values, source=source, at=at)
    return address.contact_point
