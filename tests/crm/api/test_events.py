"""``/events`` and ``/leads``: set up, counted, completed, decided."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from contacts import contact_points
from contacts.models import Merge, Person, Source
from crm.accounts.models import User
from crm.kernel import clock
from history.models import Event, LeadCapture, Opportunity
from tests import fair_cast

Api = Callable[[User], APIClient]
BASE = "/api/v1"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def event(team_lead: User, sales: User) -> Event:
    begun = clock.now() - timedelta(days=12)
    return fair_cast.fair(by=team_lead, team=[sales], at=begun, delete_on=clock.today())


@pytest.fixture
def lead(event: Event, sales: User) -> LeadCapture:
    return fair_cast.slip(event, by=sales, at=clock.now() - timedelta(days=8))


def test_a_fair_is_set_up_changed_closed_and_given_up(api: Api, team_lead: User) -> None:
    client = api(team_lead)
    body = {
        "name": "Lichtwoche", "starts_on": "2026-09-01", "ends_on": "2026-09-04",
        "delete_on": "2026-12-31", "team": [str(team_lead.public_id)],
    }  # fmt: skip
    made = client.post(f"{BASE}/events", body, format="json")
    assert made.status_code == 201
    data = made.json()
    assert (data["name"], data["version"], data["team"]) == (
        "Lichtwoche", 1, [str(team_lead.public_id)],
    )  # fmt: skip
    assert data["form"][0]["code"] == "volume"
    address = f"{BASE}/events/{data['id']}"
    changed = client.patch(address, {"stand": "B2", "version": 1}, format="json")
    assert (changed.status_code, changed.json()["stand"]) == (200, "B2")
    assert client.patch(address, {"stand": "B3", "version": 1}, format="json").status_code == 409
    again = client.patch(address, {"form": changed.json()["form"]}, format="json")
    assert again.json()["version"] == 2
    assert client.post(f"{address}/close").json()["closed_at"] is not None
    assert client.post(f"{address}/reopen").json()["closed_at"] is None
    assert [each["name"] for each in client.get(f"{BASE}/events").json()] == ["Lichtwoche"]
    assert client.delete(address).status_code == 204
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": "2026-08-01"}, "ends_on"),
        ({"delete_on": "2026-09-02"}, "delete_on"),
        ({"form": [{"code": "a", "label": "A", "asks": "VOLUME", "chips": []}]}, "form"),
        ({"follow_up": {"A": {"hours": 5, "act": "CALL"}}}, "follow_up"),
    ],
)
def test_what_makes_no_sense_is_refused(
    api: Api, team_lead: User, values: dict[str, Any], field: str
) -> None:
    body = {
        "name": "Lichtwoche", "starts_on": "2026-09-01", "ends_on": "2026-09-04",
        "delete_on": "2026-12-31", **values,
    }  # fmt: skip
    answer = api(team_lead).post(f"{BASE}/events", body, format="json")
    assert answer.status_code == 400
    assert field in answer.text
    assert not Event.objects.exists()


def test_the_figures(api: Api, sales: User, event: Event, lead: LeadCapture) -> None:
    found = api(sales).get(f"{BASE}/events/{event.public_id}/figures").json()
    assert (found["leads"], found["overdue"], found["volume"]) == (1, 1, "0.00")
    assert found["grades"][0] == {"grade": "A", "leads": 1}
    assert found["reps"] == [{"user": str(sales.public_id), "name": sales.full_name, "leads": 1}]
    assert found["promises"] == {"kept": 0, "broken": 1, "ahead": 0, "rate": 0.0}


def test_leads_are_listed_with_a_budget(
    api: Api, sales: User, event: Event, lead: LeadCapture, django_assert_max_num_queries: Any
) -> None:
    fair_cast.slip(event, by=sales, at=clock.now(), name="Ada Berg", email="", grade="B")
    client = api(sales)
    address = f"{BASE}/leads?event={event.public_id}"
    with django_assert_max_num_queries(14):
        found = client.get(address).json()
    assert [each["name"] for each in found["results"]] == ["Jens Kowalski", "Ada Berg"]
    assert found["total"] == {"value": 2, "is_capped": False}

    def names(query: str) -> list[str]:
        return [each["name"] for each in client.get(f"{address}&{query}").json()["results"]]

    assert names("grade=B") == ["Ada Berg"]
    assert names("state=overdue") == ["Jens Kowalski"]
    assert names(f"captured_by={sales.public_id}&q=kowalski") == ["Jens Kowalski"]
    assert names("captured_by=019d0000-0000-7000-8000-000000000001") == []
    first = client.get(f"{address}&limit=1").json()
    assert names(f"limit=1&after={first['next']}".replace("+", "%2B")) == ["Ada Berg"]
    assert client.get(f"{address}&limit=0").status_code == 400
    assert client.get(f"{BASE}/leads").status_code == 400


def test_a_slip_is_completed(api: Api, sales: User, lead: LeadCapture) -> None:
    address = f"{BASE}/leads/{lead.public_id}"
    client = api(sales)
    body = {"function": "Vorstand", "next_step_on": "2027-01-04", "version": lead.version}
    done = client.patch(address, body, format="json")
    assert (done.status_code, done.json()["function"], done.json()["next_step_on"]) == (
        200, "Vorstand", "2027-01-04",
    )  # fmt: skip
    assert client.patch(address, body, format="json").status_code == 409
    assert client.get(address).json()["version"] == lead.version + 1


def test_a_lead_is_taken_over(api: Api, sales: User, lead: LeadCapture) -> None:
    client = api(sales)
    address = f"{BASE}/leads/{lead.public_id}/take-over"
    assert client.post(address, {"role": "BOSS"}, format="json").status_code == 400
    body = {"company_name": "Havelberg", "volume": "1000.00", "competitors": ["Lumitrax"]}
    done = client.post(address, body, format="json").json()
    deal = Opportunity.objects.get()
    assert (done["state"], done["opportunity"]) == ("TAKEN_OVER", str(deal.public_id))
    assert done["company"] == str(deal.company.public_id)  # type: ignore[union-attr]
    assert client.post(address, body, format="json").status_code == 409
    assert Opportunity.objects.count() == 1


def test_a_lead_is_given_up_and_taken_up(api: Api, sales: User, lead: LeadCapture) -> None:
    client = api(sales)
    address = f"{BASE}/leads/{lead.public_id}"
    assert client.post(f"{address}/drop", {}, format="json").status_code == 400
    done = client.post(f"{address}/drop", {"reason": "Student"}, format="json").json()
    assert (done["state"], done["dropped_because"]) == ("DROPPED", "Student")
    assert client.post(f"{address}/take-up").json()["state"] == "NEW"


def test_a_visitor_is_added_to_the_known_person(
    api: Api, sales: User, lead: LeadCapture, make_person: Callable[..., Person], team: Any,
    source: Source,
) -> None:  # fmt: skip
    known = make_person("Jens", "Kowalsky", team=team)
    contact_points.add(
        actor=sales, record=known, kind="PHONE", value="030 23125 101", source=source,
        at=clock.now(),
    )  # fmt: skip
    client = api(sales)
    address = f"{BASE}/leads/{lead.public_id}/merge"
    body = {"person": str(known.public_id)}
    done = client.post(address, body, format="json").json()
    assert done["lead"]["person"] == str(known.public_id)
    assert done["merge"] == str(Merge.objects.get().public_id)
    assert client.post(address, body, format="json").status_code in (409, 422)


def test_who_is_not_on_the_team_finds_nothing(
    api: Api, make_user: Callable[..., User], event: Event, lead: LeadCapture
) -> None:
    client = api(make_user("SALES"))
    assert client.get(f"{BASE}/events").json() == []
    assert client.get(f"{BASE}/events/{event.public_id}").status_code == 404
    assert client.get(f"{BASE}/leads?event={event.public_id}").status_code == 404
    assert client.get(f"{BASE}/leads/{lead.public_id}").status_code == 404
    body = {"reason": "Student"}
    answer = client.post(f"{BASE}/leads/{lead.public_id}/drop", body, format="json")
    assert answer.status_code == 404
    lead.refresh_from_db()
    assert lead.state == "NEW"
