"""English words are as long as German ones, but not in the same places."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts.models import Company, Person
from crm.accounts.models import User
from tests.browser.list_stock import lead, stock

__all__ = ["lead", "stock"]


def test_the_screens_hold_their_english(
    page_as: Callable[..., Page], lead: User, stock: list[Person], shot: Any, assert_fits: Any
) -> None:
    lead.language = "en"
    lead.save()
    page = page_as(lead)
    company = Company.objects.earliest("pk")
    addresses = {
        "today": reverse("today"),
        "quality": reverse("quality"),
        "list": reverse("person-list") + "?address_unconfirmed=2",
        "person": reverse("person-detail", args=[stock[8].public_id]),
        "company": reverse("company-detail", args=[company.public_id]),
        "new": reverse("person-new"),
        "import": reverse("import-new"),
        "account": reverse("account"),
    }
    for name, address in addresses.items():
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        shot(page, f"english-{name}")
        assert_fits(page)
