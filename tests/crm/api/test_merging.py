"""Merging through the API."""

import pytest

from contacts import contact_points, persons
from contacts.models import Merge, Person

BASE = "/api/v1/merges"
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def twins(make_person, team):
    return [
        make_person("Johannes", "Maier", team=team, title="Dr."),
        make_person("Hans", "Mayer", team=team, remark="ruft gern an"),
    ]


def ids(records):
    return [str(each.public_id) for each in records]


def merge_of(client, twins, **more):
    one, other = ids(twins)
    body = {"kind": "persons", "survivor": one, "others": [other], **more}
    return client.post(BASE, body, format="json")


def test_a_preview_says_what_would_happen(
    api, sales, twins, admin, source, at, django_assert_max_num_queries
) -> None:
    known = {"actor": admin, "kind": "EMAIL", "source": source, "at": at}
    for record in twins:
        contact_points.add(record=record, value="m@x.example", **known)
    for number in range(15):
        contact_points.add(record=twins[1], value=f"m{number}@x.example", **known)
    client = api(sales)
    body = {"kind": "persons", "records": ids(twins), "survivor": ids(twins)[0]}
    with django_assert_max_num_queries(26):
        answer = client.post(f"{BASE}/preview", body, format="json")
    assert answer.status_code == 200
    found = answer.json()
    assert found["survivor"] == ids(twins)[0]
    fields = {each["name"]: each for each in found["fields"]}
    assert (fields["title"]["state"], fields["title"]["value"]) == ("equal", "Dr.")
    assert (fields["remark"]["state"], fields["remark"]["why"]) == ("added", "only")
    assert fields["remark"]["record"] == ids(twins)[1]
    (points,) = [each for each in found["lists"] if each["total"]]
    assert (points["model"], [item["fate"] for item in points["items"]]) == (
        "contacts.contactpointholder",
        ["stays", "folded", *["added"] * 15],
    )
    assert found["moves"] == [
        {"model": "contacts.contactpointholder", "link": "person", "count": 16}
    ]
    assert Person.objects.count() == 2


def test_merged_read_by_the_old_id_undone_and_done_again(api, sales, twins) -> None:
    client = api(sales)
    one, other = ids(twins)
    answer = merge_of(client, twins, choices={"given_name": other}, reason="Messe")
    assert answer.status_code == 201
    merge = answer.json()
    assert [(each["id"], each["is_survivor"]) for each in merge["members"]] == [
        (one, True),
        (other, False),
    ]
    led = client.get(f"/api/v1/persons/{other}").json()
    assert (led["id"], led["given_name"]) == (one, "Hans")
    assert [each["id"] for each in client.get("/api/v1/persons").json()["results"]] == [one]
    assert client.get(BASE, {"record": other}).json() == [merge]
    assert client.get(BASE, {"day": "1999-01-01"}).json() == []

    foreseen = client.get(f"{BASE}/{merge['id']}/undo").json()
    assert (foreseen["refusal"], foreseen["survivor"]) == ("", one)
    assert {each["name"]: each["is_set_back"] for each in foreseen["columns"]}["given_name"]
    undone = client.post(f"{BASE}/{merge['id']}/undo", {}, format="json").json()
    assert undone["undone_at"]
    assert client.get(f"/api/v1/persons/{other}").json()["id"] == other
    again = client.post(f"{BASE}/{merge['id']}/redo", {}, format="json")
    assert (again.status_code, again.json()["redoes"]) == (201, merge["id"])


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"kind": "companies"}, 404, "not-found"),
        (
            {"choices": {"owner": "00000000-0000-7000-8000-000000000000"}},
            400,
            "merge-unknown-choice",
        ),
        ({"others": []}, 400, "invalid"),
        ({"versions": {"x": 1}}, 400, "invalid"),
    ],
)
def test_refusals(api, sales, twins, change, status, code) -> None:
    answer = merge_of(api(sales), twins, **change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Merge.objects.exists()


def test_who_was_slower_is_told(api, sales, twins, admin, source, at) -> None:
    client = api(sales)
    seen = {str(each.public_id): each.version for each in twins}
    persons.update(actor=admin, person=twins[1], values={"title": "Dr."}, source=source, at=at)
    assert merge_of(client, twins, versions=seen).status_code == 409
    assert merge_of(client, twins).status_code == 201
    answer = merge_of(client, twins)
    assert (answer.status_code, answer.json()["code"]) == (409, "already-merged")
    assert answer.json()["data"]["survivor"] == ids(twins)[0]


def test_hidden_records_and_survivors_do_not_leak(
    api, sales, admin, twins, make_person, other_team, at
) -> None:
    from contacts import merging

    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    merging.merge(actor=admin, survivor=hidden, others=[twins[1]], at=at)
    client = api(sales)
    for answer in (
        client.get(f"/api/v1/persons/{twins[1].public_id}"),
        merge_of(client, twins),
        client.post(f"{BASE}/preview", {"kind": "persons", "records": ids(twins)}, format="json"),
    ):
        assert answer.status_code == 404
        assert "Geheimrat" not in answer.content.decode()
        assert str(hidden.public_id) not in answer.content.decode()
    assert client.get(BASE).json() == []
