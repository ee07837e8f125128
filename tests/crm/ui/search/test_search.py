"""The address of the search: page, results while typing, palette."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from contacts import companies
from contacts.models import Company, Person, Source
from crm.accounts.models import RoleCode, Team, User

pytestmark = pytest.mark.django_db
TYPING = {"HX-Request": "true", "HX-Target": "treffer"}
PALETTE = {"HX-Request": "true", "HX-Target": "palette-results"}


@pytest.fixture
def maier(make_person: Callable[..., Person], team: Team) -> Person:
    return make_person("Johannes", "Maier", title="Dr.", team=team)


@pytest.fixture
def mayr(admin: User, source: Source, team: Team, at: datetime) -> Company:
    values = {"name": "Mayr Hebetechnik", "legal_form": "e. K.", "erp_number": "K-1"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


def get(client: Client, user: User, text: str, headers: dict[str, str] | None = None) -> str:
    client.force_login(user)
    response = client.get("/suche/", {"q": text}, headers=headers or {})
    assert response.status_code == 200
    return response.content.decode()


def test_page_works_without_scripts(
    client: Client, sales: User, maier: Person, mayr: Company
) -> None:
    page = get(client, sales, "meyer")
    assert "<h1>Suche</h1>" in page
    assert 'value="meyer"' in page
    assert "Ansprechpartner, auch in anderer Schreibung" in page
    assert f'href="/ansprechpartner/{maier.public_id}/">Dr. Johannes <mark>Maier</mark></a>' in page
    assert f'href="/firmen/{mayr.public_id}/"><mark>Mayr</mark> Hebetechnik e. K.</a>' in page


def test_typing_renews_the_results_only(client: Client, sales: User, maier: Person) -> None:
    part = get(client, sales, "maier", TYPING)
    assert "<h1" not in part
    assert "<mark>Maier</mark>" in part
    assert 'data-announce="1 Ansprechpartner, 0 Firmen"' in part


def test_palette_gets_options(client: Client, sales: User, maier: Person, mayr: Company) -> None:
    part = get(client, sales, "maier", PALETTE)
    assert "<html" not in part
    assert part.count('role="option"') == part.count("palette__item")
    assert f'id="hit-{maier.public_id}" role="option"' in part
    assert '<a class="palette__item" id="offer-1"' in part
    assert 'href="/ansprechpartner/neu/?name=maier" data-ctrl-enter>' in part
    assert "„maier“ als Firma anlegen" in part


def test_answers_depend_on_who_asks_for_a_fragment(client: Client, sales: User) -> None:
    client.force_login(sales)
    assert "HX-Request" in client.get("/suche/")["Vary"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("030 23125 102", "/ansprechpartner/neu/?phone=030+23125+102"),
        ("neu@firma.example", "/ansprechpartner/neu/?email=neu%40firma.example"),
        ("@Huber", "/ansprechpartner/neu/?name=Huber"),
        ("#Huber", "/firmen/neu/?name=Huber"),
    ],
)
def test_what_is_missing_can_be_added(client: Client, sales: User, text: str, address: str) -> None:
    assert f'href="{address}"' in get(client, sales, text, PALETTE)


def test_nothing_is_offered_to_those_who_may_not_add(client: Client, privacy: User) -> None:
    part = get(client, privacy, "huber", PALETTE)
    assert "anlegen" not in part
    assert "Nichts gefunden" in part


def test_commands_are_found_by_their_words(client: Client, admin: User) -> None:
    assert "Kriterien verwalten" in get(client, admin, "krit", PALETTE)
    assert "Kriterien verwalten" in get(client, admin, "", PALETTE)


def test_more_than_shown_is_told(
    client: Client, sales: User, make_person: Callable[..., Person], team: Team
) -> None:
    for number in range(60):
        make_person(f"A{number:02}", "Zander", team=team)
    assert 'href="/suche/?q=zander"' in get(client, sales, "zander", PALETTE)
    page = get(client, sales, "zander")
    assert page.count('class="found__row"') == 50
    assert "die ersten 50" in page


def test_other_teams_records_are_not_found(
    client: Client, make_user: Callable[..., User], other_team: Team, maier: Person
) -> None:
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    assert "Maier</mark>" not in get(client, stranger, "maier")


def test_text_is_escaped(client: Client, sales: User) -> None:
    page = get(client, sales, '"><script>alert(1)</script>')
    assert "<script>alert" not in page


@pytest.mark.parametrize("user", ["sales", "service", "team_lead", "privacy", "admin"])
def test_every_role_may_search(client: Client, user: str, request: pytest.FixtureRequest) -> None:
    get(client, request.getfixturevalue(user), "ma")


def test_search_needs_a_log_in(client: Client) -> None:
    response = client.get("/suche/?q=maier")
    assert response.status_code == 302
    assert "next=/suche/" in response["Location"]


def test_what_was_typed_stands_in_the_form(client: Client, sales: User) -> None:
    client.force_login(sales)
    page = client.get("/ansprechpartner/neu/?name=Eva+Huber&phone=030+23125+102").content.decode()
    assert 'value="Eva Huber"' in page
    assert 'value="030 23125 102"' in page
    page = client.get("/firmen/neu/?name=Huber+GmbH").content.decode()
    assert 'value="Huber GmbH"' in page
