"""The quality desk: from each number of duplicates to its list and back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import companies, contact_points, merging, sources
from contacts.duplicates import decisions
from contacts.merging import merges
from contacts.models import (
    MatchingKind,
    MergeOrigin,
    PairDecision,
    Person,
    Source,
    SourceKind,
    SuspectGroup,
)
from crm.accounts.models import RoleCode, Team, User
from crm.kernel import clock
from tests.crm.suspects import made_results, suspected

PageAs = Callable[..., Page]
Verdict = PairDecision.Verdict
NAMES = ("Maier", "Abel", "Voß", "Krüger", "Schmidt", "Petersen", "Lorenz", "Thoms", "Weiß", "Groß")
STRENGTHS = (9.1, 8.4, 7.2, 6.3, 5.0, 4.1, 3.2, 2.2, 1.4, 0.3)


@pytest.fixture
def stock(
    db: None, fresh_desk: None, make_person: Callable[..., Person],
    make_user: Callable[..., User], admin: User,
    source: Source, team: Team, at: Any,
) -> User:  # fmt: skip
    """Ten pairs of persons and one of companies, of which a colleague settled some today."""
    fair = sources.create(actor=None, kind=SourceKind.FAIR, name="Messe Hannover 2026", at=at)
    runs = made_results(at)
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    pairs = []
    for number, (name, strength) in enumerate(zip(NAMES, STRENGTHS, strict=True), 1):
        pair = [make_person("Johannes", name, team=team) for _ in "ab"]
        contact_points.add(record=pair[0], kind="PHONE", value=f"030 23125 1{number:02}", **known)
        group = suspected(runs[MatchingKind.PERSON], pair, number=number)
        SuspectGroup.objects.filter(pk=group.pk).update(strength=strength)
        pairs.append(pair)
    Person.objects.filter(pk__in=[pair[1].pk for pair in pairs[::3]]).update(source=fair)
    firms = [
        companies.create(values={"name": name}, team=team, **known)
        for name in ("Havelberg Anlagenbau GmbH", "Havelberg Anlagen GmbH")
    ]
    suspected(runs[MatchingKind.COMPANY], firms)
    colleague = make_user(RoleCode.SALES, teams=[team], first_name="Jonas", last_name="Petersen")
    now = clock.now()
    merging.merge(actor=colleague, survivor=pairs[0][0], others=pairs[0][1:], at=now)
    merges.merge(
        actor=None, survivor=pairs[1][0], others=pairs[1][1:], origin=MergeOrigin.AUTOMATIC,
        reason="Automatisch: jedes Paar ab 12 bit, kein Widerspruch.", at=now,
    )  # fmt: skip
    decisions.decide(
        actor=colleague, first=pairs[2][0], second=pairs[2][1], verdict=Verdict.DIFFERENT, at=now
    )
    return colleague


def test_every_number_leads_to_its_list(
    page_as: PageAs, team_lead: User, stock: User, shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(team_lead)
    page.goto("/qualitaet/")
    today = page.get_by_role("region", name="Heute erledigt")
    expect(today.get_by_role("row", name="Jonas Petersen")).to_be_visible()
    shot(page, "qualitaet")
    assert_accessible(page)
    assert_fits(page)

    persons = page.get_by_role("region", name="Ansprechpartner", exact=True)
    persons.get_by_role("link", name="7", exact=True).click()
    expect(page.get_by_role("article")).to_have_count(7)
    page.get_by_role("link", name="auch Erledigtes").click()
    expect(page.get_by_role("article")).to_have_count(8)
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(7)
    shot(page, "qualitaet-offene", whole=False)
    page.go_back()

    today.get_by_role("row", name="Alle").get_by_role("link").first.click()
    expect(page.get_by_role("row", name="Johannes Maier")).to_contain_text("Jonas Petersen")
    expect(page.get_by_role("row", name="Johannes Abel")).to_contain_text("Installation")
    shot(page, "qualitaet-erledigt", whole=False)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="verschieden").click()
    expect(page.get_by_role("row", name="Johannes Voß")).to_be_visible()
    page.get_by_role("link", name="Tag davor").click()
    expect(page.get_by_text("Nichts davon an diesem Tag")).to_be_visible()
