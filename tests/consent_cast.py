"""Published texts, a person with an address and numbers, and where messages end up."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from consent import controllers, starters, texts
from consent.models import ConsentText, Controller
from contacts import contact_points
from contacts.models import ContactPoint, Person


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SMS_FILE_PATH = tmp_path / "sms"
    settings.PUBLIC_URL = "https://crm.example"


@pytest.fixture
def controller(db: None) -> Controller:
    one = controllers.default()
    one.name, one.street, one.postal_code, one.city = (
        "Nordlicht GmbH",
        "Am Speicher 14",
        "10997",
        "Berlin",
    )
    one.email, one.phone = "datenschutz@nordlicht.example", "030 23125 100"
    one.save()
    return one


@pytest.fixture
def published(controller: Controller, at: datetime) -> Callable[..., ConsentText]:
    """``published("newsletter")``: the shipped text, published a day ago."""

    def publish(code: str, language: str = "de") -> ConsentText:
        day_ago = at.replace(day=at.day - 1)
        starters.create(actor=None, controller=controller, at=day_ago)
        draft = ConsentText.objects.get(code=code, language=language)
        return texts.publish(actor=None, text=draft, at=day_ago)

    return publish


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Hans", "Mayer")


@pytest.fixture
def point_of(admin: Any, source: Any, at: datetime) -> Callable[..., ContactPoint]:
    """``point_of(person, "EMAIL", "h.mayer@havelberg.example")``."""

    def give(person: Person, kind: str, value: str) -> ContactPoint:
        holder = contact_points.add(
            actor=admin, record=person, kind=kind, value=value, source=source, at=at
        )
        return holder.contact_point

    return give


@pytest.fixture
def email(person: Person, point_of: Callable[..., ContactPoint]) -> ContactPoint:
    return point_of(person, "EMAIL", "h.mayer@havelberg.example")


@pytest.fixture
def mobile(person: Person, point_of: Callable[..., ContactPoint]) -> ContactPoint:
    return point_of(person, "MOBILE", "0152 28817386")


@pytest.fixture
def codes_sent(settings: Any) -> Callable[[], list[str]]:
    """The codes of the SMS so far."""

    def read() -> list[str]:
        files = sorted(Path(settings.SMS_FILE_PATH).glob("*.txt"))
        return [file.read_text().splitlines()[2][:6] for file in files]

    return read
