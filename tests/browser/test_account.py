"""The own account: API keys, as somebody makes and revokes them."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from crm.accounts.models import RoleCode

PageAs = Callable[..., Page]


def test_make_copy_and_revoke_a_key(
    page_as: PageAs, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    page = page_as(RoleCode.SALES)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/konto/")
    field = page.get_by_label("Wofür ist der Schlüssel?")
    field.press("Enter")
    expect(page.get_by_text("Bitte sagen Sie, wofür der Schlüssel ist.")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("Abgleich mit der Warenwirtschaft in Schwerin")
    field.press("Control+Enter")
    secret = page.get_by_label("Der neue Schlüssel")
    expect(secret).to_be_focused()
    page.get_by_role("button", name="Kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret.input_value()
    field.fill("Webformular")
    shot(page, "konto-schluessel")
    assert_accessible(page)
    assert_fits(page)

    page.reload()
    expect(secret).to_have_count(0)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="widerrufen").click()
    expect(page.locator("#toasts")).to_contain_text("ist widerrufen")
    expect(page.get_by_text("widerrufen am")).to_be_visible()
    shot(page, "konto-schluessel-widerrufen")
    assert_accessible(page)


def test_without_script_a_key_is_shown_too(page_as: PageAs) -> None:
    page = page_as(RoleCode.SALES, java_script_enabled=False)
    page.goto("/konto/")
    page.get_by_label("Wofür ist der Schlüssel?").fill("Webformular")
    page.get_by_role("button", name="Schlüssel anlegen").click()
    assert page.get_by_label("Der neue Schlüssel").input_value().startswith("ek_")
    expect(page.get_by_role("button", name="Kopieren")).to_be_hidden()
