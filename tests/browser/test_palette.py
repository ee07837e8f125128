"""The command palette, by keyboard alone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from crm.accounts.models import RoleCode

PageAs = Callable[..., Page]


def test_a_command_is_found_and_carried_out(
    page_as: PageAs, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/konto/")
    page.keyboard.press("Control+k")
    ask = page.get_by_role("combobox", name="Name, Nummer oder Befehl")
    expect(ask).to_be_focused()
    shot(page, "befehlszeile", whole=False)
    assert_accessible(page)
    page.keyboard.type("konten")
    option = page.get_by_role("option", name="Konten verwalten")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option", name="Abmelden")).to_have_count(0)
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/verwaltung/konten/")


def test_arrows_move_and_escape_gives_the_focus_back(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    find = page.get_by_role("link", name="Suchen oder Befehl")
    find.focus()
    page.keyboard.press("Enter")
    ask = page.get_by_role("combobox", name="Name, Nummer oder Befehl")
    page.keyboard.press("ArrowDown")
    first = ask.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    assert ask.get_attribute("aria-activedescendant") != first
    page.keyboard.press("ArrowUp")
    assert ask.get_attribute("aria-activedescendant") == first
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Suchen oder Befehl")).to_be_hidden()
    expect(find).to_be_focused()


def test_a_command_with_a_dialog_opens_it_in_place(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    page.keyboard.press("/")
    page.keyboard.type("tastenk")
    expect(page.get_by_role("option", name="Tastenkürzel zeigen")).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Tastenkürzel")).to_be_visible()
    expect(page.get_by_role("dialog", name="Suchen oder Befehl")).to_be_hidden()
    expect(page).to_have_url("/konto/")


def test_a_lost_connection_is_told(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    page.keyboard.press("Control+k")
    page.context.set_offline(True)
    page.keyboard.type("maier")
    expect(page.locator("#toasts")).to_contain_text("Keine Verbindung.")


def test_an_ended_session_leads_to_the_log_in_and_back(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    page.keyboard.press("Control+k")
    page.context.clear_cookies()
    page.keyboard.type("maier")
    expect(page).to_have_url("/anmelden/?next=%2Fkonto%2F")
