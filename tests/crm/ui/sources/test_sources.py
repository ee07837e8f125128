"""Sources are administered by who may manage them."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from contacts import sources
from contacts.models import Source, SourceKind
from crm.accounts.models import User
from crm.kernel import clock
from crm.kernel.models import AuditEntry


@pytest.fixture
def lead(client: Client, team_lead: User) -> Client:
    client.force_login(team_lead)
    return client


@pytest.fixture
def bought(team_lead: User, at: datetime) -> Source:
    return sources.create(
        actor=team_lead,
        kind=SourceKind.SUPPLIER,
        name="Lieferung 03/2026",
        supplier="Adresskontor Falk",
        licence="Post und Telefon, einmalige Nutzung",
        licensed_channels=["PHONE", "POSTAL"],
        use_until=date(2026, 12, 31),
        at=at,
    )


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)


def test_the_list_names_licence_channels_and_the_last_day(lead: Client, bought: Source) -> None:
    page = lead.get(reverse("source-list")).content.decode()

    assert "Adresskontor Falk" in page
    assert "nur Telefon, Anschrift" in page
    assert "31.12.2026" in page


@pytest.mark.parametrize(
    ("today", "word", "kind"),
    [
        (date(2026, 12, 30), "noch 1 Tag", "badge--check"),
        (date(2026, 12, 31), "letzter Tag heute", "badge--check"),
        (date(2027, 1, 1), "abgelaufen", "badge--no"),
    ],
)
def test_a_near_or_passed_end_of_use_is_marked(
    lead: Client,
    bought: Source,
    monkeypatch: pytest.MonkeyPatch,
    today: date,
    word: str,
    kind: str,
) -> None:
    on(monkeypatch, today)

    page = lead.get(reverse("source-list")).content.decode().replace("\u00a0", " ")

    assert word in page
    assert kind in page


def test_bought_addresses_without_licence_are_refused_beside_the_fields(lead: Client) -> None:
    answer = lead.post(reverse("source-new"), {"kind": "SUPPLIER", "name": "Falk"})

    assert answer.status_code == 422
    assert "Gekaufte Adressen brauchen die Angabe der Lizenz." in answer.content.decode()
    assert not Source.objects.filter(name="Falk").exists()


def test_a_source_is_created_and_changed(lead: Client) -> None:
    lead.post(reverse("source-new"), {"kind": "FAIR", "name": "Raumlicht 2026"})
    source = Source.objects.get(name="Raumlicht 2026")

    answer = lead.post(
        reverse("source-edit", args=[source.public_id]),
        {"kind": "FAIR", "name": "Raumlicht Berlin 2026", "use_until": "2027-01-31"},
    )

    assert answer.status_code == 303
    source.refresh_from_db()
    assert (source.name, source.use_until) == ("Raumlicht Berlin 2026", date(2027, 1, 31))


def test_a_deactivated_source_comes_back_by_the_way_back(lead: Client, bought: Source) -> None:
    activity = reverse("source-activity", args=[bought.public_id])

    page = lead.post(activity, {"active": "no"}, follow=True).content.decode()

    bought.refresh_from_db()
    assert not bought.is_active
    assert f'action="{activity}?active=yes"' in page
    lead.post(f"{activity}?active=yes")
    bought.refresh_from_db()
    assert bought.is_active
    assert AuditEntry.objects.filter(action="source.updated").count() == 2


def test_sales_may_not_see_or_change_sources(client: Client, sales: User, bought: Source) -> None:
    client.force_login(sales)

    assert client.get(reverse("source-list")).status_code == 403
    activity = reverse("source-activity", args=[bought.public_id])
    assert client.post(activity, {"active": "no"}).status_code == 403
    bought.refresh_from_db()
    assert bought.is_active
