"""``/heute/``: what wants attention, and nothing that has nothing behind it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from contacts import sources
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.date())


def test_the_root_leads_to_the_day(client: Client, sales: User) -> None:
    client.force_login(sales)
    assert client.get("/").headers["Location"] == "/heute/"


def test_the_day_begins_empty(client: Client, sales: User) -> None:
    client.force_login(sales)
    page = client.get("/heute/").content.decode()
    assert "Dienstag, 17. März" in page
    assert "Nichts zu pflegen" in page
    assert "Importe" not in page
    assert "Nächsten Eintrag öffnen" not in page


def test_records_reasons_and_deadlines(
    client: Client, sales: User, make_person: Callable[..., Person], at: datetime
) -> None:
    bought = sources.create(
        actor=None,
        kind="SUPPLIER",
        name="Adresskontor Falk",
        licence="x",
        use_until=date(2026, 3, 26),
        at=at,
    )
    person = make_person("Johannes", "Maier", owner=sales)
    Person.objects.filter(pk=person.pk).update(
        completeness=100, confirmed_on=date(2023, 5, 4), source=bought
    )
    client.force_login(sales)
    page = client.get("/heute/").content.decode()
    assert "1 lange nicht bestätigt · 1 Frist" in page
    assert "zuletzt am 04.05.2023" in page
    assert f'href="/ansprechpartner/{person.public_id}/"' in page
    assert "9 Tage" in page
    assert "1 Ansprechpartner, nutzbar bis 26.03.2026" in page
    assert f'href="/ansprechpartner/?data_source={bought.public_id}"' in page
    assert "/ansprechpartner/?owner=me&amp;unconfirmed=2&amp;sort=confirmed" in page


def test_who_may_import_sees_imports(client: Client, team_lead: User) -> None:
    client.force_login(team_lead)
    assert "Noch wurde nichts übernommen." in client.get("/heute/").content.decode()
