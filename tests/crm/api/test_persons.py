"""Persons through the API: the same functions, the same permissions, the same refusals."""

from rest_framework.test import APIClient

from contacts.models import ContactPointHolder, Person


def test_without_a_key_there_is_no_answer(db: None) -> None:
    answer = APIClient().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-authenticated"


def test_a_wrong_key_is_refused(db: None) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer ek_falsch")
    assert client.get("/api/v1/me").status_code == 401


def test_who_am_i(api, sales, team) -> None:
    body = api(sales).get("/api/v1/me").json()
    assert body["roles"] == ["SALES"]
    assert body["visibility"] == "TEAM"
    assert body["permissions"] == [
        "consent.record",
        "consent.view",
        "contacts.edit",
        "contacts.merge",
        "contacts.view",
        "history.record",
        "history.view",
        "opportunities.edit",
        "opportunities.view",
    ]
    assert [row["name"] for row in body["teams"]] == [team.name]


def test_a_person_is_created_read_and_changed(api, sales, source) -> None:
    client = api(sales)
    created = client.post(
        "/api/v1/persons",
        {
            "title": "Dr.",
            "given_name": "Johannes",
            "surname": "Maier",
            "source": str(source.public_id),
        },
        format="json",
    )
    assert created.status_code == 201
    body = created.json()
    assert (body["full_name"], body["version"], body["owner"]) == (
        "Dr. Johannes Maier",
        1,
        str(sales.public_id),
    )
    url = f"/api/v1/persons/{body['id']}"
    changed = client.patch(url, {"surname": "Meyer", "version": 1}, format="json")
    assert changed.status_code == 200
    assert client.get(url).json()["surname"] == "Meyer"
    conflict = client.patch(url, {"surname": "Mayr", "version": 1}, format="json")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "conflict")
    assert Person.objects.get().surname == "Meyer"


def test_a_person_without_a_name_is_refused(api, sales) -> None:
    answer = api(sales).post("/api/v1/persons", {"title": "Dr."}, format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["surname"]
    assert Person.objects.count() == 0


def test_parts_of_a_person(api, admin, make_person, source) -> None:
    client, person = api(admin), make_person("Johannes", "Maier")
    url = f"/api/v1/persons/{person.public_id}"
    point = client.post(
        f"{url}/contact-points", {"kind": "PHONE", "value": "030/23125-101"}, format="json"
    )
    assert point.status_code == 201
    assert point.json()["normalised"] == "+493023125101"
    address = client.post(
        f"{url}/addresses",
        {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        format="json",
    )
    assert (address.status_code, address.json()["house_number"]) == (201, "14")
    company = client.post("/api/v1/companies", {"name": "Havelberg GmbH"}, format="json").json()
    assert (company["name"], company["legal_form"]) == ("Havelberg", "GmbH")
    job = client.post(
        f"{url}/employments", {"company": company["id"], "function": "Leiter"}, format="json"
    )
    assert (job.status_code, job.json()["is_primary"]) == (201, True)
    number = client.post(f"{url}/external-ids", {"system": "ERP", "value": "K-1"}, format="json")
    assert number.status_code == 201
    client.post(
        "/api/v1/criteria",
        {"label": "Branche", "subject": "PERSON", "type": "TEXT"},
        format="json",
    )
    answer = client.put(f"{url}/qualification/branche", {"value": "Bau"}, format="json")
    assert answer.json()["text"] == "Bau"
    body = client.get(url).json()
    assert [row["value"] for row in body["contact_points"]] == [point.json()["value"]]
    assert [row["city"] for row in body["addresses"]] == ["Berlin"]
    assert [row["company_name"] for row in body["employments"]] == ["Havelberg GmbH"]
    assert [row["value"] for row in body["external_ids"]] == ["K-1"]
    assert [row["value"] for row in body["qualification"]] == ["Bau"]
    assert client.post(f"{url}/confirmation").status_code == 204
    changed = client.patch(
        f"{url}/contact-points/{point.json()['id']}",
        {"status": "RETIRED", "label": "Durchwahl"},
        format="json",
    )
    assert (changed.json()["status"], changed.json()["label"]) == ("RETIRED", "Durchwahl")
    assert client.delete(f"{url}/contact-points/{point.json()['id']}").status_code == 204
    assert ContactPointHolder.objects.count() == 0


def test_a_part_of_another_person_is_not_found(api, admin, make_person) -> None:
    client = api(admin)
    anna, bernd = make_person("Anna", "Abel"), make_person("Bernd", "Bohm")
    point = client.post(
        f"/api/v1/persons/{anna.public_id}/contact-points",
        {"kind": "EMAIL", "value": "a@b.example"},
        format="json",
    ).json()
    answer = client.delete(f"/api/v1/persons/{bernd.public_id}/contact-points/{point['id']}")
    assert answer.status_code == 404
    assert ContactPointHolder.objects.count() == 1


def test_what_one_may_not_see_is_not_there(api, sales, make_person, other_team) -> None:
    person = make_person("Anna", "Abel", team=other_team)
    client, url = api(sales), f"/api/v1/persons/{person.public_id}"
    assert client.get(url).status_code == 404
    assert client.patch(url, {"title": "Dr."}, format="json").status_code == 404
    point = client.post(
        f"{url}/contact-points", {"kind": "EMAIL", "value": "a@b.example"}, format="json"
    )
    assert point.status_code == 404
    assert ContactPointHolder.objects.count() == 0


def test_a_reader_may_not_write(api, privacy, make_person) -> None:
    person = make_person("Anna", "Abel")
    answer = api(privacy).patch(
        f"/api/v1/persons/{person.public_id}", {"title": "Dr."}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")


def test_reading_a_person_takes_a_fixed_number_of_queries(
    api, admin, make_person, django_assert_max_num_queries
) -> None:
    client, person = api(admin), make_person("Johannes", "Maier")
    url = f"/api/v1/persons/{person.public_id}"
    for number in range(6):
        client.post(
            f"{url}/contact-points",
            {"kind": "EMAIL", "value": f"a{number}@b.example"},
            format="json",
        )
    with django_assert_max_num_queries(12):
        assert len(client.get(url).json()["contact_points"]) == 6
