# ruff: noqa: F811 - fixtures by name
"""A call from the first ring to the appointment, by keyboard, and what the caller gets of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from consent.models import Controller
from contacts.models import Person
from crm.accounts.models import RoleCode
from crm.platform.mail_sink import MailSink
from history.models import Appointment
from tests.consent_cast import controller  # noqa: F401 - fixtures

PageAs = Callable[..., Page]
Shot = Callable[..., None]


@pytest.fixture
def sink(settings: Any, live: str, tmp_path: Any) -> Iterator[MailSink]:
    cache.clear()
    settings.PUBLIC_URL = live
    settings.MEDIA_ROOT, settings.SMS_FILE_PATH = tmp_path / "files", tmp_path / "sms"
    with MailSink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def link_in(text: str, *, part: str) -> str:
    return next(line for line in text.splitlines() if part in line).strip()


def choose_a_slot(page: Page) -> None:
    """Next week, the first free time, by keyboard alone."""
    week = page.locator(".talk__week")
    before = week.inner_text()
    page.get_by_role("button", name="Nächste Woche").press("Enter")
    expect(week).not_to_have_text(before)
    expect(page.get_by_role("button", name="Nächste Woche")).to_be_focused()
    first = page.locator("input[name=starts_at]").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()


def test_an_unknown_caller_gets_an_appointment(
    page_as: PageAs, new_page: PageAs, shot: Shot, sink: MailSink, controller: Controller,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    desk = page_as(RoleCode.SERVICE)
    desk.goto("/termin/?nummer=030+23125+164")
    desk.get_by_label("Name", exact=True).fill("Frau Mirjam Schultze")
    expect(desk.get_by_text("Noch nicht bekannt")).to_be_visible()
    choose_a_slot(desk)
    desk.get_by_label("E‑Mail", exact=True).first.check()
    shot(desk, "appointment-call")
    assert_accessible(desk)
    assert_fits(desk)
    desk.locator("#call-email").fill("m.schultze@spreewerk.example")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/termine/**")
    expect(desk.get_by_text("gesendet").first).to_be_visible()
    shot(desk, "appointment-detail")
    assert_accessible(desk)
    assert_fits(desk)
    person = Person.objects.get(surname="Schultze")
    assert (person.salutation, person.given_name) == ("FRAU", "Mirjam")

    (confirmed,) = sink.messages
    assert "wir bestätigen Ihren Termin:" in confirmed.text
    visitor = new_page(phone=True, java_script_enabled=False)
    visitor.goto(link_in(confirmed.text, part="/mein-termin/"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ihr Termin")
    assert visitor.context.cookies() == []
    shot(visitor, "appointment-public")
    visitor.locator("input[name=zeit]").nth(2).check()
    visitor.get_by_role("button", name="Termin verschieben").press("Enter")
    expect(visitor.get_by_role("status")).to_contain_text("Ihr Termin ist verschoben.")
    assert Appointment.objects.get().sequence == 1
    visitor.get_by_role("button", name="Termin absagen").press("Enter")
    expect(visitor.get_by_role("status")).to_contain_text("Ihr Termin ist abgesagt.")
    shot(visitor, "appointment-public-cancelled")
    assert [part in message.text for message, part in zip(
        sink.messages, ("wir bestätigen", "ist verschoben", "findet nicht statt"), strict=True
    )] == [True, True, True]  # fmt: skip
