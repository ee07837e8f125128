"""The lists as pages: what they show, what they refuse, how many queries they cost."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts import saved_views
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.models import Person, SavedView
from crm.accounts.models import Team, User

pytestmark = pytest.mark.django_db
URL = "/ansprechpartner/"


@pytest.fixture(autouse=True)
def _no_numbers_from_before() -> None:
    cache.clear()


@pytest.fixture
def lead(client: Client, team_lead: User) -> Client:
    client.force_login(team_lead)
    return client


@pytest.fixture
def people(make_person: Callable[..., Person], team: Team) -> list[Person]:
    return [
        make_person(given, surname, team=team)
        for given, surname in (("Konstantin", "Abel"), ("Jens", "Äpfelbach"), ("Birgit", "Appel"))
    ]


def order_of(page: str, *words: str) -> list[str]:
    return sorted(words, key=page.index)


def test_the_page_shows_the_names_in_german_order(lead: Client, people: list[Person]) -> None:
    page = lead.get(URL).content.decode()
    names = ["Abel, Konstantin", "Äpfelbach, Jens", "Appel, Birgit"]
    assert order_of(page, *reversed(names)) == names
    assert "1–3 von 3" in page
    assert f'href="/ansprechpartner/{people[0].public_id}/"' in page


def test_both_lists_answer_with_page_or_fragment(lead: Client, people: list[Person]) -> None:
    for url in (URL, "/firmen/"):
        page = lead.get(url)
        fragment = lead.get(url, headers={"HX-Request": "true"})
        assert (page.status_code, fragment.status_code) == (200, 200)
        assert "<html" in page.content.decode()
        assert "<html" not in fragment.content.decode()
        assert "HX-Request" in page.headers["Vary"]


def test_conditions_stand_as_chips_that_can_be_taken_away(
    lead: Client, people: list[Person]
) -> None:
    page = lead.get(URL, {"q": "birgit", "lacks": "ANY", "sort": "-name"}).content.decode()
    assert "Kontaktweg fehlt: alle" in page
    assert 'href="/ansprechpartner/?q=birgit&amp;sort=-name"' in page
    assert "Abel, Konstantin" not in page
    assert "Appel, Birgit" in page


def test_a_wrong_condition_is_told_beside_its_field(lead: Client, people: list[Person]) -> None:
    answer = lead.get(URL, {"completeness_below": "200"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bitte eine ganze Zahl von 1 bis 100." in page
    assert 'value="200"' in page
    assert "Abel, Konstantin" in page


def test_an_unknown_condition_is_told_and_left_out(lead: Client, people: list[Person]) -> None:
    answer = lead.get(URL, {"colour": "red"})
    assert answer.status_code == 422
    assert "Die Bedingung „colour“ gibt es nicht." in answer.content.decode()


@pytest.mark.parametrize(
    "code",
    [
        "owner",
        "team",
        "city",
        "has",
        "address_unconfirmed",
        "completeness_below",
        "changed",
        "source",
    ],
)
def test_every_kind_of_condition_has_a_form(lead: Client, people: list[Person], code: str) -> None:
    page = lead.get(URL, {"add": code}).content.decode()
    assert f'name="{code}"' in page


def test_a_condition_without_choices_says_so(lead: Client) -> None:
    page = lead.get(URL, {"add": "import"}).content.decode()
    assert "Hier gibt es noch nichts zu wählen." in page


def test_nothing_found_says_so_and_offers_the_way_back(lead: Client, people: list[Person]) -> None:
    page = lead.get(URL, {"q": "zzz"}).content.decode()
    assert "Nichts passt zu diesen Bedingungen" in page
    page = lead.get("/firmen/").content.decode()
    assert "Noch keine Firmen" in page


def test_columns_are_chosen(lead: Client, people: list[Person]) -> None:
    page = lead.get(URL, {"columns": ["name", "changed"]}).content.decode()
    assert 'class="c-changed' in page
    assert 'class="c-email' not in page


def test_the_page_costs_a_fixed_number_of_queries(
    lead: Client, make_person: Callable[..., Person], team: Team
) -> None:
    spent = []
    for count in (2, 20):
        for number in range(count):
            make_person("Anna", f"Nummer{count}{number}", team=team)
        cache.clear()
        lead.get(URL)
        with CaptureQueriesContext(connection) as captured:
            lead.get(URL)
        spent.append(len(captured))
    assert spent[0] == spent[1] <= 14


def test_tabs_get_their_numbers_later(lead: Client, people: list[Person]) -> None:
    assert 'hx-get="/ansprechpartner/anzahlen/?"' in lead.get(URL).content.decode()
    tabs = lead.get("/ansprechpartner/anzahlen/").content.decode()
    assert 'Alle<span class="count">3</span>' in tabs
    assert 'Meine<span class="count">0</span>' in tabs
    assert "anzahlen" not in lead.get(URL).content.decode()


def test_a_view_is_saved_opened_changed_and_removed(
    lead: Client, team_lead: User, people: list[Person]
) -> None:
    answer = lead.post(
        "/ansprechpartner/ansichten/?q=appel&keep=new", {"name": "Appels", "is_shared": "on"}
    )
    view = SavedView.objects.get()
    assert answer.headers["Location"] == f"{URL}?q=appel&view={view.public_id}"
    assert (view.owner, view.query, view.is_shared) == (team_lead, "q=appel", True)

    page = lead.get(URL, {"q": "abel", "view": view.public_id}).content.decode()
    assert "geändert" in page
    lead.post(f"/ansprechpartner/ansichten/{view.public_id}/sichern/?q=abel&view={view.public_id}")
    assert SavedView.objects.get().query == "q=abel"
    lead.post(
        f"/ansprechpartner/ansichten/?q=abel&view={view.public_id}&keep=edit", {"name": "Abels"}
    )
    assert (SavedView.objects.get().name, SavedView.objects.get().is_shared) == ("Abels", False)
    answer = lead.post(f"/ansprechpartner/ansichten/{view.public_id}/loeschen/")
    assert answer.headers["Location"] == f"{URL}?q=abel"
    assert not SavedView.objects.exists()


def test_a_taken_name_is_refused_beside_the_field(
    lead: Client, team_lead: User, at: datetime
) -> None:
    saved_views.save(
        actor=team_lead,
        list_name=ListName.PERSONS,
        name="Meine Liste",
        query=queries.parse_string(scope=Scope(ListName.PERSONS, team_lead, at), text=""),
        at=at,
    )
    answer = lead.post("/ansprechpartner/ansichten/?keep=new", {"name": "meine liste"})
    assert answer.status_code == 422
    assert "Eine Ansicht mit diesem Namen haben Sie schon." in answer.content.decode()


def test_without_permission_there_is_nothing_to_choose(
    client: Client, sales: User, privacy: User
) -> None:
    client.force_login(sales)
    page = client.get(URL).content.decode()
    assert "Ausleiten" not in page
    for part in ("ausleiten", "zuweisen"):
        assert client.post(f"{URL}{part}/", {"everything": "1"}).status_code == 403
    client.force_login(privacy)
    assert "Bestätigen" not in client.get(URL).content.decode()
    for part in ("bestaetigen", "einordnen"):
        assert client.post(f"{URL}{part}/", {"everything": "1"}).status_code == 403


def test_strangers_are_sent_to_the_log_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
