"""The lists as people use them: by mouse, by keyboard, on a phone, without script."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from contacts.models import Address, ContactPointHolder, Person, SavedView, Source
from crm.accounts.models import RoleCode, Team, User
from tests.browser.list_stock import PHONE, lead, stock

PageAs = Callable[..., Page]
__all__ = ["lead", "stock"]


def names_on(page: Page) -> list[str]:
    return page.locator("tbody a.lead").all_inner_texts()


def test_the_list_looks_as_designed(
    page_as: PageAs, lead: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(lead)
    page.goto("/ansprechpartner/")
    expect(page.get_by_role("link", name="Alle 14")).to_be_visible()
    assert names_on(page)[:3] == ["Abel, Konstantin", "Äpfelbach, Jens", "Appel, Birgit"]
    shot(page, "liste")
    assert_accessible(page)
    for number in (1, 2, 5):
        page.locator("tbody .box").nth(number).check()
    expect(page.get_by_role("region", name="Auswahl")).to_contain_text("3 ausgewählt")
    shot(page, "liste-auswahl", whole=False)
    assert_accessible(page)
    page.goto("/firmen/")
    shot(page, "liste-firmen")
    assert_accessible(page)


def test_narrow_down_save_and_come_back(
    page_as: PageAs, lead: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(lead)
    page.goto("/ansprechpartner/")
    page.keyboard.press("f")
    shot(page, "liste-bedingungen", whole=False)
    page.get_by_role("link", name="Anschrift lange unbestätigt").click()
    page.get_by_label("seit 2 Jahren nicht").check()
    shot(page, "liste-bedingung-waehlen", whole=False)
    assert_accessible(page)
    page.get_by_role("button", name="Anwenden").click()
    expect(page).to_have_url("/ansprechpartner/?address_unconfirmed=2")
    expect(page.get_by_text("Anschrift seit 2 Jahren nicht bestätigt")).to_be_visible()
    page.get_by_role("link", name="Vollständig").click()
    expect(page).to_have_url("/ansprechpartner/?address_unconfirmed=2&sort=completeness")

    page.get_by_role("link", name="Als Ansicht sichern", exact=True).click()
    page.get_by_label("Name der Ansicht").fill("Anschriften prüfen")
    shot(page, "liste-ansicht-sichern", whole=False)
    page.get_by_role("button", name="Ansicht sichern").click()
    expect(page.get_by_text("Die Ansicht „Anschriften prüfen“ ist gesichert.")).to_be_visible()
    view = SavedView.objects.get()
    assert view.query == "address_unconfirmed=2&sort=completeness"
    shot(page, "liste-ansicht")

    page.get_by_role("link", name="Meine").click()
    expect(page.get_by_role("heading", name="Nichts passt zu diesen Bedingungen")).to_be_visible()
    shot(page, "liste-leer")
    assert_accessible(page)
    page.go_back()
    expect(page.get_by_role("link", name="Anschriften prüfen")).to_have_attribute(
        "aria-current", "page"
    )


def test_a_wrong_condition_stays_in_its_field(
    page_as: PageAs, lead: User, stock: list[Person], assert_accessible: Any
) -> None:
    page = page_as(lead)
    page.goto("/ansprechpartner/?add=completeness_below")
    page.get_by_label("Vollständigkeit unter").fill("viel")
    page.get_by_role("button", name="Anwenden").click()
    expect(page.get_by_text("Bitte eine ganze Zahl von 1 bis 100.")).to_be_visible()
    expect(page.get_by_label("Vollständigkeit unter")).to_have_value("viel")
    expect(page.get_by_label("Vollständigkeit unter")).to_be_focused()
    assert_accessible(page)


def test_everything_by_keyboard(page_as: PageAs, lead: User, stock: list[Person]) -> None:
    page = page_as(lead)
    page.goto("/ansprechpartner/")
    page.keyboard.press("/")
    page.keyboard.type("haas")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/ansprechpartner/?q=haas")
    expect(page.locator("tbody a.lead")).to_have_text("Haas, Friederike")
    page.goto("/ansprechpartner/")
    for key in "jjx":
        page.keyboard.press(key)
    expect(page.get_by_role("region", name="Auswahl")).to_contain_text("1 ausgewählt")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Auswahl")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/ansprechpartner/{stock[0].public_id}/")


def test_pages_forwards_and_backwards(
    page_as: PageAs, lead: User, admin: User, team: Team, source: Source, at: datetime
) -> None:
    Person.objects.bulk_create(
        Person(
            surname=f"N{number:03}",
            sort_key=f"n{number:03}",
            source=source,
            team=team,
            created_at=at,
            updated_at=at,
        )
        for number in range(120)
    )
    page = page_as(lead)
    page.goto("/ansprechpartner/")
    expect(page.get_by_text("1–50 von 120")).to_be_visible()
    page.get_by_role("link", name="Nächste Seite").click()
    expect(page.get_by_text("51–100 von 120")).to_be_visible()
    assert names_on(page)[0] == "N050"
    page.get_by_role("link", name="Nächste Seite").click()
    expect(page.get_by_text("101–120 von 120")).to_be_visible()
    page.get_by_role("link", name="Vorige Seite").click()
    expect(page.get_by_text("51–100 von 120")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("101–120 von 120")).to_be_visible()


def test_assign_the_chosen_ones(
    page_as: PageAs,
    lead: User,
    stock: list[Person],
    sales: User,
    shot: Any,
    assert_accessible: Any,
) -> None:
    page = page_as(lead)
    page.goto("/ansprechpartner/")
    page.get_by_label("Alle auf dieser Seite auswählen").check()
    page.get_by_role("button", name="Zuweisen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="14 Ansprechpartner zuweisen")).to_be_visible()
    shot(page, "liste-zuweisen", whole=False)
    assert_accessible(page)
    dialog.get_by_role("button", name="Zuweisen").click()
    expect(dialog.get_by_text("Bitte wählen Sie, wer zuständig sein soll")).to_be_visible()
    dialog.get_by_label("Zuständig").select_option(sales.full_name)
    dialog.get_by_role("button", name="Zuweisen").click()
    expect(page.get_by_text("Ansprechpartner zugewiesen.")).to_be_visible()
    assert Person.objects.filter(owner=sales).count() == len(stock)


def test_take_the_list_out(
    page_as: PageAs, lead: User, stock: list[Person], shot: Any, tmp_path: Path
) -> None:
    page = page_as(lead)
    page.goto("/ansprechpartner/?q=grosse&columns=name,city")
    page.get_by_role("button", name="Ausleiten").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("CSV").check()
    shot(page, "liste-ausleiten", whole=False)
    with page.expect_download() as waiting:
        dialog.get_by_role("button", name="Datei laden").click()
    target = tmp_path / "list.csv"
    waiting.value.save_as(target)
    text = target.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows == [["Name", "Ort"], ["Groß, Ulrike", "Havelberg"], ["Grosse, Lutz", "Berlin"]]
    expect(dialog).to_be_hidden()


def test_on_a_phone_nothing_scrolls_sideways(
    page_as: PageAs, lead: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(lead, viewport=PHONE)
    for url in (
        "/ansprechpartner/?address_unconfirmed=2&lacks=PHONE",
        "/ansprechpartner/?add=owner",
        "/firmen/",
    ):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert_accessible(page)
    page.goto("/ansprechpartner/")
    page.locator("tbody .box").first.check()
    expect(page.get_by_role("region", name="Auswahl")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_script_it_works_all_the_same(
    page_as: PageAs, lead: User, stock: list[Person], sales: User
) -> None:
    page = page_as(lead, java_script_enabled=False)
    page.goto("/ansprechpartner/")
    page.get_by_text("Bedingung", exact=True).click()
    page.get_by_role("link", name="Ort", exact=True).click()
    page.get_by_role("textbox", name="Ort").fill("Berl")
    page.get_by_role("button", name="Anwenden").click()
    expect(page).to_have_url("/ansprechpartner/?city=Berl")
    expect(page.get_by_role("region", name="Auswahl")).to_be_hidden()
    page.locator("tbody .box").first.check()
    page.get_by_role("button", name="Bestätigen").click()
    expect(page.get_by_role("heading", name="1 Ansprechpartner als aktuell")).to_be_visible()
    page.get_by_role("button", name="Bestätigen").click()
    expect(page).to_have_url("/ansprechpartner/?city=Berl")
    expect(page.get_by_text("1 Ansprechpartner bestätigt.")).to_be_visible()
    assert ContactPointHolder.objects.exclude(confirmed_on=None).exists()
    assert Address.objects.exclude(confirmed_on=None).count() == 1


def test_a_sales_rep_sees_no_tools_that_are_not_theirs(
    page_as: PageAs, stock: list[Person]
) -> None:
    page = page_as(RoleCode.PRIVACY)
    page.goto("/ansprechpartner/")
    expect(page.get_by_role("button", name="Ausleiten").first).to_be_visible()
    expect(page.get_by_role("button", name="Zuweisen")).to_have_count(0)
