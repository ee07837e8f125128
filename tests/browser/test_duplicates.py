"""Duplicates at the desk: look, decide by key, take back; start a search and stop it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import addresses, contact_points
from contacts.models import MatchingKind, MatchingRun, Person, Source
from crm.accounts.models import Team, User
from tests.crm.suspects import APART, made_results, suspected

PageAs = Callable[..., Page]


@pytest.fixture
def run(db: None, at: Any) -> MatchingRun:
    return made_results(at)[MatchingKind.PERSON]


@pytest.fixture
def groups(
    run: MatchingRun, make_person: Callable[..., Person], admin: User, source: Source, team: Team,
    at: Any,
) -> list[list[Person]]:  # fmt: skip
    """A pair that is surely one, a group of three, a doubtful pair."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    found = []
    for number, names in enumerate((("Maier", "Mayer"), ("Abel", "Abel", "Able"), ("Voß", "Voß"))):
        members = [
            make_person("Johannes", name, birth_date=f"1970-0{at + 1}-04", team=team)
            for at, name in enumerate(names)
        ]
        for person in members:
            value = f"030 23125 10{number}"
            contact_points.add(record=person, kind="PHONE", value=value, **known)
            value = f"johannes.{person.surname.lower()}@havelberg-anlagenbau.example"
            contact_points.add(record=person, kind="EMAIL", value=value, **known)
            addresses.add(record=person, values=place, **known)
        levels = APART if number == 2 else None
        suspected(run, members, levels=levels, number=number + 1)
        found.append(members)
    return found


def test_look_decide_and_take_back_by_key(
    page_as: PageAs, team_lead: User, groups: Any, shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(team_lead)
    page.goto("/")
    page.get_by_role("link", name="Dubletten", exact=True).click()
    expect(page.get_by_role("heading", name="Johannes Maier · Johannes Mayer")).to_be_visible()
    shot(page, "dubletten")
    assert_accessible(page)
    assert_fits(page)

    page.keyboard.press("v")
    expect(page.locator(".is-decided")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("v")
    decided = page.locator(".is-decided")
    expect(decided).to_contain_text("Johannes Maier · Johannes Mayer")
    expect(decided.get_by_role("link", name="Johannes Maier · Johannes Mayer")).to_be_focused()
    page.keyboard.press("v")
    page.keyboard.press("j")
    expect(page.locator(".is-cursor")).to_contain_text("Johannes Abel · Johannes Able")
    expect(page.locator(".is-decided")).to_have_count(1)
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator(".is-decided")).to_have_count(0)
    expect(page.get_by_text("Die Entscheidung ist zurückgenommen.")).to_be_visible()


def test_pairs_of_a_group_are_decided_one_after_the_other(
    page_as: PageAs, team_lead: User, groups: Any, shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(team_lead)
    page.goto(f"/ansprechpartner/{groups[1][0].public_id}/")
    page.get_by_role("link", name="Mögliche Dubletten (2)").click()
    expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_visible()
    shot(page, "dubletten-eines-eintrags")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("button", name="Dieselbe").click()
    expect(page.locator(".pair").first).to_contain_text("dieselbe")
    expect(page.get_by_role("heading", name="Johannes Abel · Johannes Able")).to_be_focused()
    page.get_by_role("button", name="Verschieden").click()
    expect(page.locator(".pair").nth(1)).to_contain_text("verschieden")
    expect(page.get_by_role("button", name="Verschieden")).to_have_count(0)

    page.get_by_role("link", name="Entscheidungen").click()
    expect(page.get_by_role("row")).to_have_count(3)
    shot(page, "dubletten-entscheidungen")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Zurücknehmen").first.click()
    expect(page.get_by_role("row")).to_have_count(2)


def test_without_script_the_same_can_be_done(page_as: PageAs, team_lead: User, groups: Any) -> None:
    page = page_as(team_lead, java_script_enabled=False)
    page.goto("/dubletten/?band=SURE&stand=alle")
    page.get_by_role("button", name="Verschieden").first.click()
    assert page.url.endswith("/dubletten/?band=SURE&stand=alle")
    expect(page.locator(".is-decided")).to_have_count(1)


def test_a_search_is_started_watched_and_stopped(
    page_as: PageAs, admin: User, run: MatchingRun, shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(admin)
    page.goto("/dubletten/laeufe/")
    shot(page, "dubletten-laeufe")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="17.03.2026").first.click()
    expect(page.get_by_role("img", name="Verteilung der Gewichte")).to_be_visible()
    shot(page, "dubletten-lauf")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="Suchläufe").last.click()
    page.get_by_label("ganzer Bestand").check()
    page.keyboard.press("n")
    expect(page.get_by_text("Wartet auf einen freien Arbeitsplatz")).to_be_visible()
    shot(page, "dubletten-wartet")
    assert_accessible(page)
    page.get_by_role("button", name="Anhalten").click()
    expect(page.get_by_text("gilt weiter")).to_be_visible()


def test_the_model_is_explained(
    page_as: PageAs, admin: User, run: MatchingRun, shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(admin)
    page.goto("/dubletten/modell/")
    expect(page.get_by_role("heading", name="Ursachen")).to_be_visible()
    shot(page, "dubletten-modell")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Neu lernen").click()
    expect(page.get_by_text("Wartet auf einen freien Arbeitsplatz")).to_be_visible()


def test_the_screens_hold_their_english(
    page_as: PageAs, admin: User, run: MatchingRun, groups: Any, shot: Any, assert_fits: Any
) -> None:
    admin.language = "en"
    admin.save()
    page = page_as(admin)
    for name, address in (
        ("list", "/dubletten/"),
        ("runs", "/dubletten/laeufe/"),
        ("run", f"/dubletten/laeufe/{run.public_id}/"),
        ("model", "/dubletten/modell/"),
    ):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        shot(page, f"english-duplicates-{name}")
        assert_fits(page)
