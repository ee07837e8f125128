"""Taking a file over on the screen, and the orders of a record."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from contacts import companies
from crm.accounts.models import RoleCode
from crm.ui.screens.commerce import panel, spark
from history.commerce import tasks
from history.commerce.of_record import Month
from history.models import Order, OrderLine, RememberedColumns, Takeover, WaitingRow

pytestmark = pytest.mark.django_db
TEXT = (
    "Auftragsnummer;Auftragsdatum;Kundennummer;Netto\n"
    "A-1;28.01.2026;10482;12.345,00\nA-2;28.01.2026;77;1,00\nA-3;bald;10482;1,00\n"
)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def firm(admin, source, team, at):
    values = {"name": "Havelberg Anlagenbau", "erp_number": "10482"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


@pytest.fixture
def order(firm, source, at):
    return Order.objects.create(
        number="A-2026-0117", company=firm, ordered_on=date(2026, 1, 28),
        total=Decimal("12345.00"), source=source, updated_at=at,
    )  # fmt: skip


@pytest.fixture
def lead(client, team_lead, monkeypatch):
    """A browser of the team lead; what is queued is done at once."""
    monkeypatch.setattr(tasks.take_over, "delay", tasks.take_over)
    client.force_login(team_lead)
    return client


def upload(client, text=TEXT, kind="ORDERS"):
    file = BytesIO(text.encode())
    file.name = "auftraege.csv"
    return client.post(reverse("takeover-new"), {"file": file, "kind": kind})


def test_upload_preview_take_over_result(lead, firm, django_capture_on_commit_callbacks):
    answer = upload(lead)
    takeover = Takeover.objects.get()
    assert answer.url == reverse("takeover-columns", args=[takeover.public_id])
    page = lead.get(answer.url).text
    assert "Von den ersten 3 Zeilen sind 2 lesbar." in page
    assert "„bald“ ist kein Datum" in page
    assert not Order.objects.exists()
    form = {"column-0": "number", "column-1": "ordered_on", "column-2": "customer",
            "column-3": "total"}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        trial = lead.post(answer.url, {**form, "go": "trial"})
    assert "Das war ein Probelauf" in lead.get(trial.url).text
    assert not Order.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(answer.url, {**form, "go": "run"})
    page = lead.get(trial.url).text
    assert "Einige Zeilen warten" in page
    assert "Kundennummer</td>" in page
    assert Order.objects.get().company == firm
    assert RememberedColumns.objects.count() == 1
    refused = lead.get(reverse("takeover-refused", args=[takeover.public_id]))
    assert "A-3;bald;10482;1,00;4;Auftragsdatum;" in b"".join(refused).decode()
    assert "Eine Zeile wartet" in lead.get(reverse("takeover-list")).text


def test_a_mapping_without_what_is_needed_is_shown_again(lead, firm):
    url = upload(lead).url
    answer = lead.post(url, {"column-0": "number", "column-1": "erfunden"})
    assert answer.status_code == 422
    assert "Es fehlt eine Spalte für „Auftragsdatum“." in answer.text
    assert "Das Feld „erfunden“ gibt es nicht." in answer.text
    assert Takeover.objects.get().state == "UPLOADED"


@pytest.mark.parametrize("text", ["", "%PDF-1.7"])
def test_a_file_that_is_no_table(lead, text):
    assert upload(lead, text).status_code == 422
    assert upload(lead, kind="ERFUNDEN").status_code == 422
    assert not Takeover.objects.exists()


def test_what_waits_is_tried_again(lead, admin, source, at, django_capture_on_commit_callbacks):
    url = upload(lead, TEXT.splitlines()[0] + "\nA-2;28.01.2026;77;1,00\n").url
    form = {"column-0": "number", "column-1": "ordered_on", "column-2": "customer",
            "column-3": "total"}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(url, form)
    answer = lead.post(reverse("takeover-retry"), follow=True)
    assert "Noch ist keine der Nummern bekannt." in answer.text
    values = {"name": "Spät", "erp_number": "77"}
    companies.create(actor=admin, values=values, source=source, at=at)
    assert "1 Zeile übernommen." in lead.post(reverse("takeover-retry"), follow=True).text
    assert not WaitingRow.objects.exists()


def test_nobody_sees_the_take_over_of_another_team_lead(lead, client, make_user, team):
    url = upload(lead).url
    client.force_login(make_user(RoleCode.TEAM_LEAD, teams=[team]))
    assert client.get(url).status_code == 404
    assert "auftraege.csv" not in client.get(reverse("takeover-list")).text


def test_the_orders_of_a_company(client, sales, firm, order, django_assert_max_num_queries):
    OrderLine.objects.create(
        order=order, position=10, label="Sensor", quantity=Decimal("1.500"),
        amount=Decimal("12345.00"), unit="Stk",
    )  # fmt: skip
    client.force_login(sales)
    url = reverse("order-history", args=["firmen", firm.public_id])
    with django_assert_max_num_queries(16):
        page = client.get(url).text
    assert "A-2026-0117" in page
    assert "12.345,00\N{NO-BREAK SPACE}€" in page
    assert "1,5 Stk Sensor" in page


def test_a_stranger_sees_no_orders(client, make_user, other_team, firm, order):
    client.force_login(make_user(RoleCode.SALES, teams=[other_team]))
    answer = client.get(reverse("order-history", args=["firmen", firm.public_id]))
    assert answer.status_code == 404
    assert "A-2026-0117" not in answer.text


def test_the_panel(firm, order, admin, django_assert_num_queries):
    admin.access  # noqa: B018 - read before, as in a request
    with django_assert_num_queries(5):
        context = panel.context(record=firm, user=admin, today=date(2026, 3, 17))
    html = render_to_string("commerce/of_record.html", context)
    assert 'aria-label="Aufträge je Monat: Januar 12.345,00\N{NO-BREAK SPACE}€"' in html
    assert html.count("<rect") == 12
    assert html.count('class="s-bar"') == 1
    assert f'href="/auftraege/firmen/{firm.public_id}/#auftrag-{order.pk}"' in html


def test_the_panel_without_trade_says_where_it_comes_from(firm, admin):
    context = panel.context(record=firm, user=admin, today=date(2026, 3, 17))
    html = render_to_string("commerce/of_record.html", context)
    assert "Aus der Warenwirtschaft ist noch nichts bekannt." in html
    assert "<svg" not in html


def test_bars_share_the_height_of_the_highest():
    months = [Month(date(2025, 1, 1), Decimal(total)) for total in (0, 50, 100, -20)]
    bars = spark.bars(months)
    assert [bar.height for bar in bars] == ["1.5", "15.0", "30.0", "1.5"]
    assert [bar.y for bar in bars] == ["30.5", "17.0", "2.0", "30.5"]
    assert [bar.is_nil for bar in bars] == [True, False, False, True]
