"""A call from the first ring to the appointment, by keyboard, and what the caller gets of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.models import NoticeProvision
from consent.notices import configuring, versions
from contacts.models import Person
from crm.accounts.models import RoleCode
from crm.kernel import clock
from crm.platform.mail_sink import MailSink
from history.models import Activity, Appointment
from tests import notice_cast
from tests.browser.mails import link_in

PageAs = Callable[..., Page]
Shot = Callable[..., None]


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


def test_a_whole_call_and_the_next_one_of_the_same_person(
    page_as: PageAs, new_page: PageAs, make_user: Any, shot: Shot, sink: MailSink,
    assert_accessible: Any, assert_fits: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    notice = notice_cast.published(clock.now())
    agent = make_user(RoleCode.SERVICE)
    desk = page_as(agent)
    desk.goto("/termin/?nummer=030+23125+164")
    desk.get_by_label("Name", exact=True).fill("Frau Mirjam Schultze")
    expect(desk.get_by_text("Noch nicht bekannt")).to_be_visible()
    choose_a_slot(desk)
    expect(desk.get_by_text("noch nichts bekannt")).to_be_visible()
    seconds = int(desk.locator(".script progress").get_attribute("max") or 0)
    assert 20 < seconds < 60
    shot(desk, "appointment-call")
    assert_accessible(desk)
    assert_fits(desk)
    desk.locator("#call-email").fill("m.schultze@spreewerk.example")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Bitte lesen Sie die Hinweise vor")).to_be_visible()
    assert not Person.objects.exists(), "nothing is half done"
    assert sink.messages == []
    desk.keyboard.press("F8")
    expect(desk.get_by_role("button", name="Fertig vorgelesen")).to_be_visible()
    desk.wait_for_timeout(1200)
    desk.keyboard.press("F8")
    expect(desk.get_by_label("Vorgelesen", exact=True)).to_be_checked()
    desk.locator("#call-email").focus()
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/termine/**")
    expect(desk.get_by_text("gesendet").first).to_be_visible()
    shot(desk, "appointment-detail")
    assert_accessible(desk)
    assert_fits(desk)
    person = Person.objects.get()
    assert (person.salutation, person.given_name, person.surname) == ("FRAU", "Mirjam", "Schultze")
    spoken = NoticeProvision.objects.get(status="read_aloud")
    assert spoken.seconds in (1, 2, 3)

    (confirmed,) = sink.messages
    assert "wir bestätigen Ihren Termin:" in confirmed.text
    assert b"text/calendar" in confirmed.content
    texts = [row.texts["de"] for row in notice.items.all() if row.is_applicable]
    sent = " ".join(confirmed.text.split())
    assert [text for text in texts if " ".join(text.split()) not in sent] == []

    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    configuring.name_recipient(
        actor=None, controller=notice.controller, name="Calendar Corp.", category="calendar",
        country="US", safeguard="privacy_framework", purposes=["appointment"], is_surprising=True,
        at=later,
    )  # fmt: skip
    draft = versions.draft(
        actor=None, controller=notice.controller, purpose="appointment", at=later
    )
    versions.publish(actor=None, version=draft, at=later)
    desk = page_as(agent)
    desk.goto("/termin/?nummer=030+23125+164")
    expect(desk.get_by_label("Mirjam Schultze")).to_be_checked()
    expect(desk.get_by_text("nur Neues")).to_be_visible()
    expect(desk.locator(".script__said")).to_contain_text("Calendar Corp.")
    expect(desk.locator(".script__said")).not_to_contain_text("Verantwortlich")
    expect(desk.locator(".due")).to_contain_text("Angaben sind bekannt")
    shot(desk, "appointment-call-again")
    assert_accessible(desk)
    choose_a_slot(desk)
    desk.get_by_label("Nicht möglich").check()
    desk.get_by_label("Warum nicht?").select_option("hung_up")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/termine/**")
    assert Person.objects.count() == 1
    task = Activity.objects.get(kind="TASK")
    assert task.subject == "Datenschutzhinweise nachholen"
    assert sink.messages[1].text.count("(neu)") == 2


def test_the_person_moves_and_cancels_without_logging_in(
    page_as: PageAs, new_page: PageAs, sink: MailSink, shot: Shot, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    desk = page_as(RoleCode.SERVICE)
    desk.goto("/termin/?name=Mirjam+Schultze")
    expect(desk.get_by_text("Der Termin lässt sich sichern; es entsteht")).to_be_visible()
    choose_a_slot(desk)
    desk.locator("#call-email").fill("m.schultze@spreewerk.example")
    desk.get_by_role("button", name="Termin sichern").press("Enter")
    desk.wait_for_url("**/termine/**")
    visitor = new_page(phone=True, java_script_enabled=False)
    visitor.goto(link_in(sink.messages[0].text, part="/mein-termin/"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ihr Termin")
    assert visitor.context.cookies() == []
    seen = new_page(phone=True)
    seen.goto(visitor.url)
    assert_accessible(seen)
    assert_fits(seen)
    shot(seen, "appointment-public")
    visitor.locator("input[name=zeit]").nth(2).check()
    visitor.get_by_role("button", name="Termin verschieben").press("Enter")
    expect(visitor.get_by_role("status")).to_contain_text("Ihr Termin ist verschoben.")
    assert Appointment.objects.get().sequence == 1
    visitor.get_by_role("button", name="Termin absagen").press("Enter")
    expect(visitor.get_by_role("status")).to_contain_text("Ihr Termin ist abgesagt.")
    seen.reload()
    shot(seen, "appointment-public-cancelled")
    said = [message.text for message in sink.messages]
    assert [words in text for words, text in zip(
        ("wir bestätigen", "ist verschoben", "findet nicht statt"), said, strict=True
    )] == [True, True, True]  # fmt: skip
    visitor.goto("/mein-termin/gefaelscht/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Dieser Verweis gilt nicht")
    desk.goto("/termine/arbeitszeit/")
    shot(desk, "working-week")
    assert_accessible(desk)
    assert_fits(desk)
    lead = page_as(RoleCode.TEAM_LEAD)
    lead.goto("/verwaltung/termine/")
    shot(lead, "appointment-kinds")
    assert_accessible(lead)
    assert_fits(lead)
