"""Notices: from the recipient in a third country to the version in force, and who is left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.models import NoticeVersion
from consent.notices import provisions
from contacts.models import Person
from tests import notice_cast

PageAs = Callable[..., Page]


@pytest.fixture
def notice(db: None) -> NoticeVersion:
    return notice_cast.published(timezone.now() - timedelta(days=30))


def test_a_calendar_abroad_makes_a_new_version(
    page_as: PageAs,
    notice: NoticeVersion,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    page = page_as("PRIVACY")
    page.goto("/verwaltung/hinweise/")
    expect(page.get_by_role("cell", name="aktuell")).to_be_visible()
    page.get_by_role("link", name="Empfänger eintragen").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Timewise Calendar Inc.")
    page.get_by_label("Wofür").select_option("calendar")
    page.get_by_role("checkbox", name="Termine").check()
    page.get_by_role("textbox", name="Land").fill("US")
    shot(page, "empfaenger")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Sichern").click()
    expect(page.get_by_role("cell", name="veraltet")).to_be_visible()
    shot(page, "liste")
    assert_accessible(page)
    assert_fits(page)

    row = page.get_by_role("row", name="Termine").first
    row.get_by_role("button", name="Neue Fassung").click()
    expect(page.get_by_text("Das fehlt noch, bevor")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="keine Garantie").first).to_be_visible()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text("So wird nicht veröffentlicht:")).to_be_visible()
    shot(page, "entwurf-mit-luecke")
    assert_accessible(page)

    page.goto("/verwaltung/hinweise/")
    page.get_by_role("link", name="Timewise Calendar Inc.").click()
    page.get_by_label("Garantie außerhalb der EU").select_option("privacy_framework")
    page.get_by_role("button", name="Sichern").click()
    page.get_by_role("link", name="Entwurf ansehen").click()
    page.get_by_role("button", name="Neu erzeugen").click()
    expect(page.locator("mark")).to_have_text(
        "Unser Terminkalender läuft bei einem Anbieter in den USA."
    )
    shot(page, "entwurf")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Wortlaut ändern").first.click()
    shot(page, "wortlaut")
    assert_fits(page)
    page.get_by_role("button", name="Sichern").click()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_role("link", name="Fassung 2")).to_be_visible()

    page.get_by_role("link", name="Termine", exact=True).click()
    shot(page, "zweck")
    assert_accessible(page)
    assert_fits(page)
    page.goto("/verwaltung/hinweise/verantwortlicher/")
    shot(page, "verantwortlicher")
    assert_fits(page)


def test_everybody_reads_it_without_script(
    new_page: Callable[..., Page],
    notice: NoticeVersion,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/hinweise/appointment/")
    expect(page.get_by_role("heading", name="Wer verantwortlich ist")).to_be_visible()
    shot(page, "oeffentlich")
    page.get_by_role("link", name="Einfache Sprache").click()
    expect(page.get_by_role("heading", name="Wer sind wir?")).to_be_visible()
    readable = new_page()
    readable.goto("/hinweise/appointment/")
    assert_accessible(readable)
    assert_fits(readable)
    assert readable.context.cookies() == []


def test_who_was_not_told_is_told(
    page_as: PageAs,
    notice: NoticeVersion,
    make_person: Any,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    now = timezone.now()
    people: list[Person] = [make_person("Mirjam", "Schultze"), make_person("Uwe", "Brandt")]
    for person in people:
        provisions.record(
            actor=None,
            person=person,
            version=notice,
            medium="phone",
            status="skipped",
            reason="emergency",
            given_at=now - timedelta(days=2),
            at=now - timedelta(days=2),
        )
    page = page_as("PRIVACY")
    page.goto("/datenschutz/")
    expect(page.get_by_role("link", name="Noch zu informieren")).to_be_visible()
    shot(page, "tisch")
    page.get_by_role("link", name="Noch zu informieren").click()
    shot(page, "noch-zu-informieren")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Mirjam Schultze").click()
    page.get_by_label("Weg").select_option("read_aloud")
    page.get_by_role("button", name="Geben").click()
    expect(page.get_by_role("cell", name="einiges fehlt")).to_be_visible()
    shot(page, "person")
    assert_accessible(page)
    assert_fits(page)
    page.goto("/datenschutz/hinweise/")
    expect(page.get_by_role("link", name="Uwe Brandt")).to_be_visible()
    expect(page.get_by_role("link", name="Mirjam Schultze")).to_have_count(0)
