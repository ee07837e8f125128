"""A stand for tests of the app: an event with a text, whoever captures there, and their device."""

import os
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Error, Page, expect

from consent import starters as text_starters
from consent import texts
from consent.models import ConsentText
from contacts import sources
from contacts.models import SourceKind
from crm.accounts.models import User
from crm.kernel import clock
from crm.platform import browser
from history.fairs import starters
from history.models import Event
from tests import notice_cast

PIN = "482915"
ARGUMENTS = ["--no-sandbox"] if os.geteuid() == 0 else []


def chromium() -> str:
    """The program, for a browser of its own."""
    return str(browser.executable())


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


def log_in(context: BrowserContext, user: User, live: str) -> None:
    """Give the browser a session of the user."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live}])


def register(page: Page, *, pin: str = PIN, another: bool = False) -> None:
    """From the first page, or from the lock screen, to the empty slip."""
    if another:
        page.get_by_role("button", name="Jemand anderen anmelden").click()
    else:
        page.goto("/messe/", timeout=60_000)
    expect(page.get_by_text("Angemeldet als")).to_be_visible()
    page.get_by_label("PIN, mindestens 6 Ziffern").fill(pin)
    page.get_by_label("PIN noch einmal").fill(pin)
    page.get_by_role("button", name="Anmelden und anfangen").click()
    in_view(page, "slip")


def in_view(page: Page, name: str) -> None:
    """Until the app shows this view."""
    expect(page.locator("body")).to_have_attribute("data-view", name)


def kept(page: Page) -> None:
    """Until the worker keeps the page and controls it."""
    until(page, "navigator.serviceWorker.controller !== null")


def until(page: Page, condition: str) -> None:
    """Until a condition in JavaScript holds; the page's policy forbids to evaluate it in there."""
    for _ in range(150):
        with suppress(Error):  # the page is just loaded anew
            if page.evaluate(condition):
                return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def unlock(page: Page, *, pin: str = PIN, who: str | None = None) -> None:
    """With a PIN; ``who`` where several capture on the device."""
    in_view(page, "lock")
    if who:
        page.get_by_role("radio", name=who).check()
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Entsperren").click()


def save(page: Page) -> None:
    """Save the slip; it is written once the draft of it is gone."""
    page.get_by_role("button", name="Sichern und nächster").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")


def photograph(page: Page, content: bytes) -> None:
    """Choose a picture as the camera of a phone hands it over."""
    file = {"name": "karte.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.locator("[data-part=photo]").set_input_files([file])  # type: ignore[list-item]


def all_is_sent(page: Page) -> None:
    """Until nothing waits any more."""
    expect(page.locator(".hh-sync")).to_have_class("hh-sync is-done", timeout=120_000)


def stored(page: Page) -> str:
    """Everything that IndexedDB holds, as text: bytes by their Latin-1 and UTF-16 spelling."""
    text: str = page.evaluate(
        """async () => {
          const open = (request) =>
            new Promise((done) => (request.onsuccess = () => done(request.result)));
          const db = await open(indexedDB.open("einklang-messe"));
          const told = [];
          const tell = (value) => {
            if (value instanceof ArrayBuffer) value = new Uint8Array(value);
            if (ArrayBuffer.isView(value)) {
              told.push(new TextDecoder("latin1").decode(value));
              told.push(new TextDecoder("utf-8").decode(value));
            } else if (value && typeof value === "object") {
              Object.entries(value).flat().forEach(tell);
            }
            else told.push(String(value));
          };
          for (const name of db.objectStoreNames) {
            const store = db.transaction(name).objectStore(name);
            tell(await open(store.getAllKeys()));
            tell(await open(store.getAll()));
          }
          db.close();
          return told.join(" ");
        }"""
    )
    return text


def code_picture(page: Page, text: str, *, size: int = 480) -> Image.Image:
    """A QR code, drawn by the app's own generator, in the middle of a picture."""
    rows: list[str] = page.evaluate(
        """async (text) => {
          const { qrcode, stringToBytes } = await import("/static/ui/vendor/qrcode.mjs");
          qrcode.stringToBytes = (part) => [...new TextEncoder().encode(part)];
          const code = qrcode(0, "L");
          code.addData(text);
          code.make();
          const each = [...Array(code.getModuleCount()).keys()];
          return each.map((row) => each.map((column) => +code.isDark(row, column)).join(""));
        }""",
        text,
    )
    count = len(rows)
    code = Image.new("1", (count, count))
    code.putdata([sign == "0" for row in rows for sign in row])
    scale = max(1, (size - 60) // count)
    large = code.resize((count * scale, count * scale)).convert("RGB")
    picture = Image.new("RGB", (640, size), "white")
    picture.paste(large, ((640 - large.width) // 2, (size - large.height) // 2))
    return picture


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=92)
    return file.getvalue()


def card(words: str) -> bytes:
    """A JPEG with words on it; other words make another picture."""
    picture = Image.new("RGB", (900, 560), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.text((40, 30 + 40 * line), words * (1 + line % 3), fill=(20 * line % 255, 40, 90))
    return jpeg(picture)
