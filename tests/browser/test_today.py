"""The day and the quality of the data, as people see them."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from contacts.models import Person
from crm.accounts.models import User
from tests.browser.list_stock import PHONE, lead, stock

PageAs = Callable[..., Page]
__all__ = ["lead", "stock"]


def test_the_day(
    page_as: PageAs, sales: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(sales)
    page.goto("/")
    expect(page).to_have_url("/heute/")
    expect(page.get_by_role("heading", name="Zu pflegen")).to_be_visible()
    shot(page, "heute")
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.press("n")
    expect(page).to_have_url(f"/ansprechpartner/{stock[8].public_id}/")


def test_quality(
    page_as: PageAs, lead: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(lead)
    page.goto("/qualitaet/")
    expect(page.get_by_role("heading", name="Qualität der Daten")).to_be_visible()
    shot(page, "qualitaet")
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="zur Dublettenprüfung vorgemerkt").first.click()
    expect(page.get_by_text("Dublettenprüfung offen")).to_be_visible()
    assert page.locator("tbody a.lead").all_inner_texts() == [
        "Haas, Friederike",
        "Maier, Dr. Johannes",
    ]
