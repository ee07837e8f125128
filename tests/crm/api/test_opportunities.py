"""Opportunities through the API."""

from collections.abc import Callable
from datetime import datetime

import pytest
from rest_framework.test import APIClient

from contacts import companies
from contacts.models import Company, Person, Source
from crm.accounts.models import Team, User
from history.models import CloseReason, Opportunity, Stage, Stakeholder
from history.opportunities import deals, stakeholders

BASE = "/api/v1/opportunities"


@pytest.fixture
def company(admin: User, source: Source, team: Team, at: datetime) -> Company:
    values = {"name": "Havelberg Anlagenbau GmbH"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


@pytest.fixture
def client(api: Callable[[User], APIClient], sales: User) -> APIClient:
    return api(sales)


@pytest.fixture
def deal(sales: User, company: Company, at: datetime) -> Opportunity:
    values = {"title": "Halle 3", "company": company}
    return deals.create(actor=sales, values=values, at=at)


def of(deal: Opportunity, tail: str = "") -> str:
    return f"{BASE}/{deal.public_id}{tail}"


def test_create_read_change(client: APIClient, company: Company) -> None:
    body = {"title": "Halle 3", "company": str(company.public_id), "volume": "184500.00"}
    made = client.post(BASE, body, format="json")
    assert made.status_code == 201
    found = made.json()
    assert found["number"].startswith("VC-")
    assert (found["probability"], found["company_name"]) == (10, "Havelberg Anlagenbau GmbH")
    url = f"{BASE}/{found['id']}"
    changed = client.patch(url, {"need": "Licht", "version": 1}, format="json").json()
    assert (changed["need"], changed["version"]) == ("Licht", 2)
    late = client.patch(url, {"need": "Strom", "version": 1}, format="json")
    assert (late.status_code, late.json()["data"]) == (409, {"expected": 1, "actual": 2})
    whole = client.get(url).json()
    assert (whole["opportunity"]["need"], whole["weighted"]) == ("Licht", "18450.00")
    shares = {part["code"]: part["share"] for part in whole["score"]["parts"]}
    assert (shares["need"], shares["decision"], shares["next_step"]) == (0.5, None, 0.0)


def test_120_percent_is_refused_with_its_field(client: APIClient, deal: Opportunity) -> None:
    answer = client.patch(of(deal), {"probability": 120, "need": "x"}, format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["probability"]
    assert "120 % gibt es nicht" in answer.json()["message"]
    fresh = Opportunity.objects.get()
    assert (fresh.probability, fresh.need, fresh.version) == (10, "", 1)


def test_move_lose_and_open_again(client: APIClient, deal: Opportunity) -> None:
    stages = list(Stage.objects.all())
    moved = client.post(of(deal, "/move"), {"stage": stages[2].pk}, format="json").json()
    assert (moved["stage"]["name"], moved["probability"]) == ("Angebot", 60)
    won = CloseReason.objects.filter(state="WON")[0]
    wrong = client.post(of(deal, "/lose"), {"reason": won.pk}, format="json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["reason"])
    reason = CloseReason.objects.get(label="Preis")
    closed = client.post(of(deal, "/lose"), {"reason": reason.pk, "note": "x"}, format="json")
    assert (closed.json()["state"], closed.json()["close_reason"]["label"]) == ("LOST", "Preis")
    again = client.post(of(deal, "/move"), {"stage": stages[0].pk}, format="json")
    assert again.status_code == 409
    opened = client.post(of(deal, "/reopen"), format="json").json()
    assert (opened["state"], opened["close_reason"]) == ("OPEN", None)
    unknown = client.post(of(deal, "/move"), {"stage": 999999999}, format="json")
    assert unknown.status_code == 404
    steps = client.get(of(deal)).json()["steps"]
    assert [step["state"] for step in steps] == ["OPEN", "OPEN", "LOST", "OPEN"]


def test_people_and_rivals(
    client: APIClient, deal: Opportunity, make_person: Callable[..., Person], team: Team
) -> None:
    person = make_person("Friederike", "Haas", team=team)
    body = {"person": str(person.public_id), "roles": ["APPROVER"], "influence": 3}
    made = client.post(of(deal, "/stakeholders"), body, format="json")
    assert (made.status_code, made.json()["person_name"]) == (201, "Friederike Haas")
    assert client.post(of(deal, "/stakeholders"), body, format="json").status_code == 409
    url = of(deal, f"/stakeholders/{made.json()['id']}")
    assert client.patch(url, {"stance": "FOR"}, format="json").json()["stance"] == "FOR"
    assert client.patch(url, {"influence": 7}, format="json").status_code == 400
    assert "gibt Geld frei" in client.get(of(deal)).json()["gap"]
    rival = client.post(of(deal, "/competitors"), {"name": "Lumitrax"}, format="json").json()
    path = of(deal, f"/competitors/{rival['id']}")
    assert client.patch(path, {"standing": "OUT"}, format="json").json()["standing"] == "OUT"
    assert client.delete(path).status_code == 204
    assert client.delete(url).status_code == 204
    whole = client.get(of(deal)).json()
    assert (whole["stakeholders"], whole["competitors"]) == ([], [])


def test_a_list_by_pages_with_conditions(
    client: APIClient, sales: User, company: Company, at: datetime
) -> None:
    for number in range(5):
        deals.create(actor=sales, values={"title": f"{number}", "company": company}, at=at)
    first = client.get(BASE, {"limit": 3}).json()
    assert [row["title"] for row in first["results"]] == ["4", "3", "2"]
    assert first["total"] == {"value": 5, "is_capped": False}
    second = client.get(BASE, {"limit": 3, "after": first["next"]}).json()
    assert ([row["title"] for row in second["results"]], second["next"]) == (["1", "0"], "")
    assert client.get(BASE, {"state": "won"}).json()["results"] == []
    assert (
        len(client.get(BASE, {"without_next_step": "true", "whose": "me"}).json()["results"]) == 5
    )
    for wrong in ({"state": "maybe"}, {"whose": "you"}, {"limit": "0"}, {"limit": "x"}):
        answer = client.get(BASE, wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [*wrong])


def test_pipelines_and_reasons_are_listed(client: APIClient) -> None:
    (pipeline,) = client.get(f"{BASE}/pipelines").json()
    assert [stage["probability"] for stage in pipeline["stages"]] == [10, 30, 60, 75, 90]
    assert len(client.get(f"{BASE}/close-reasons").json()) == 10


def test_a_team_lead_keeps_pipelines_stages_and_reasons(
    api: Callable[[User], APIClient], client: APIClient, team_lead: User
) -> None:
    lead = api(team_lead)
    made = lead.post(f"{BASE}/pipelines", {"name": "Wartung"}, format="json").json()
    assert (made["name"], made["position"], made["stages"]) == ("Wartung", 2, [])
    at = f"{BASE}/pipelines/{made['id']}"
    stage = {"name": "Anfrage", "probability": 20, "usual_days": 7}
    told = lead.post(f"{at}/stages", stage, format="json").json()
    assert told == stage | {"id": told["id"], "position": 1}
    changed = lead.patch(f"{BASE}/stages/{told['id']}", {"probability": 25}, format="json").json()
    assert changed == told | {"probability": 25}
    assert lead.patch(at, {"name": "Service"}, format="json").json()["name"] == "Service"
    wrong = lead.patch(f"{BASE}/stages/{told['id']}", {"probability": 120}, format="json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["probability"])
    assert lead.delete(f"{BASE}/stages/{told['id']}").status_code == 204
    assert [each["stages"] for each in client.get(f"{BASE}/pipelines").json()][1:] == [[]]

    reason = {"state": "LOST", "label": "Zu spät"}
    kept = lead.post(f"{BASE}/close-reasons", reason, format="json").json()
    assert lead.post(f"{BASE}/close-reasons", reason, format="json").status_code == 400
    lead.patch(f"{BASE}/close-reasons/{kept['id']}", {"is_active": False}, format="json")
    assert "Zu spät" not in [each["label"] for each in client.get(f"{BASE}/close-reasons").json()]
    assert client.post(f"{BASE}/pipelines", {"name": "x"}, format="json").status_code == 403


def test_what_one_may_not_see_is_not_there(
    api: Callable[[User], APIClient], client: APIClient, deal: Opportunity, admin: User,
    make_user: Callable[..., User], make_person: Callable[..., Person], other_team: Team,
    company: Company, at: datetime,
) -> None:  # fmt: skip
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    made = stakeholders.add(actor=admin, opportunity=deal, person=hidden, values={}, at=at)
    (told,) = client.get(of(deal)).json()["stakeholders"]
    assert (told["person"], told["person_name"]) == (None, "Gisela Geheimrat")
    body = {"title": "x", "person": str(hidden.public_id)}
    assert client.post(BASE, body, format="json").status_code == 404
    stranger = api(make_user(teams=[other_team]))
    requests = [
        ("get", ""), ("patch", ""), ("post", "/move"), ("post", "/win"), ("post", "/lose"),
        ("post", "/reopen"), ("post", "/stakeholders"), ("post", "/competitors"),
        ("patch", f"/stakeholders/{made.pk}"), ("delete", f"/stakeholders/{made.pk}"),
    ]  # fmt: skip
    for method, tail in requests:
        answer = getattr(stranger, method)(of(deal, tail), {}, format="json")
        assert answer.status_code == 404, (method, tail)
    assert stranger.get(BASE).json()["results"] == []
    assert Stakeholder.objects.count() == Opportunity.objects.count() == 1
