"""A deal on its way: moved by keyboard, judged, printed."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import companies
from contacts.models import Company, Person, Source
from crm.accounts.models import Team, User
from crm.kernel import clock
from history.activities import planning
from history.models import Opportunity, Stakeholder
from history.opportunities import competitors, deals, stakeholders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(transactional_db: None, admin: User, source: Source, team: Team) -> Company:
    values = {"name": "Havelberg Anlagenbau GmbH"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=clock.now())


@pytest.fixture
def deal(sales: User, company: Company) -> Opportunity:
    values = {"title": "LED-Deckensystem Halle 3", "company": company, "volume": Decimal(184500)}
    return deals.create(actor=sales, values=values, at=clock.now())


def test_a_rep_moves_a_deal_by_keyboard(
    page_as: Callable[..., Page], sales: User, deal: Opportunity, shot: Callable[..., None],
    assert_accessible: Callable[[Page], None], assert_fits: Callable[[Page], None],
) -> None:  # fmt: skip
    values = {"title": "Kühlhaus", "company": deal.company}
    deals.create(actor=sales, values=values, at=clock.now())
    words = "Erstkontakt zur Ablösung der alten Deckenleuchten"
    step = {"subject": words, "opportunity": deal, "due_at": clock.now() + timedelta(days=2)}
    planning.plan(actor=sales, values=step, at=clock.now())
    page = page_as(sales)
    page.goto("/verkauf/")
    wide = "cards => cards.filter(card => card.scrollWidth > card.clientWidth).length"
    assert page.locator("[data-card]").evaluate_all(wide) == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=deal.title, exact=True)).to_be_focused()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(page.get_by_label("Grund")).to_be_hidden()
    dialog.get_by_role("radio", name="Qualifizierung").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Angebot").get_by_text(deal.title)).to_be_visible()
    expect(page.get_by_role("link", name=deal.title, exact=True)).to_be_focused()
    assert Opportunity.objects.get(pk=deal.pk).stage.name == "Angebot"
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="Kühlhaus", exact=True)).to_be_focused()
    shot(page, "board")
    assert_accessible(page)
    assert_fits(page)
    page.goto("/verkauf/liste/")
    shot(page, "list")
    assert_accessible(page)
    assert_fits(page)


def test_a_rep_drags_a_deal_and_names_why_it_is_lost(
    page_as: Callable[..., Page], sales: User, deal: Opportunity
) -> None:
    page = page_as(sales)
    page.goto("/verkauf/")
    card = page.locator("[data-card]")
    card.drag_to(page.locator("[data-column]").nth(1))
    expect(page.get_by_role("region", name="Bedarf geklärt").locator("[data-card]")).to_be_visible()
    page.locator("[data-card]").drag_to(page.locator("[data-end=LOST]"))
    page.get_by_role("dialog").get_by_label("Grund").select_option(label="Preis")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-card]")).to_have_count(0)
    assert Opportunity.objects.get().state == "LOST"


def test_a_rep_adds_who_decides_and_prints_the_dossier(
    page_as: Callable[..., Page], sales: User, deal: Opportunity, team: Team,
    make_person: Callable[..., Person], shot: Callable[..., None],
    assert_accessible: Callable[[Page], None], assert_fits: Callable[[Page], None],
) -> None:  # fmt: skip
    now = clock.now()
    make_person("Friederike", "Haas", team=team)
    known: dict[str, Any] = {"actor": sales, "opportunity": deal, "at": now}
    for given, surname, roles, stance in (
        ("Johannes", "Maier", ["TECHNICAL"], "FOR"), ("Sabine", "Kowalczyk", ["BUYER"], "OPEN"),
        ("Jürgen", "Kestner", ["USER"], "AGAINST"),
    ):  # fmt: skip
        person = make_person(given, surname, team=team)
        values = {"company": deal.company, "roles": roles, "stance": stance, "influence": 2}
        stakeholders.add(person=person, values=values, **known)
    competitors.add(values={"name": "Lumitrax GmbH", "standing": "LEVEL"}, **known)
    page = page_as(sales)
    page.goto(f"/verkauf/{deal.public_id}/")
    page.get_by_role("link", name="Person aufnehmen").click()
    page.get_by_label("Person", exact=True).fill("Haas")
    page.get_by_role("radio", name="Friederike Haas").check()
    page.get_by_label("gibt Geld frei").check()
    shot(page, "stakeholder-form")
    page.get_by_role("button", name="Sichern").click()
    expect(page.get_by_text("Friederike Haas gibt Geld frei, und noch hat niemand")).to_be_visible()
    assert Stakeholder.objects.filter(person__surname="Haas").get().roles == ["APPROVER"]
    page.get_by_role("link", name="Ändern (Bedarf)").click()
    page.get_by_label("Vermeiden").fill("Kein Stillstand in der Saison, keinen Tag.")
    page.get_by_role("button", name="Sichern").click()
    expect(page.locator("#bedarf .spoken")).to_have_text(
        "Kein Stillstand in der Saison, keinen Tag."
    )
    shot(page, "deal")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Dossier").click()
    expect(page.get_by_role("heading", name="Weg durch die Stufen")).to_be_visible()
    shot(page, "dossier")
    assert_accessible(page)
    assert_fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Als PDF").click()
    assert download.value.suggested_filename.startswith("dossier-vc-")
