"""After a fair: the list, a lead that is somebody known, taken over; another one given up."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import companies, contact_points
from contacts.models import Company, Person, Source
from crm.accounts.models import Team, User
from crm.kernel import clock
from history.models import Event, LeadCapture, LeadFile, Opportunity, Participation
from tests import fair_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def event(transactional_db: None, team_lead: User, sales: User) -> Event:
    begun = clock.now() - timedelta(days=12)
    return fair_cast.fair(
        by=team_lead, team=[sales], at=begun, delete_on=clock.today() + timedelta(days=90),
        target_leads=60,
    )  # fmt: skip


@pytest.fixture
def known(admin: User, source: Source, team: Team, make_person: Callable[..., Person]) -> Person:
    person = make_person("Jens", "Kowalsky", team=team)
    contact_points.add(
        actor=admin, record=person, kind="EMAIL", value="j.kowalski@havelberg.example",
        source=source, at=clock.now(),
    )  # fmt: skip
    return person


@pytest.fixture
def leads(event: Event, sales: User) -> list[LeadCapture]:
    now = clock.now()

    def slip(name: str, ago: int, **values: Any) -> LeadCapture:
        return fair_cast.slip(event, by=sales, at=now - timedelta(hours=ago), name=name, **values)

    return [
        slip("Jens Kowalski", 240, origins={"email": "card"}),
        slip("Ada Berg", 200, grade="B", email="ada@berg.example", company_name="Berg GmbH",
             need="Kühlhaus, zwei Zonen", answers={"volume": ["-50"]}),
        slip("Finn Ende", 3, grade="C", email="", company_name="", function="", need="", note=""),
        slip("", 2, grade="", email="", company_name="Ostsee Verpackung", need="", note="Karte"),
    ]  # fmt: skip


def test_a_rep_goes_through_the_leads_by_keyboard(
    page_as: Callable[..., Page], sales: User, leads: list[LeadCapture], event: Event,
    known: Person, admin: User, source: Source, team: Team, shot: Callable[..., None],
    assert_accessible: Callable[[Page], None], assert_fits: Callable[[Page], None],
) -> None:  # fmt: skip
    companies.create(
        actor=admin, values={"name": "Havelberg Anlagenbau GmbH"}, source=source, team=team,
        at=clock.now(),
    )  # fmt: skip
    LeadFile.objects.create(
        lead=leads[0], kind="CARD", name="karte.jpg", sha256="1" * 64, size=80_000, received=20_000,
        recognised={"fields": [{"field": "phone", "value": "030 23125 102", "confidence": 0.7}]},
    )  # fmt: skip
    page = page_as(sales)
    page.goto("/messen/")
    shot(page, "fairs")
    assert_accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=event.name)).to_be_visible()
    shot(page, "leads")
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Jens Kowalski", level=1)).to_be_visible()
    shot(page, "lead")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Nehmen Telefon").press("Enter")
    expect(page.get_by_text("Telefon übernommen: 030 23125 102.")).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("Jens Kowalski gehört jetzt zu Jens Kowalsky.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_label("Worum geht es?")).to_have_value("LED für Halle 3")
    shot(page, "take-over")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Wettbewerb").fill("Lumitrax")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Übernommen von")).to_be_visible()
    deal = Opportunity.objects.get()
    assert (deal.person, deal.volume, deal.company) == (
        known, Decimal(225000), Company.objects.get(),
    )  # fmt: skip
    assert [stake.roles for stake in deal.stakeholders.all()] == [["DECIDER"]]
    assert [rival.name for rival in deal.competitors.all()] == ["Lumitrax"]
    assert Participation.objects.filter(opportunity=deal).count() == 1
    shot(page, "lead-taken")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Ada Berg", level=1)).to_be_visible()
    page.keyboard.press("o")
    page.get_by_label("Warum wird daraus nichts?").fill("kein Bedarf")
    shot(page, "drop")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Finn Ende", level=1)).to_be_visible()
    page.get_by_role("button", name="Rückgängig").press("Enter")
    expect(page.get_by_role("heading", name="Ada Berg", level=1)).to_be_visible()
    assert LeadCapture.objects.get(name="Ada Berg").state == "NEW"
    page.goto(f"/messen/leads/{leads[3].public_id}/")
    shot(page, "lead-nameless")
    assert_accessible(page)
    page.keyboard.press("e")
    page.wait_for_url("**/bearbeiten/")
    shot(page, "slip-form")
    assert_accessible(page)
    page.get_by_label("Name", exact=False).first.fill("Rita Ostsee")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Rita Ostsee", level=1)).to_be_visible()
    assert LeadCapture.objects.get(name="Rita Ostsee").person is not None
    page.goto(f"/messen/{event.public_id}/zahlen/")
    expect(page.get_by_role("heading", name="Leads je Stunde")).to_be_visible()
    shot(page, "figures")
    assert_accessible(page)
    assert_fits(page)


def test_a_team_lead_sets_a_fair_up(
    page_as: Callable[..., Page], team_lead: User, sales: User, shot: Callable[..., None],
    assert_accessible: Callable[[Page], None], assert_fits: Callable[[Page], None],
) -> None:  # fmt: skip
    page = page_as(team_lead)
    page.goto("/messen/")
    shot(page, "no-fair")
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Name").fill("Lichtwoche 2026")
    page.get_by_label("Erster Tag").fill("2026-09-01")
    page.get_by_label("Letzter Tag").fill("2026-09-04")
    page.get_by_label("Leads ohne Ergebnis löschen am").fill("2026-09-01")
    page.get_by_label(str(sales)).check()
    page.get_by_role("button", name="Sichern").click()
    expect(page.get_by_text("Gelöscht wird erst nach der Messe")).to_be_visible()
    shot(page, "fair-form")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Leads ohne Ergebnis löschen am").fill("2027-01-31")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Fragen am Stand")).to_be_visible()
    shot(page, "questions")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Volumen").click()
    shot(page, "question")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Antwort", exact=True).first.fill("bis 40 T€")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("bis 40 T€")).to_be_visible()
    made = Event.objects.get()
    assert made.form[0]["chips"][0]["label"] == "bis 40 T€"
    page.goto(f"/messen/{made.public_id}/")
    shot(page, "no-lead")
    page.goto(f"/messen/{made.public_id}/geraete/")
    shot(page, "no-device")
    assert_accessible(page)
