"""From a locked question to its answer and out again, on the person's page, by keyboard alone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from contacts.models import CriterionValue, Person
from crm.accounts.models import RoleCode, User
from crm.kernel import clock
from tests.criteria_stock import CLUB, DAY, FAITH, guarded, published

PageAs = Callable[..., Page]
SCAN = {"name": "zettel.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n slip"}


def test_from_locked_to_answered_and_out_again(
    page_as: PageAs, shot: Any, admin: User, make_person: Callable[..., Person],
    assert_accessible: Any, assert_fits: Any, settings: Any, tmp_path: Any,
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    now = clock.now()
    person = make_person("Hans", "Mayer")
    club = guarded(admin, at=now - 2 * DAY)
    guarded(admin, label=FAITH, sensitivity="SPECIAL", at=now - 2 * DAY)
    published(club, title="Angaben für den Kundenabend", at=now - DAY)
    page = page_as(RoleCode.ADMIN)
    page.goto("/verwaltung/kriterien/")
    expect(page.get_by_role("row", name=CLUB)).to_contain_text("Angaben für den Kundenabend")
    expect(page.get_by_role("row", name=FAITH)).to_contain_text("Kein veröffentlichter Text")
    shot(page, "kriterien-einwilligung")
    assert_accessible(page)
    assert_fits(page)

    page.goto(f"/ansprechpartner/{person.public_id}/")
    row = page.locator(f"#antwort-{club.code}")
    expect(row).to_contain_text("gesperrt")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    shot(page, "angabe-gesperrt")
    assert_accessible(page)
    assert_fits(page)
    row.get_by_role("link", name="Einwilligung erfassen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Einwilligung erfassen")).to_be_visible()
    expect(page.get_by_role("checkbox", name=CLUB)).to_be_checked()
    shot(page, "angabe-einwilligung")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("checkbox", name=CLUB).focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Bitte fügen Sie ein Foto oder einen Scan")).to_be_visible()
    page.get_by_label("Foto oder Scan").set_input_files(SCAN)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/ansprechpartner/{person.public_id}/#antwort-{club.code}")

    row.get_by_role("link", name=f"{CLUB} beantworten").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#answer-{club.code}-value")).to_be_focused()
    page.keyboard.type("Holstein Kiel")
    page.keyboard.press("Control+Enter")
    expect(row).to_contain_text("Holstein Kiel")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Einwilligung vom")
    shot(page, "angabe-grundlage")
    assert_accessible(page)
    assert_fits(page)

    row.get_by_role("link", name="Widerrufen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name=CLUB)).to_be_checked()
    page.get_by_role("checkbox", name=CLUB).focus()
    shot(page, "angabe-widerruf")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/ansprechpartner/{person.public_id}/")
    expect(row).to_contain_text("gesperrt")
    expect(page.get_by_text("Holstein Kiel")).to_have_count(0)
    assert CriterionValue.objects.count() == 0
