"""The check at entry at the desk and on the phone: suspects while typing, each act, no mouse."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import addresses, companies, contact_points, employments
from contacts.models import Company, PairDecision, Person
from crm.accounts.models import RoleCode, Team, User

PageAs = Callable[..., Page]
NEW = "/ansprechpartner/neu/"
TYPED = """(field, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", {bubbles: true}));
}"""


@pytest.fixture
def stock(
    make_person: Callable[..., Person], admin: User, source: Any, team: Team, other_team: Team,
    make_user: Callable[..., User], at: Any,
) -> list[Person]:  # fmt: skip
    """Two who look like Hans Mayer of Havelberg, one whom the team does not see, one company."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    make_user(RoleCode.TEAM_LEAD, teams=[other_team], first_name="Ulrike", last_name="Ostwald")
    company = companies.create(
        values={"name": "Havelberg Anlagenbau GmbH", "vat_id": "DE136695976"}, team=team, **known
    )
    contact_points.add(record=company, kind="PHONE", value="030 23125 0", **known)
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    addresses.add(record=company, values=place, **known)
    found = []
    for given, surname, number, where in (
        ("Johannes", "Maier", "101", team), ("Hanna", "Mayr", "102", team),
        ("Hans", "Meyer", "103", other_team),
    ):  # fmt: skip
        person = make_person(given, surname, team=where)
        role = {"function": "Leiter Technik" if number == "101" else "Einkauf"}
        employments.add(person=person, company=company, values=role, **known)
        contact_points.add(record=person, kind="PHONE", value=f"030 23125 {number}", **known)
        mail = f"{given[0].lower()}.{surname.lower()}@havelberg.example"
        contact_points.add(record=person, kind="EMAIL", value=mail, **known)
        found.append(person)
    return found


def begun(page: Page) -> None:
    """The form has the focus that it promises."""
    page.goto(NEW)
    expect(page.get_by_label("Name", exact=True)).to_be_focused()


def alike(page: Page, name: str) -> Any:
    return page.get_by_role("article", name=name)


def test_suspects_appear_while_typing_and_are_ranked_anew(
    page_as: PageAs, team_lead: User, stock: list[Person], shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(team_lead)
    begun(page)
    panel = page.get_by_role("complementary", name="Schon bekannt?")
    expect(panel).to_contain_text("Was im Bestand ähnlich ist, steht hier")
    shot(page, "aehnlich-leer")
    page.keyboard.type("Hans Mayer")
    expect(panel).to_contain_text("Bisher nichts Ähnliches im Bestand.")
    page.get_by_label("Firma").fill("Havelberg Anlagenbau")
    expect(alike(page, "Johannes Maier")).to_contain_text("Leiter Technik, Havelberg Anlagenbau")
    expect(alike(page, "Johannes Maier")).to_contain_text("Firma dieselbe Firma")
    page.get_by_label("Telefon").fill("030/23125-101")
    page.get_by_label("E\N{NON-BREAKING HYPHEN}Mail").fill("j.maier@havelberg.example")
    expect(panel.get_by_role("article").first).to_contain_text("Johannes Maier")
    expect(alike(page, "Johannes Maier")).to_contain_text("sehr wahrscheinlich")
    expect(alike(page, "Johannes Maier")).to_contain_text("E-Mail gleich")
    expect(page.locator("#live")).to_contain_text("Johannes Maier, sehr wahrscheinlich.")
    expect(panel).to_contain_text("den Sie nicht sehen dürfen. Fragen Sie Ulrike Ostwald.")
    expect(panel).not_to_contain_text("Meyer")
    expect(page.get_by_label("E\N{NON-BREAKING HYPHEN}Mail")).to_be_focused()
    shot(page, "aehnlich")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("button", name="Sichern Strg ↵").click()
    page.wait_for_url("**/ansprechpartner/*-*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hans Mayer")


def test_open_one_beside_the_form(page_as: PageAs, team_lead: User, stock: list[Person]) -> None:
    page = page_as(team_lead)
    begun(page)
    page.keyboard.type("Hans Mayer")
    page.get_by_label("Telefon").fill("030/23125-101")
    with page.context.expect_page() as opened:
        alike(page, "Johannes Maier").get_by_role("link", name="Öffnen").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Johannes Maier")
    expect(page.get_by_label("Telefon")).to_have_value("030/23125-101")


def test_add_what_was_typed_to_it(
    page_as: PageAs, team_lead: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(team_lead)
    begun(page)
    page.keyboard.type("Dr. Hans Maier")
    page.get_by_label("Telefon").fill("030/23125-101")
    page.get_by_label("Mobil").fill("0170 1234567")
    alike(page, "Johannes Maier").get_by_role("button", name="Getipptes dort ergänzen").click()
    page.wait_for_url(f"**/ansprechpartner/{stock[0].public_id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Maier")
    expect(page.get_by_text("ist ergänzt: Titel Dr.; Mobil 0170 1234567.")).to_be_visible()
    left_out = "Nicht übernommen: Vorname „Hans“, dort steht „Johannes“."
    expect(page.get_by_text(left_out)).to_be_visible()
    shot(page, "aehnlich-ergaenzt", whole=False)
    assert_accessible(page)
    assert Person.objects.count() == len(stock)


def test_by_keyboard_alone(page_as: PageAs, team_lead: User, stock: list[Person]) -> None:
    page = page_as(team_lead)
    begun(page)
    page.keyboard.type("Hans Mayer")
    page.get_by_label("Firma").focus()
    page.keyboard.type("Havelberg Anlagenbau")
    page.get_by_label("Telefon").focus()
    page.keyboard.type("030/23125-101")
    expect(alike(page, "Johannes Maier")).to_contain_text("sehr wahrscheinlich")

    page.keyboard.press("Alt+ArrowDown")
    expect(alike(page, "Johannes Maier").get_by_role("link", name="Öffnen")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("Telefon")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(alike(page, "Johannes Maier").get_by_role("link", name="Öffnen")).to_be_focused()
    page.keyboard.press("v")
    expect(
        page.get_by_text("ist jemand anderes. Das wird beim Sichern festgehalten.")
    ).to_have_count(1)
    expect(alike(page, "Johannes Maier")).to_have_count(0)
    focused = page.locator(".alikes :focus")
    expect(focused).to_have_count(1)
    page.locator(".alikes > *").first.evaluate("old => (old.dataset.old = '')")
    page.get_by_label("Name", exact=True).evaluate(TYPED, "Hanna Mayr")  # answered meanwhile
    expect(page.locator(".alikes [data-old]")).to_have_count(0)
    expect(focused).to_have_count(1)
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ansprechpartner/*-*/")
    decision = PairDecision.objects.get()
    assert decision.verdict == "DIFFERENT"
    assert decision.first_person == stock[0]


def test_to_add_by_keyboard(page_as: PageAs, team_lead: User, stock: list[Person]) -> None:
    page = page_as(team_lead)
    begun(page)
    page.keyboard.type("Hans Maier")
    page.get_by_label("Telefon").focus()
    page.keyboard.type("030/23125-101")
    expect(alike(page, "Johannes Maier")).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("e")
    page.wait_for_url(f"**/ansprechpartner/{stock[0].public_id}/")


def test_somebody_else_can_be_taken_back(
    page_as: PageAs, team_lead: User, stock: list[Person], shot: Any, assert_accessible: Any
) -> None:
    page = page_as(team_lead)
    begun(page)
    page.keyboard.type("Hans Mayer")
    page.get_by_label("Telefon").fill("030/23125-101")
    alike(page, "Johannes Maier").get_by_role("button", name="Ist jemand anderes").click()
    back = page.get_by_role("button", name="Zurücknehmen (Johannes Maier)")
    expect(back).to_be_focused()
    page.get_by_label("Telefon").focus()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    expect(back).to_be_visible()
    shot(page, "aehnlich-jemand-anderes")
    assert_accessible(page)
    page.get_by_label("Telefon").fill("030/23125-101")
    back.click()
    expect(alike(page, "Johannes Maier")).to_be_visible()


def test_editing_shows_them_below_the_form(
    page_as: PageAs, team_lead: User, stock: list[Person], make_person: Any, team: Team, shot: Any,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(team_lead)
    mayer = make_person("Hans", "Mayer", team=team)
    page.goto(f"/ansprechpartner/{mayer.public_id}/")
    page.get_by_role("link", name="Kontaktweg", exact=True).click()
    field = page.get_by_label("Nummer oder Adresse")
    expect(field).to_be_focused()
    page.keyboard.type("030/23125-101")
    expect(alike(page, "Johannes Maier")).to_be_visible()
    expect(field).to_be_focused()
    shot(page, "aehnlich-beim-aendern")
    assert_accessible(page)
    assert_fits(page)
    alike(page, "Johannes Maier").get_by_role("button", name="Ist jemand anderes").click()
    expect(page.get_by_text("„Hans Mayer“ und „Johannes Maier“ sind verschieden.")).to_be_visible()
    expect(alike(page, "Johannes Maier")).to_have_count(0)
    assert PairDecision.objects.get().verdict == "DIFFERENT"


def test_a_company_in_english(
    page_as: PageAs, team_lead: User, stock: list[Person], shot: Any, assert_fits: Any
) -> None:
    team_lead.language = "en"
    team_lead.save()
    page = page_as(team_lead)
    page.goto("/firmen/neu/")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Havelberg Anlagen-Bau GmbH")
    page.get_by_label("Phone").fill("030 23125 0")
    expect(alike(page, "Havelberg Anlagenbau GmbH")).to_contain_text("10997 Berlin")
    shot(page, "english-aehnlich-firma")
    assert_fits(page)
    alike(page, "Havelberg Anlagenbau GmbH").get_by_role("button", name="Add what I").click()
    page.wait_for_url(f"**/firmen/{Company.objects.get().public_id}/")


def test_without_script(page_as: PageAs, team_lead: User, stock: list[Person]) -> None:
    page = page_as(team_lead, java_script_enabled=False)
    page.goto(NEW)
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.get_by_label("Telefon").fill("030/23125-101")
    page.get_by_role("button", name="Jetzt vergleichen").click()
    expect(alike(page, "Johannes Maier")).to_be_visible()
    alike(page, "Johannes Maier").get_by_role("button", name="Ist jemand anderes").click()
    expect(page.get_by_text("ist jemand anderes.")).to_be_visible()
    page.get_by_role("button", name="Sichern Strg ↵").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hans Mayer")
    assert PairDecision.objects.get().verdict == "DIFFERENT"
