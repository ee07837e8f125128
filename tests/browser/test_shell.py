"""The frame around every page, driven by hand and by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from crm.accounts.models import RoleCode, User

PageAs = Callable[..., Page]
PAGES = (
    "/konto/",
    "/tasten/",
    "/abmelden/",
    "/styleguide/",
    "/verwaltung/konten/",
    "/verwaltung/konten/neu/",
    "/verwaltung/rollen/",
    "/verwaltung/teams/",
    "/gibt/es/nicht/",
)


def test_log_in_by_hand(
    new_page: PageAs, sales: User, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    page = new_page()
    page.goto("/konto/")
    shot(page, "anmelden")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("E‑Mail").fill(sales.email)
    page.get_by_label("Passwort").fill("falsch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("E‑Mail oder Passwort stimmt nicht.")
    expect(page.get_by_label("Passwort")).to_be_focused()
    shot(page, "anmelden-fehler")
    assert_accessible(page)
    page.keyboard.type("messstellen-nord")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/konto/")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(
    page_as: PageAs, path: str, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto(path)
    assert_accessible(page)
    assert_fits(page)
    shot(page, path.strip("/").replace("/", "-"))
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)


def test_the_keyboard_map_opens_traps_and_gives_the_focus_back(
    page_as: PageAs, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    summary = page.get_by_label("Mein Konto: Mareike")
    summary.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tastenkürzel")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Nächste Zeile")
    shot(page, "tasten-dialog", whole=False)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(summary).to_be_focused()


def test_single_keys_are_off_in_fields_and_when_switched_off(page_as: PageAs, sales: User) -> None:
    page = page_as(sales)
    page.goto("/konto/")
    page.get_by_label("Vorname").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tastenkürzel")
    expect(dialog).to_be_hidden()
    page.get_by_label("Vorname").fill("Mareike")
    page.get_by_label("Tasten aus einem Zeichen").uncheck()
    page.get_by_role("button", name="Sichern").nth(1).click()
    expect(page.locator("#toasts")).to_contain_text("Ihre Einstellungen sind gesichert.")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


def test_the_theme_is_switched_in_the_menu_and_stays(page_as: PageAs, sales: User) -> None:
    page = page_as(sales)
    page.goto("/tasten/")
    page.get_by_label("Mein Konto: Mareike").click()
    with page.expect_response("**/konto/darstellung/"):
        page.locator("details[open]").get_by_text("Dunkel").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(page.locator("details[open]")).to_have_count(0)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_menu_is_walked_with_arrow_keys(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/tasten/")
    page.get_by_label("Mein Konto: Mareike").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Mein Konto", exact=True)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="Abmelden")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/anmelden/")


def test_errors_of_a_page_take_the_focus(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    page.get_by_label("Nachname").fill("")
    page.keyboard.press("Control+Enter")
    field = page.get_by_label("Nachname")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")


def test_everything_works_without_script(page_as: PageAs, sales: User, admin: User) -> None:
    page = page_as(admin, java_script_enabled=False)
    page.goto("/verwaltung/konten/")
    page.get_by_role("link", name="Konto anlegen").click()
    page.get_by_label("Vorname").fill("Deniz")
    page.get_by_label("Nachname").fill("Aydın")
    page.get_by_label("E‑Mail").fill("deniz@einklang.example")
    page.get_by_label("Service", exact=True).check()
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("heading", name="Deniz Aydın")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Das Konto von Deniz Aydın ist angelegt.")
    page.get_by_label("Mein Konto: Mareike").click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url("/anmelden/")


def test_on_a_phone_what_has_no_place_in_the_bar_is_in_the_menu(page_as: PageAs) -> None:
    page = page_as(RoleCode.ADMIN, phone=True)
    page.goto("/konto/")
    page.get_by_label("Mein Konto: Mareike").click()
    page.locator("details[open]").get_by_role("link", name="Verwaltung").click()
    expect(page).to_have_url("/verwaltung/konten/")
