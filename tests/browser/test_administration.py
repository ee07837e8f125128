"""Accounts, roles and teams, as an administrator works with them."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from crm.accounts.models import RoleCode, Team, User

PageAs = Callable[..., Page]


def test_create_an_account_and_choose_its_password(
    page_as: PageAs, new_page: PageAs, team: Team, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/verwaltung/konten/")
    page.keyboard.press("n")
    expect(page).to_have_url("/verwaltung/konten/neu/")
    page.get_by_label("Vorname").fill("Deniz")
    page.get_by_label("Nachname").fill("Aydın")
    page.get_by_label("E‑Mail").fill("deniz.aydin@nordlicht.example")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Bitte wählen Sie mindestens eine Rolle.")).to_be_visible()
    shot(page, "konto-anlegen-fehler")
    assert_accessible(page)
    page.get_by_label("Vertrieb", exact=True).check()
    page.get_by_label(team.name).check()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Deniz Aydın")).to_be_visible()
    shot(page, "konto-verweis")
    assert_accessible(page)
    link = page.get_by_label("Verweis für das Passwort").input_value()

    other = new_page()
    other.goto(link)
    shot(other, "neues-passwort")
    assert_accessible(other)
    other.get_by_label("Neues Passwort", exact=True).fill("ein-ruhiger-mittwoch")
    other.get_by_label("Neues Passwort, noch einmal").fill("ein-ruhiger-mittwoch")
    other.get_by_role("button", name="Passwort setzen").click()
    expect(other.get_by_text("Ihr neues Passwort gilt ab sofort.")).to_be_visible()
    other.get_by_label("E‑Mail").fill("deniz.aydin@nordlicht.example")
    other.get_by_label("Passwort").fill("ein-ruhiger-mittwoch")
    other.keyboard.press("Enter")
    expect(other.get_by_role("navigation", name="Bereiche")).to_be_visible()


def test_deactivate_and_take_back(
    page_as: PageAs, admin: User, sales: User, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(admin)
    page.goto(f"/verwaltung/konten/{sales.public_id}/")
    page.get_by_role("button", name="Stilllegen").click()
    expect(page.locator("#toasts")).to_contain_text("ist stillgelegt")
    shot(page, "konto-stillgelegt", whole=False)
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator("#toasts")).to_contain_text("ist wieder in Betrieb")
    sales.refresh_from_db()
    assert sales.is_active


def test_lists_of_accounts_roles_and_teams(
    page_as: PageAs, admin: User, sales: User, privacy: User, shot: Any, assert_accessible: Any
) -> None:
    page = page_as(admin)
    for name in ("konten", "rollen", "teams"):
        page.goto(f"/verwaltung/{name}/")
        shot(page, name)
        assert_accessible(page)
    page.goto("/verwaltung/konten/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thoms")


def test_change_what_a_role_sees(page_as: PageAs, admin: User) -> None:
    page = page_as(admin)
    page.goto("/verwaltung/rollen/")
    row = page.get_by_role("row", name="Service")
    row.get_by_text("eigene").click()
    row.get_by_role("button", name="Sichern").click()
    expect(page.locator("#toasts")).to_contain_text("Service sieht jetzt: eigene.")
