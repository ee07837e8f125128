"""A rep writes down what was said; a colleague finds it wherever it belongs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from contacts import companies, employments
from contacts.models import Person, Source
from crm.accounts.models import Team, User
from crm.kernel import clock
from history.models import Touchpoint
from history.opportunities import deals, stakeholders

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "Muster der Leuchte sind bestellt, Lieferung in Kalenderwoche 50."
PROMISED = "Datenblatt DALI-2 schicken"


def test_a_note_stands_in_three_lines_and_a_colleague_finds_the_promise(
    page_as: Callable[..., Page],
    sales: User,
    service: User,
    admin: User,
    source: Source,
    team: Team,
    make_person: Callable[..., Person],
) -> None:
    known = {"actor": admin, "source": source, "at": clock.now()}
    company = companies.create(values={"name": "Havelberg Anlagenbau GmbH"}, team=team, **known)
    maier = make_person("Johannes", "Maier", team=team)
    employments.add(person=maier, company=company, values={}, **known)
    values = {"title": "LED-Deckensystem Halle 3", "company": company}
    deal = deals.create(actor=sales, values=values, at=clock.now())
    stakeholders.add(actor=sales, opportunity=deal, person=maier, values={}, at=clock.now())
    until = timezone.localdate() + timedelta(days=3)

    page = page_as(sales)
    page.goto(f"/ansprechpartner/{maier.public_id}/")
    page.keyboard.press("t")
    expect(page.get_by_label("Was war? Was folgt?")).to_be_focused()
    page.keyboard.type(SAID)
    page.get_by_text("Einzelheiten", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Verkaufschance freiwillig").select_option(label=str(deal))
    page.get_by_label("Zugesagt freiwillig").fill(PROMISED)
    page.get_by_label("Zugesagt bis").fill(f"{until:%d.%m.%Y}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kontakte-liste").get_by_text(SAID)).to_be_visible()
    assert Touchpoint.objects.get().body == SAID

    agent = page_as(service)
    for address in (
        f"/ansprechpartner/{maier.public_id}/",
        f"/firmen/{company.public_id}/",
        f"/verkauf/{deal.public_id}/",
    ):
        agent.goto(address)
        entry = agent.locator("#kontakte-liste article")
        expect(entry.get_by_text(SAID)).to_be_visible()
        expect(entry.get_by_text(PROMISED)).to_be_visible()
    agent.goto(f"/ansprechpartner/{maier.public_id}/")
    steps = agent.locator("#next-steps")
    expect(steps.get_by_text(PROMISED)).to_be_visible()
