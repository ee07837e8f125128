"""Contacts through the API: recorded, read page by page, put right."""

from base64 import b64encode
from datetime import timedelta

import pytest

from contacts.models import Person
from crm.accounts.models import RoleCode, Visibility
from history.models import Touchpoint

URL = "/api/v1/touchpoints"


@pytest.fixture
def maier(make_person, team) -> Person:
    return make_person("Johannes", "Maier", title="Dr.", team=team)


def call(person: Person, at, **values: object) -> dict[str, object]:
    return {
        "channel": "PHONE",
        "direction": "IN",
        "happened_at": at.isoformat(),
        "persons": [{"id": str(person.public_id)}],
        **values,
    }


def test_recorded_and_read(api, sales, maier, at) -> None:
    client = api(sales)
    made = client.post(URL, call(maier, at, subject="Angebot", outcome="REACHED"), format="json")
    assert made.status_code == 201
    body = made.json()
    assert (body["subject"], body["outcome"], body["agent"]) == (
        "Angebot",
        "REACHED",
        str(sales.public_id),
    )
    assert body["participants"] == [
        {
            "role": "PARTNER",
            "kind": "person",
            "id": str(maier.public_id),
            "name": "Dr. Johannes Maier",
        }
    ]
    line = client.get(f"/api/v1/persons/{maier.public_id}/touchpoints").json()
    assert line == {"next": None, "results": [body]}
    assert client.get(f"{URL}/{body['id']}").json() == body


def test_the_same_event_twice_is_one_contact(api, sales, maier, at) -> None:
    client = api(sales)
    values = call(maier, at, system="pbx", external_id="4711")
    first, again = (
        client.post(URL, values, format="json").json(),
        client.post(URL, values, format="json").json(),
    )
    assert first["id"] == again["id"]
    assert Touchpoint.objects.count() == 1


def test_page_by_page(api, sales, maier, at) -> None:
    client = api(sales)
    for minutes in range(5):
        client.post(
            URL, call(maier, at - timedelta(minutes=minutes), subject=str(minutes)), format="json"
        )
    url, met, after = f"/api/v1/persons/{maier.public_id}/touchpoints", [], ""
    while after is not None:
        page = client.get(url, {"limit": 2, "after": after}).json()
        met += [row["subject"] for row in page["results"]]
        after = page["next"]
    assert met == ["0", "1", "2", "3", "4"]
    assert client.get(url, {"after": "gestern"}).status_code == 400


def test_put_right(api, sales, maier, at) -> None:
    client = api(sales)
    made = client.post(URL, call(maier, at, subject="Angebt"), format="json").json()
    url = f"{URL}/{made['id']}/correct"
    later = client.post(url, {"subject": "Angebot"}, format="json").json()
    assert (later["subject"], later["corrects"]) == ("Angebot", made["id"])
    again = client.post(url, {"subject": "anders"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert Touchpoint.objects.count() == 2


def test_who_is_out_of_sight_is_not_named(api, admin, make_user, make_person, team, at) -> None:
    seen = make_person("Friederike", "Haas", team=team)
    hidden = make_person("Gisela", "Geheimrat")
    api(admin).post(
        URL,
        call(seen, at, persons=[{"id": str(each.public_id)} for each in (seen, hidden)]),
        format="json",
    )
    reader = make_user(RoleCode.SALES, teams=[team])
    reader.roles.update(visibility=Visibility.TEAM)
    answer = api(type(reader).objects.get(pk=reader.pk)).get(
        f"/api/v1/persons/{seen.public_id}/touchpoints"
    )
    assert "Geheimrat" not in answer.content.decode()
    assert [row["id"] for row in answer.json()["results"][0]["participants"]] == [
        str(seen.public_id),
        None,
    ]


@pytest.mark.parametrize(
    ("values", "status", "field"),
    [
        ({"channel": "PIGEON"}, 400, "channel"),
        ({"happened_at": "2999-01-01T00:00:00Z"}, 400, "happened_at"),
        ({"ended_at": "2020-01-01T00:00:00Z"}, 400, "ended_at"),
        ({"persons": []}, 400, "persons"),
    ],
)
def test_what_is_refused_writes_nothing(api, sales, maier, at, values, status, field) -> None:
    answer = api(sales).post(URL, call(maier, at, **values), format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (status, [field])
    assert not Touchpoint.objects.exists()


def test_a_stranger_records_nothing(api, make_user, other_team, maier, at) -> None:
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    answer = api(stranger).post(URL, call(maier, at), format="json")
    assert answer.status_code == 404
    assert not Touchpoint.objects.exists()


def test_a_category_and_files_come_with_a_contact(api, sales, team_lead, maier, at) -> None:
    lead, client = api(team_lead), api(sales)
    advice = lead.post("/api/v1/touchpoint-categories", {"name": "Beratung"}, format="json").json()
    light = {"name": "Licht", "parent": advice["id"]}
    light = lead.post("/api/v1/touchpoint-categories", light, format="json").json()
    assert client.get("/api/v1/touchpoint-categories").json() == [
        {"id": advice["id"], "name": "Beratung", "parent": None, "position": 1, "is_active": True},
        {"id": light["id"], "name": "Licht", "parent": advice["id"], "position": 1,
         "is_active": True},
    ]  # fmt: skip
    content = b"%PDF-1.7 Halle 3"
    file = {"name": "Halle 3.pdf", "content": b64encode(content).decode()}
    values = call(maier, at, category=light["id"], files=[file])
    made = client.post(URL, values, format="json").json()
    assert made["category"] == "Beratung / Licht"
    (kept,) = made["attachments"]
    assert (kept["name"], kept["media_type"], kept["size"]) == (
        "Halle 3.pdf", "application/pdf", len(content),
    )  # fmt: skip
    answer = client.get(f"/api/v1/contact-files/{kept['id']}")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"] == 'attachment; filename="Halle 3.pdf"'
    patch = f"/api/v1/touchpoint-categories/{light['id']}"
    assert lead.patch(patch, {"is_active": False}, format="json").json()["is_active"] is False
    assert client.patch(patch, {"is_active": True}, format="json").status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"category": 999999}, "category"),
        ({"files": [{"name": "a.pdf", "content": "%%%"}]}, "files.0.content"),
        ({"files": [{"name": "a.exe", "content": "TVo="}]}, "files"),
    ],
)
def test_no_category_and_no_file_of_that_kind(api, sales, maier, at, values, field) -> None:
    answer = api(sales).post(URL, call(maier, at, **values), format="json")
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Touchpoint.objects.exists()
