"""Searching by keyboard: the palette from anywhere, and the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Person
from crm.accounts.models import RoleCode

PageAs = Callable[..., Page]


@pytest.fixture
def maiers(make_person: Callable[..., Person]) -> dict[str, Person]:
    return {
        surname: make_person(given_name, surname, title=title)
        for given_name, surname, title in (
            ("Johannes", "Maier", "Dr."),
            ("Hans", "Mayer", ""),
            ("Anna", "Meyer", ""),
            ("Änne", "Meier-Voß", ""),
        )
    }


def test_typing_meyer_finds_maier_and_enter_opens_it(
    page_as: PageAs, maiers: dict[str, Person], shot: Callable[..., None]
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/suche/")
    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    palette.get_by_role("combobox").fill("meyer")
    options = palette.get_by_role("option")
    expect(options.first).to_contain_text("Anna Meyer")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(palette.get_by_text("Ansprechpartner, auch in anderer Schreibung")).to_be_visible()
    shot(page, "suche-palette", whole=False)
    target = palette.get_by_role("option", name="Dr. Johannes Maier")
    while target.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ansprechpartner/{maiers['Maier'].public_id}/")


def test_late_answers_do_not_replace_newer_ones(page_as: PageAs, maiers: dict[str, Person]) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/suche/")
    page.route("**/suche/?q=mei*", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.keyboard.press("Control+k")
    field = page.locator("#palette").get_by_role("combobox")
    field.fill("meier")
    page.wait_for_timeout(120)
    field.fill("johannes")
    options = page.locator("#palette").get_by_role("option")
    expect(options.first).to_contain_text("Johannes Maier")
    page.wait_for_timeout(600)
    expect(options.first).to_contain_text("Johannes Maier")


def test_ctrl_enter_adds_what_was_not_found(page_as: PageAs) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/suche/")
    page.keyboard.press("Control+k")
    page.locator("#palette").get_by_role("combobox").fill("Przybylski")
    expect(page.locator("#palette [data-ctrl-enter]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ansprechpartner/neu/?name=Przybylski")


def test_page_finds_while_typing_and_keeps_the_address(
    page_as: PageAs,
    maiers: dict[str, Person],
    shot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/suche/")
    page.get_by_role("searchbox").press_sequentially("meyer")
    expect(page.get_by_role("heading", name="Ansprechpartner, auch in")).to_be_visible()
    expect(page.locator(".found__row")).to_have_count(4)
    expect(page.locator("#live")).to_have_text("4 Ansprechpartner, 0 Firmen")
    page.wait_for_url("**/suche/?q=meyer")
    assert_accessible(page)
    shot(page, "suche")
    page.reload()
    expect(page.locator(".found__row")).to_have_count(4)


def test_palette_is_accessible(
    page_as: PageAs, maiers: dict[str, Person], assert_accessible: Callable[[Page], None]
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/suche/")
    page.keyboard.press("Control+k")
    page.locator("#palette").get_by_role("combobox").fill("meyer")
    expect(page.locator("#palette").get_by_role("option").first).to_contain_text("Meyer")
    assert_accessible(page)


def test_search_works_on_a_phone_and_without_script(
    page_as: PageAs, maiers: dict[str, Person]
) -> None:
    page = page_as(
        RoleCode.ADMIN, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page.goto("/suche/")
    page.get_by_role("searchbox").fill("meyer")
    page.get_by_role("button", name="Suchen").click()
    expect(page.locator(".found__row")).to_have_count(4)
