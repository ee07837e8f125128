"""A stand for tests of the app: an event with a text, whoever captures there, and their device."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from consent import starters as text_starters
from consent import texts
from consent.models import ConsentText
from contacts import sources
from contacts.models import SourceKind
from crm.accounts.models import User
from crm.kernel import clock
from history.fairs import starters
from history.models import Event
from tests import notice_cast

PIN = "482915"


def make_event(team: list[User], **values: Any) -> Event:
    """A fair that runs today, with the form to begin with and a text for the stand."""
    today = timezone.localdate()
    at = clock.now()
    name = values.pop("name", "Raumlicht Berlin 2026")
    event = Event.objects.create(
        name=name,
        stand="Stand 4.2-118",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=2),
        delete_on=date(today.year + 1, today.month, 1),
        controller=notice_cast.responsible(),
        source=sources.create(actor=None, kind=SourceKind.FAIR, name=name, at=at),
        form=starters.form().stored(),
        follow_up=starters.follow_up(),
        created_at=at,
        updated_at=at,
        **values,
    )
    event.team.set(team)
    event.texts.set([fair_text()])
    return event


def fair_text() -> ConsentText:
    """The published text for the stand: offers and calls, by e-mail, phone and SMS."""
    at = clock.now()
    text_starters.create(actor=None, controller=notice_cast.responsible(), at=at)
    draft = ConsentText.objects.get(code="fair", language="de")
    return texts.publish(actor=None, text=draft, at=at)


def register(page: Page, *, pin: str = PIN, another: bool = False) -> None:
    """From the first page to the empty slip."""
    if another:
        page.get_by_role("button", name="Jemand anderen anmelden").click()
    else:
        page.goto("/messe/")
    expect(page.get_by_text("Angemeldet als")).to_be_visible()
    page.get_by_label("PIN, mindestens 6 Ziffern").fill(pin)
    page.get_by_label("PIN noch einmal").fill(pin)
    page.get_by_role("button", name="Anmelden und anfangen").click()
    expect(page.locator("body")).to_have_attribute("data-view", "slip")


def kept(page: Page) -> None:
    """Until the worker keeps the page and controls it."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def unlock(page: Page, *, pin: str = PIN, who: str | None = None) -> None:
    """With a PIN; ``who`` where several capture on the device."""
    expect(page.locator("body")).to_have_attribute("data-view", "lock")
    if who:
        page.get_by_role("radio", name=who).check()
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Entsperren").click()


def card(words: str, *, size: tuple[int, int] = (900, 560)) -> bytes:
    """A JPEG with words on it; other words make another picture."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.text((40, 30 + 40 * line), words * (1 + line % 3), fill=(20 * line % 255, 40, 90))
    file = BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()
