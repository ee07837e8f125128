"""``/qualitaet/``: numbers with their lists, counted once in a while."""

from collections.abc import Callable

import pytest
from django.test import Client

from contacts.models import Person
from crm.accounts.models import Team, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_desk")]
URL = "/qualitaet/"


def test_an_empty_stock_says_so(client: Client, sales: User) -> None:
    client.force_login(sales)
    assert "Noch keine Daten" in client.get(URL).content.decode()


def test_numbers_open_their_lists(
    client: Client, team_lead: User, make_person: Callable[..., Person], team: Team
) -> None:
    make_person("", "Abel", team=team)
    client.force_login(team_lead)
    page = client.get(URL).content.decode()
    assert '<a href="/ansprechpartner/?lacks=ANY"><b>1</b>' in page
    assert "/ansprechpartner/?unconfirmed=never" in page
    assert "Ansprechpartner nach Herkunft" in page


def test_numbers_are_kept_until_counted_again(
    client: Client, team_lead: User, make_person: Callable[..., Person], team: Team
) -> None:
    client.force_login(team_lead)
    client.get(URL)
    make_person("", "Abel", team=team)
    assert "Noch keine Daten" in client.get(URL).content.decode()
    assert "Noch keine Daten" not in client.get(f"{URL}?neu").content.decode()


def test_nobody_sees_the_numbers_of_others(
    client: Client,
    admin: User,
    team_lead: User,
    make_person: Callable[..., Person],
    other_team: Team,
) -> None:
    make_person("", "Fremd", team=other_team)
    client.force_login(admin)
    assert "?lacks=ANY" in client.get(URL).content.decode()
    client.force_login(team_lead)
    assert "Noch keine Daten" in client.get(URL).content.decode()
