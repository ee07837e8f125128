"""Who looks like what is about to be created, and what was created."""

from collections.abc import Callable
from typing import Any

import pytest

from contacts import companies, contact_points
from contacts.models import Company, Person
from crm.accounts.models import RoleCode, User
from crm.kernel.models import AuditEntry

URL = "/api/v1/persons/suspects"
TYPED = {
    "name": "Hans Mayer",
    "birth_date": "14.02.71",
    "contact_points": [{"kind": "PHONE", "value": "030/23125-101"}],
    "addresses": [{"street": "Am Speicher 14", "postal_code": "10997"}],
}


@pytest.fixture
def maier(make_person: Any, team: Any, admin: User, source: Any, at: Any) -> Person:
    person = make_person("Johannes", "Maier", team=team, birth_date="1971-02-14")
    contact_points.add(
        actor=admin, record=person, kind="PHONE", value="030 23125 101", source=source, at=at
    )
    return person


def test_suspects_of_typed_facts(api: Callable[..., Any], sales: User, maier: Person) -> None:
    client = api(sales)
    written = AuditEntry.objects.count()
    answer = client.post(URL, TYPED, format="json")
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"suspects", "hidden_suspect"}
    assert body["hidden_suspect"] is None
    (found,) = body["suspects"]
    assert (found["id"], found["full_name"]) == (str(maier.public_id), "Johannes Maier")
    assert (found["band"], found["weight"] >= 6) == ("SURE", True)
    parts = {part["field"]: part["level"] for part in found["explanation"]["parts"]}
    assert (parts["phone"], parts["birth"]) == ("same", "same_rare")
    total = found["explanation"]["base"] + sum(
        part["bits"] for part in found["explanation"]["parts"]
    )
    assert total == pytest.approx(found["weight"])
    assert AuditEntry.objects.count() == written
    assert Person.objects.count() == 1


def test_values_that_cannot_be_read_say_nothing(
    api: Callable[..., Any], sales: User, maier: Person
) -> None:
    half = {
        "name": "@",
        "birth_date": "14.0",
        "contact_points": [{"kind": "EMAIL", "value": "j@"}],
        "addresses": [{"country": "?"}],
        "company_name": "?",
    }
    body = api(sales).post(URL, half, format="json").json()
    assert body == {"suspects": [], "hidden_suspect": None}


@pytest.mark.parametrize(
    "body",
    [
        {"contact_points": [{"kind": "PAGER", "value": "1"}]},
        {"contact_points": [{"kind": "EMAIL", "value": "a@b.example"}] * 51},
        {"company": "x"},
        {"surname": "x" * 151},
        {"addresses": "Berlin"},
    ],
)
def test_malformed_bodies(api: Callable[..., Any], sales: User, body: Any) -> None:
    assert api(sales).post(URL, body, format="json").status_code == 400


def test_a_company_that_nobody_sees(
    api: Callable[..., Any], sales: User, make_person: Any, admin: User, source: Any, at: Any
) -> None:
    values = {"name": "Verborgen GmbH"}
    company = companies.create(actor=admin, values=values, source=source, owner=admin, at=at)
    body = {"name": "Hans Mayer", "company": str(company.public_id)}
    assert api(sales).post(URL, body, format="json").status_code == 404


def test_what_was_created_comes_with_its_suspects(
    api: Callable[..., Any], sales: User, maier: Person
) -> None:
    new = {"given_name": "Hans", "surname": "Maier", "birth_date": "1971-02-14"}
    answer = api(sales).post("/api/v1/persons", new, format="json")
    assert answer.status_code == 201
    body = answer.json()
    assert body["full_name"] == "Hans Maier"
    assert [found["id"] for found in body["suspects"]] == [str(maier.public_id)]
    assert body["hidden_suspect"] is None
    other = api(sales).post("/api/v1/persons", {"surname": "Ostwald"}, format="json").json()
    assert other["suspects"] == []


def test_companies(api: Callable[..., Any], sales: User) -> None:
    client = api(sales)
    values = {"name": "Havelberg Anlagenbau GmbH", "vat_id": "DE136695976"}
    first = client.post("/api/v1/companies", values, format="json").json()
    assert first["suspects"] == []
    same = {"name": "Havelberg Anlagen-Bau", "vat_id": "DE 136695976"}
    found = client.post("/api/v1/companies/suspects", same, format="json").json()
    assert [each["id"] for each in found["suspects"]] == [first["id"]]
    second = client.post("/api/v1/companies", same, format="json").json()
    assert [each["id"] for each in second["suspects"]] == [first["id"]]
    assert Company.objects.count() == 2


def test_what_one_may_not_see_is_only_whom_to_ask(
    api: Callable[..., Any], make_user: Any, other_team: Any, team_lead: User, maier: Person
) -> None:
    stranger = api(make_user(RoleCode.SALES, teams=[other_team]))
    answers = [
        stranger.post(URL, TYPED, format="json"),
        stranger.post(
            "/api/v1/persons",
            {"given_name": "Hans", "surname": "Meyer", "birth_date": "1971-02-14"},
            format="json",
        ),
    ]
    for answer in answers:
        body = answer.json()
        assert body["suspects"] == []
        assert body["hidden_suspect"] == {
            "ask": str(team_lead.public_id),
            "ask_name": team_lead.full_name,
        }
        assert str(maier.public_id) not in answer.text
        assert "Maier" not in answer.text


def test_the_document_describes_it(api: Callable[..., Any], sales: User) -> None:
    document = api(sales).get("/api/v1/openapi.json").json()
    created = document["paths"]["/api/v1/persons"]["post"]["responses"]["201"]
    schema = created["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert schema == "PersonCreated"
    properties = document["components"]["schemas"][schema]["properties"]
    assert {"full_name", "suspects", "hidden_suspect"} <= set(properties)
    assert "/api/v1/companies/suspects" in document["paths"]
