"""Forms that somebody sends once more before the answer is there."""

from collections.abc import Callable

from playwright.sync_api import Page

from contacts.models import Person
from crm.accounts.models import RoleCode

PageAs = Callable[..., Page]
TWICE = "form => { form.requestSubmit(); form.requestSubmit(); }"


def test_a_form_sent_twice_makes_one_record(page_as: PageAs) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/ansprechpartner/neu/")
    page.get_by_label("Name", exact=True).fill("Birgit Appel")
    page.locator("#form").evaluate(TWICE)
    page.wait_for_url("**/ansprechpartner/0*/")
    page.wait_for_load_state("networkidle")
    assert Person.objects.count() == 1


def test_a_refused_form_can_be_sent_again(page_as: PageAs) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/ansprechpartner/neu/")
    page.locator("#form").evaluate(TWICE)
    page.locator("#form [aria-invalid=true]").wait_for()
    page.get_by_label("Name", exact=True).fill("Birgit Appel")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ansprechpartner/0*/")
    assert Person.objects.count() == 1


def test_a_refused_form_takes_the_place_of_the_former(page_as: PageAs) -> None:
    page = page_as(RoleCode.ADMIN)
    for address in ("quellen", "kriterien"):
        page.goto(f"/verwaltung/{address}/neu/")
        page.keyboard.press("Control+Enter")
        page.get_by_role("button", name="Sichern").click()
        page.locator("#form [aria-invalid=true]").first.wait_for()
        assert page.locator("[id=form]").count() == 1
