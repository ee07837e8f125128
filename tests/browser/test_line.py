"""The line on a person's page: written, read, filtered, corrected."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import contact_points
from contacts.models import Person, Source
from crm.accounts.models import Team, User
from crm.kernel import clock
from history import touchpoints
from history.attachments import Upload
from history.models import Category, Touchpoint

PageAs = Callable[..., Page]


@pytest.fixture
def maier(
    make_person: Callable[..., Person], admin: User, source: Source, team: Team, at: Any
) -> Person:
    person = make_person("Johannes", "Maier", title="Dr.", team=team)
    contact_points.add(
        actor=admin, record=person, kind="PHONE", value="030 23125101", source=source, at=at
    )
    return person


@pytest.fixture
def contacts(maier: Person, admin: User, service: User) -> list[Touchpoint]:
    now = clock.now()
    category = Category.objects.create(name="Angebot")
    plan: list[tuple[str, str, int, str, dict[str, Any]]] = [
        ("EMAIL", "IN", 1, "Angebot bitte noch einmal mit DALI‑2-Steuerung und getrenntem Preis.",
         {"subject": "Angebot 2026-0148", "category": category,
          "files": [Upload(name="Plan Halle 3.pdf", content=b"%PDF-1.7 x")]}),
        ("CHAT", "IN", 2, "Drei Vorschaltgeräte in Halle 2 flackern.", {"case": "4471"}),
        ("VISIT", "OUT", 6, "Rundgang Lichtlabor.", {}),
        *(("EMAIL", "OUT", 30, f"Terminabstimmung {n}", {}) for n in range(5)),
        ("PHONE", "IN", 60, "", {"outcome": "MISSED"}),
    ]  # fmt: skip
    return [
        touchpoints.record(
            actor=None, agent=service, channel=channel, direction=direction,
            happened_at=now - timedelta(days=days, minutes=number),
            persons=[(maier, "PARTNER")], body=body, at=now, **more,
        )
        for number, (channel, direction, days, body, more) in enumerate(plan)
    ]  # fmt: skip


def url_of(person: Person) -> str:
    return f"/ansprechpartner/{person.public_id}/"


def test_the_line_looks_as_designed(
    page_as: PageAs, sales: User, maier: Person, contacts: Any, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(sales)
    page.goto(url_of(maier))
    line = page.locator("#kontakte")
    expect(line.get_by_text("E‑Mail von Dr. Johannes Maier", exact=True)).to_be_visible()
    expect(line.get_by_text("5× E‑Mail", exact=False)).to_be_visible()
    expect(line.get_by_role("link", name="Alle 9")).to_be_visible()
    expect(page.get_by_role("link", name="Plan Halle 3.pdf")).to_be_visible()
    shot(page, "kontakte")
    assert_accessible(page)
    line.get_by_role("link", name="Chat 1").click()
    expect(line.get_by_text("Drei Vorschaltgeräte in Halle 2 flackern.")).to_be_visible()
    expect(line.get_by_text("Rundgang Lichtlabor.")).to_have_count(0)
    expect(page).to_have_url(f"{url_of(maier)}?kanal=CHAT")
    page.reload()
    expect(line.get_by_text("Rundgang Lichtlabor.")).to_have_count(0)


def test_a_note_is_written_by_keyboard_with_a_follow_up(
    page_as: PageAs, sales: User, maier: Person, assert_accessible: Any, shot: Any
) -> None:
    page = page_as(sales)
    page.goto(url_of(maier))
    page.keyboard.press("t")
    expect(page.get_by_label("Was war? Was folgt?", exact=True)).to_be_focused()
    page.keyboard.type("Will bis Herbst auf LED umstellen.")
    page.get_by_text("Einzelheiten").click()
    page.get_by_label("Wiedervorlage").fill("14")
    shot(page, "kontakt-schreiben", whole=False)
    assert_accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Der Kontakt ist festgehalten.")).to_be_visible()
    line = page.locator("#kontakte-liste")
    expect(line.get_by_text("Will bis Herbst auf LED umstellen.")).to_be_visible()
    made = Touchpoint.objects.get()
    assert (made.channel, made.direction, made.agent) == ("NOTE", "", sales)
    assert [each.subject for each in maier.activities.all()] == [
        "Will bis Herbst auf LED umstellen."
    ]


def test_what_is_wrong_stands_beside_it_and_nothing_is_lost(
    page_as: PageAs, sales: User, maier: Person
) -> None:
    page = page_as(sales)
    page.goto(url_of(maier))
    page.get_by_role("radio", name="Anruf").check()
    page.get_by_label("Was war? Was folgt?", exact=True).fill("Zur Raumlicht eingeladen.")
    page.get_by_text("Einzelheiten").click()
    page.get_by_label("Wann").fill("übermorgen")
    page.get_by_role("button", name="Festhalten").click()
    expect(
        page.get_by_text("Bitte schreiben Sie Tag und Uhrzeit wie 24.03.2026 14:30.")
    ).to_be_visible()
    expect(page.get_by_label("Was war? Was folgt?", exact=True)).to_have_value(
        "Zur Raumlicht eingeladen."
    )
    assert not Touchpoint.objects.exists()
    page.get_by_label("Wann").fill("")
    page.get_by_label("Kontaktweg freiwillig").select_option(label="030 23125101")
    page.get_by_label("Zugesagt", exact=False).first.fill("Angebot bis Freitag")
    page.get_by_label("Zugesagt bis").fill("3")
    page.get_by_role("button", name="Festhalten").click()
    expect(
        page.locator("#kontakte-liste").get_by_text("Anruf an Dr. Johannes Maier", exact=True)
    ).to_be_visible()
    expect(page.get_by_text("Zugesagt bis", exact=False).last).to_contain_text(
        "Angebot bis Freitag"
    )


def test_a_contact_is_opened_and_put_right(
    page_as: PageAs, sales: User, maier: Person, contacts: Any, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(sales)
    page.goto(url_of(maier))
    page.locator("#kontakte-liste").get_by_role("link", name="Öffnen").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E‑Mail von Dr. Johannes Maier")
    shot(page, "kontakt")
    assert_accessible(page)
    page.get_by_role("link", name="Berichtigen").click()
    page.get_by_label("Betreff").fill("Angebot 2026-0149")
    assert_accessible(page)
    page.get_by_role("button", name="Sichern").click()
    expect(
        page.get_by_text("Der Eintrag ist berichtigt; der frühere bleibt lesbar.")
    ).to_be_visible()
    expect(page.get_by_role("heading", name="Frühere Fassungen")).to_be_visible()
    expect(page.get_by_role("heading", name="Angebot 2026-0149")).to_be_visible()


def test_on_a_phone_nothing_scrolls_sideways(
    page_as: PageAs, sales: User, maier: Person, contacts: list[Touchpoint], shot: Any
) -> None:
    page = page_as(sales, viewport={"width": 390, "height": 844})
    for url in (url_of(maier), f"/kontakte/{contacts[0].public_id}/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, url
        shot(page, f"kontakte-390-{url.split('/')[1]}")
