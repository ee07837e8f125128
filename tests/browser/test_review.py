"""An afternoon at the queue: twenty groups settled by keyboard alone, one of them undone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import addresses, contact_points, persons, saved_views
from contacts.duplicates import decisions
from contacts.listing import ListName, Scope
from contacts.listing.query import parse_string
from contacts.models import MatchingKind, MatchingRun, Merge, Person, Source
from crm.accounts.models import Team, User
from tests.crm.suspects import made_results, suspected

PageAs = Callable[..., Page]


@pytest.fixture
def run(db: None, at: Any) -> MatchingRun:
    return made_results(at)[MatchingKind.PERSON]


@pytest.fixture
def make_group(
    run: MatchingRun, make_person: Callable[..., Person], admin: User, source: Source, team: Team,
    at: Any,
) -> Callable[..., list[Person]]:  # fmt: skip
    """``make_group(3, "Maier", "Mayer")``: records that share a number and a place."""

    def make(number: int, *surnames: str) -> list[Person]:
        known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
        place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
        members = []
        for at_, surname in enumerate(surnames):
            title = {"title": "Dr."} if at_ else {"birth_date": "1970-05-04"}
            person = make_person("Johannes", surname, team=team, **title)
            mail = f"{surname.lower()}.{at_}@havelberg.example"
            contact_points.add(record=person, kind="PHONE", value="030 23125 101", **known)
            contact_points.add(record=person, kind="EMAIL", value=mail, **known)
            addresses.add(record=person, values=place, **known)
            members.append(person)
        suspected(run, members, number=number)
        return members

    return make


def test_twenty_groups_are_settled_by_keyboard_and_one_is_undone(
    page_as: PageAs, team_lead: User, make_group: Any
) -> None:
    for number in range(1, 21):
        make_group(number, f"Maier{number}", f"Mayer{number}")
    page = page_as(team_lead)
    page.goto("/dubletten/")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    left = 20
    for number in range(1, 21):
        expect(page).to_have_url(re.compile(rf"/dubletten/ansprechpartner/{number}/$"))
        expect(page.get_by_text(re.compile(rf"{left} offen"))).to_be_visible()
        expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_focused()
        if number == 5:  # another value, by digit
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("2")
            page.keyboard.press("Enter")
        elif number % 7 == 3:
            page.keyboard.press("v")
        else:
            page.keyboard.press("Enter")
        left -= 1
    expect(page).to_have_url(re.compile(r"/dubletten/$"))
    expect(page.get_by_role("heading", name="Kein Verdacht")).to_be_visible()
    assert Merge.objects.filter(undone_at=None).count() == 17
    assert decisions.decisions_of(team_lead).count() == 3
    chosen = Person.objects.get(surname__in=["Maier5", "Mayer5"])
    assert chosen.surname == "Mayer5"

    undo = page.get_by_role("button", name="Rückgängig")
    undo.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/dubletten/ansprechpartner/20/$"))
    expect(page.get_by_text("Die Zusammenführung ist zurückgenommen.")).to_be_visible()
    assert Merge.objects.filter(undone_at=None).count() == 16
    assert Person.objects.filter(surname__in=["Maier20", "Mayer20"]).count() == 2


def test_a_group_side_by_side(
    page_as: PageAs, team_lead: User, admin: User, source: Source, at: Any, make_group: Any,
    shot: Any, assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    members = make_group(1, "Maier", "Mayer", "Maier")
    make_group(2, "Abel", "Able")
    persons.update(
        actor=admin, person=members[1], values={"remark": "Ruft nachmittags an."},
        version=Person.objects.get(pk=members[1].pk).version, source=source, at=at,
    )  # fmt: skip
    page = page_as(team_lead)
    page.goto("/dubletten/")
    shot(page, "dubletten-liste")
    page.get_by_role("link", name="Gegenüberstellen").first.click()
    expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_focused()
    shot(page, "gegenueberstellung", whole=False)
    shot(page, "gegenueberstellung-ganz")
    assert_accessible(page)
    assert_fits(page)

    page.keyboard.press("ArrowDown")
    expect(page.locator("tr.is-cursor")).to_contain_text("Titel")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    surname = page.locator("tr[data-choose=surname]")
    expect(surname.locator("[data-result]")).to_have_text("Mayer")
    expect(surname).to_contain_text("So gewählt.")
    page.keyboard.press("ArrowLeft")
    expect(surname.locator("[data-result]")).to_have_text("Maier")
    page.keyboard.press("f")
    expect(page.get_by_role("row", name="Vorname Johannes")).to_be_visible()

    page.get_by_label("gehört nicht dazu").nth(2).check()
    expect(page.get_by_role("button", name="A und B zusammenführen")).to_be_visible()
    page.locator("#bleibt-B").check()
    expect(page.get_by_text("Alte Verweise auf A führen zu B.")).to_be_visible()
    shot(page, "gegenueberstellung-ohne", whole=False)
    assert_accessible(page)
    page.get_by_role("button", name="A und B zusammenführen").click()
    expect(page.get_by_text("Wer nicht dazugehört, gilt als verschieden.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/dubletten/ansprechpartner/2/$"))
    expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_text("Das ist die letzte offene Gruppe.")).to_be_visible()


def test_without_script_a_group_is_merged(
    page_as: PageAs, team_lead: User, make_group: Any
) -> None:
    make_group(1, "Maier", "Mayer")
    page = page_as(team_lead, java_script_enabled=False)
    page.goto("/dubletten/ansprechpartner/1/")
    page.locator("#wahl-surname-B").check()
    page.get_by_role("button", name="Zusammenführen").click()
    expect(page).to_have_url(re.compile(r"/dubletten/$"))
    assert Person.objects.get().surname == "Mayer"


def test_merges_are_listed_undone_and_done_again(
    page_as: PageAs, admin: User, source: Source, at: Any, make_group: Any, shot: Any,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    make_group(1, "Maier", "Mayer")
    page = page_as(admin)
    page.goto("/dubletten/ansprechpartner/auf-einmal/?ab=6")
    shot(page, "auf-einmal")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Gewählte zusammenführen").click()
    expect(page.get_by_text("1 Gruppe ist zusammengeführt.")).to_be_visible()
    shot(page, "zusammengefuehrt")
    assert_accessible(page)
    assert_fits(page)

    person = Person.objects.get()
    page.goto(f"/ansprechpartner/{person.public_id}/")
    expect(page.get_by_text("Zusammengeführt aus")).to_be_visible()
    shot(page, "person-zusammengefuehrt", whole=False)
    contact_points.add(
        record=person, kind="PHONE", value="030 23125 177", actor=admin, source=source, at=at
    )
    page.get_by_role("link", name="Zurücknehmen").click()
    expect(page.get_by_role("heading", name="Zusammenführung zurücknehmen")).to_be_visible()
    shot(page, "zuruecknehmen")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_text("Zurückgenommen:")).to_be_visible()
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text("Wieder zusammengeführt:")).to_be_visible()

    page.goto("/dubletten/automatisch/")
    shot(page, "automatisch")
    assert_accessible(page)
    assert_fits(page)


def test_records_of_a_list_are_merged_by_hand(
    page_as: PageAs, team_lead: User, make_group: Any
) -> None:
    make_group(1, "Maier", "Mayer")
    page = page_as(team_lead)
    page.goto("/ansprechpartner/")
    for box in page.locator("tbody .box").all():
        box.check()
    page.get_by_role("button", name="Zusammenführen …").click()
    expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Zusammengeführt: ")).to_be_visible()
    assert Person.objects.count() == 1


def test_a_record_is_merged_from_its_page_by_keyboard(
    page_as: PageAs, team_lead: User, make_group: Any, make_person: Any, team: Any, shot: Any,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    first, _second = make_group(1, "Maier", "Mayer")
    make_person("Gesine", "Mahler", team=team)
    page = page_as(team_lead)
    page.goto(f"/ansprechpartner/{first.public_id}/")
    shot(page, "person-mit-zusammenfuehren", whole=False)
    page.keyboard.press("z")
    expect(page.get_by_role("heading", name="Johannes Maier zusammenführen mit …")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Der andere Eintrag")).to_be_focused()
    expect(page.get_by_role("heading", name="Mögliche Dubletten")).to_be_visible()
    shot(page, "zusammenfuehren-mit", whole=False)
    assert_accessible(page)
    assert_fits(page)

    page.keyboard.type("Johannes Maier")
    expect(page.get_by_role("link", name="Johannes Mayer")).to_have_count(1)
    expect(page.get_by_role("heading", name="Mit welchem Eintrag?")).to_be_visible()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("maier.0@havelberg")
    expect(page.get_by_role("heading", name="Nur der Eintrag selbst")).to_be_visible()
    shot(page, "zusammenfuehren-mit-sich", whole=False)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("niemand")
    expect(page.get_by_role("heading", name="Nichts gefunden")).to_be_visible()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Mayer")
    expect(page.get_by_role("heading", name="Mit welchem Eintrag?")).to_be_visible()
    hit = page.get_by_role("link", name="Dr. Johannes Mayer")
    expect(hit).to_be_visible()
    shot(page, "zusammenfuehren-mit-treffer", whole=False)
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_focused()
    shot(page, "vergleich", whole=False)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Zusammengeführt: ")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/ansprechpartner/{first.public_id}/$"))
    assert [*Person.objects.exclude(surname="Mahler")] == [first]


def test_the_queue_is_narrowed_to_a_view(
    page_as: PageAs, team_lead: User, make_group: Any, at: Any, shot: Any,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    make_group(1, "Maier", "Mayer")
    make_group(2, "Abel", "Able")
    scope = Scope(ListName.PERSONS, team_lead, at)
    saved_views.save(
        actor=team_lead, list_name=scope.name, name="Buchstabe A", at=at,
        query=parse_string(scope=scope, text="q=Abel"),
    )  # fmt: skip
    page = page_as(team_lead)
    page.goto("/dubletten/")
    choice = page.get_by_label("Ansicht der Liste")
    choice.select_option("Buchstabe A")
    expect(page.get_by_role("link", name="Gegenüberstellen")).to_have_count(1)
    shot(page, "dubletten-ansicht")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Gegenüberstellen").click()
    expect(page.get_by_role("heading", name="Ist das dieselbe Person?")).to_be_visible()
    expect(page.get_by_text("1 offen")).to_be_visible()
    page.keyboard.press("v")
    expect(page.get_by_role("heading", name="Keine Gruppe dieser Art")).to_be_visible()
    expect(page.get_by_label("Ansicht der Liste")).to_contain_text("Buchstabe A")


def test_english(page_as: PageAs, team_lead: User, make_group: Any, shot: Any) -> None:
    team_lead.language = "en"
    team_lead.save()
    make_group(1, "Maier", "Mayer")
    page = page_as(team_lead)
    page.goto("/dubletten/ansprechpartner/1/")
    expect(page.get_by_role("button", name="Merge")).to_be_visible()
    shot(page, "english-review", whole=False)
