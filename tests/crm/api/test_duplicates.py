"""Duplicates through the API."""

from typing import Any

import pytest

from contacts import saved_views
from contacts.listing import ListName, Scope
from contacts.listing.query import parse_string
from contacts.models import MatchingKind, MatchingRun, PairDecision
from crm.accounts.models import RoleCode
from tests.crm.suspects import made_model, made_run, suspected

BASE = "/api/v1/duplicates"


@pytest.fixture
def run(db, at):
    return made_run(made_model(MatchingKind.PERSON, at), at)


@pytest.fixture
def twins(run, make_person, team):
    pair = [make_person("Johannes", name, team=team) for name in ("Maier", "Mayer")]
    suspected(run, pair)
    return pair


def pair_of(twins, verdict="DIFFERENT"):
    ids = [str(person.public_id) for person in twins]
    return {"kind": "persons", "first": ids[0], "second": ids[1], "verdict": verdict}


def test_groups_say_who_and_why(api, sales, twins) -> None:
    page = api(sales).get(f"{BASE}/groups").json()
    assert (page["total"], page["next"]) == (1, "")
    (group,) = page["results"]
    assert [member["full_name"] for member in group["members"]] == [
        "Johannes Maier",
        "Johannes Mayer",
    ]
    assert (group["kind"], group["number"], group["hidden"]) == ("persons", 1, 0)
    (pair,) = group["pairs"]
    why = pair["explanation"]
    assert why["base"] + sum(part["bits"] for part in why["parts"]) == pytest.approx(pair["weight"])
    assert {part["field"]: part["level"] for part in why["parts"]}["birth"] == "exchanged"
    assert pair["decision"] is None
    assert api(sales).get(f"{BASE}/groups/persons/1").json() == group


@pytest.mark.parametrize("path", ["persons/2", "companies/1", "cars/1"])
def test_other_groups_are_not_there(api, sales, twins, path) -> None:
    assert api(sales).get(f"{BASE}/groups/{path}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [({"band": "HUGE"}, 400), ({"kind": "cars"}, 400), ({"limit": 0}, 400), ({"after": "x"}, 400)],
)
def test_what_is_not_understood_is_refused(api, sales, twins, query, status) -> None:
    assert api(sales).get(f"{BASE}/groups", query).status_code == status


def test_pages_of_groups(api, sales, run, make_person, team) -> None:
    for number in range(1, 4):
        pair = [make_person("Änne", f"Müller{number}", team=team) for _ in range(2)]
        suspected(run, pair, number=number)
    client = api(sales)
    first = client.get(f"{BASE}/groups", {"limit": 2}).json()
    second = client.get(f"{BASE}/groups", {"limit": 2, "after": first["next"]}).json()
    numbers = [group["number"] for page in (first, second) for group in page["results"]]
    assert (sorted(numbers), second["next"]) == ([1, 2, 3], "")


def test_hidden_members_are_only_counted(api, sales, run, make_person, team, other_team) -> None:
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    suspected(run, [make_person("Johannes", "Maier", team=team), hidden])
    answer = api(sales).get(f"{BASE}/groups")
    (group,) = answer.json()["results"]
    assert (len(group["members"]), group["hidden"], group["pairs"]) == (1, 1, [])
    assert str(hidden.public_id) not in answer.content.decode()


def test_a_decision_is_made_listed_and_taken_back(api, sales, twins) -> None:
    client = api(sales)
    made = client.post(f"{BASE}/decisions", pair_of(twins), format="json")
    assert made.status_code == 201, made.json()
    decision = made.json()
    assert (decision["verdict"], decision["decided_by"]) == ("DIFFERENT", str(sales.public_id))
    assert (decision["kind"], decision["withdrawn_at"]) == ("persons", None)
    assert client.get(f"{BASE}/decisions").json() == [decision]
    assert client.get(f"{BASE}/decisions", {"kind": "companies"}).json() == []
    (group,) = client.get(f"{BASE}/groups").json()["results"]
    assert group["pairs"][0]["decision"] == decision
    url = f"{BASE}/decisions/{decision['id']}/withdraw"
    assert client.post(url).json()["withdrawn_at"]
    assert client.get(f"{BASE}/decisions").json() == []
    assert client.post(url).status_code == 404


def test_one_record_is_no_pair(api, sales, twins) -> None:
    answer = api(sales).post(f"{BASE}/decisions", pair_of([twins[0], twins[0]]), format="json")
    assert answer.status_code == 400
    assert not PairDecision.objects.exists()


def test_nobody_decides_of_what_they_do_not_see(api, make_user, other_team, team, twins) -> None:
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    reader = make_user(RoleCode.PRIVACY, teams=[team])
    for user, status in ((stranger, 404), (reader, 403)):
        answer = api(user).post(f"{BASE}/decisions", pair_of(twins), format="json")
        assert answer.status_code == status
    assert not PairDecision.objects.exists()


def test_a_run_is_started_read_and_stopped(api, team_lead) -> None:
    client = api(team_lead)
    body = {"kind": "companies", "scope": "FULL"}
    answer = client.post(f"{BASE}/runs", body, format="json")
    assert answer.status_code == 202
    run = answer.json()
    assert (run["kind"], run["state"], run["model_version"]) == ("companies", "QUEUED", None)
    again = client.post(f"{BASE}/runs", body, format="json")
    assert (again.status_code, again.json()["code"]) == (422, "matching-busy")
    url = f"{BASE}/runs/{run['id']}"
    assert client.get(url).json()["share"] == 0
    assert client.post(f"{url}/cancel").json()["state"] == "CANCELLED"
    assert client.post(f"{url}/cancel").json()["code"] == "matching-ended"
    assert [each["share"] for each in client.get(f"{BASE}/runs").json()] == [None]


def test_a_finished_run_has_figures(api, team_lead, run) -> None:
    (told,) = api(team_lead).get(f"{BASE}/runs").json()
    assert (told["share"], told["model_version"], told["is_current"]) == (1, 1, True)
    assert told["figures"]["histogram"]["counts"] == [5000, 7, 11, 13]


def test_a_rep_starts_no_run(api, sales) -> None:
    client = api(sales)
    assert client.get(f"{BASE}/runs").status_code == 403
    answer = client.post(f"{BASE}/runs", {"kind": "persons"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")
    assert not MatchingRun.objects.exists()


def test_lists_ask_as_often_for_many_as_for_one(
    api, team_lead, run, twins, make_person, team, at, django_assert_max_num_queries
) -> None:
    for number in range(2, 8):
        members = [make_person("Änne", f"Müller{number}", team=team) for _ in range(3)]
        suspected(run, members, number=number)
        made_run(run.model, at, is_current=False)
    client = api(team_lead)
    with django_assert_max_num_queries(22):
        assert len(client.get(f"{BASE}/groups").json()["results"]) == 7
    with django_assert_max_num_queries(6):
        assert len(client.get(f"{BASE}/runs").json()) == 7


def test_groups_of_a_saved_view(api, sales, admin, twins, at) -> None:
    known: dict[str, Any] = {"actor": admin, "list_name": ListName.PERSONS, "at": at}
    scope = Scope(ListName.PERSONS, admin, at)
    views = [
        saved_views.save(
            name=text, query=parse_string(scope=scope, text=text), is_shared=is_shared, **known
        )
        for text, is_shared in (("q=Mayer", True), ("q=Kunz", True), ("q=Maier", False))
    ]
    found = [api(sales).get(f"{BASE}/groups", {"view": str(view.public_id)}) for view in views]
    assert [answer.status_code for answer in found] == [200, 200, 404]
    assert [found[at].json()["total"] for at in (0, 1)] == [1, 0]
    refused = found[2].json()
    assert refused["code"] == "not-found"
    assert "nicht für alle sichtbar" in str(refused)
    companies = {"view": str(views[0].public_id), "kind": "companies"}
    assert api(sales).get(f"{BASE}/groups", companies).status_code == 404
    assert api(sales).get(f"{BASE}/groups", {"view": "x"}).status_code == 400
