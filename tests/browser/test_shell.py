"""The frame around every page, driven by hand and by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from crm.accounts.models import RoleCode, User

PageAs = Callable[..., Page]


def test_log_in_by_hand(new_page: PageAs, sales: User, shot, assert_accessible) -> None:
    page = new_page()
    page.goto("/konto/")
    shot(page, "anmelden")
    assert_accessible(page)
    page.get_by_label("E‑Mail").fill(sales.email)
    page.get_by_label("Passwort").fill("falsch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("E‑Mail oder Passwort stimmt nicht.")
    shot(page, "anmelden-fehler")
    assert_accessible(page)
    page.get_by_label("Passwort").fill("messstellen-nord")
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url("/konto/")


def test_own_account(page_as: PageAs, shot, assert_accessible) -> None:
    page = page_as(RoleCode.SALES)
    page.goto("/konto/")
    shot(page, "konto")
    assert_accessible(page)


def test_style_guide(page_as: PageAs, shot, assert_accessible) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/styleguide/")
    assert_accessible(page)
    page.get_by_role("button", name="Dialog öffnen").click()
    expect(page.get_by_role("dialog", name="Als verloren abschließen?")).to_be_visible()
    shot(page, "dialog", whole=False)
    page.keyboard.press("Escape")
    shot(page, "gestaltungsmuster")
