"""Rows of an ERP by API, and the orders of a record."""

import pytest

from contacts import companies
from crm.accounts.models import RoleCode
from history.models import Order, Takeover

pytestmark = pytest.mark.django_db
URL = "/api/v1/orders"
ROW = {"number": "A-1", "ordered_on": "2026-01-28", "customer": "10482", "total": 12345.5}


@pytest.fixture
def firm(admin, source, team, at):
    values = {"name": "Havelberg Anlagenbau", "erp_number": "10482"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


def test_rows_are_added_once_and_what_waits_is_told(api, team_lead, firm):
    client = api(team_lead)
    rows = [ROW, {**ROW, "number": "A-2", "customer": "77"}, {**ROW, "number": "A-3", "total": "x"}]
    told = client.post(URL, {"rows": rows}, format="json").json()
    names = ("rows", "created", "unchanged", "waiting", "refused")
    assert [told[name] for name in names] == [3, 1, 0, 1, 1]
    assert [(each["row"], each["column"]) for each in told["refused_rows"]] == [(3, "total")]
    again = client.post(URL, {"rows": rows}, format="json").json()
    assert [again[name] for name in names] == [3, 0, 1, 1, 1]
    assert str(Order.objects.get().total) == "12345.50"


def test_a_dry_run(api, admin, firm):
    told = api(admin).post(URL, {"rows": [ROW], "dry_run": True}, format="json").json()
    assert (told["created"], told["is_dry_run"]) == (1, True)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rows": {}},
        {"rows": [1]},
        {"rows": [{"number": {"a": 1}}]},
        {"rows": [{"number": True}]},
        {"rows": [{"preis": "1"}]},
        {"rows": [ROW], "kind": "ERFUNDEN"},
    ],
)
def test_bodies_that_are_refused(api, admin, firm, body):
    answer = api(admin).post(URL, body, format="json")
    assert answer.status_code == 400, answer.content
    assert not Order.objects.exists()
    assert not Takeover.objects.exists()


def test_who_may_not_take_over(api, sales, firm):
    assert api(sales).post(URL, {"rows": [ROW]}, format="json").status_code == 403
    assert not Takeover.objects.exists()


def test_the_orders_of_a_record(api, admin, sales, make_user, other_team, firm):
    rows = [{**ROW, "number": f"A-{number}"} for number in range(3)]
    api(admin).post(URL, {"rows": rows}, format="json")
    url = f"/api/v1/companies/{firm.public_id}/orders"
    page = api(sales).get(url, {"limit": 2}).json()
    assert [order["number"] for order in page["orders"]] == ["A-2", "A-1"]
    rest = api(sales).get(url, {"limit": 2, "after": page["next"]}).json()
    assert ([order["number"] for order in rest["orders"]], rest["next"]) == (["A-0"], "")
    assert api(sales).get(url, {"limit": 0}).status_code == 400
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    assert api(stranger).get(url).status_code == 404
