"""The audit log through the API."""

from contacts import persons


def test_entries_with_object_and_details(api, privacy, admin, make_person, source, at) -> None:
    person = make_person("Johannes", "Maier")
    persons.update(actor=admin, person=person, values={"surname": "Mayer"}, source=source, at=at)

    body = api(privacy).get("/api/v1/audit", {"kind": "record", "limit": 1}).json()

    (entry,) = body["results"]
    assert entry == {
        "id": body["next"],
        "at": "2026-03-17T10:12:00+01:00",
        "actor": str(admin),
        "action": "person.updated",
        "title": "Nachname geändert",
        "object": {
            "kind": "person",
            "id": str(person.public_id),
            "name": "Johannes Mayer",
            "is_visible": True,
        },
        "details": [{"label": "Nachname", "old": "Maier", "new": "Mayer"}],
    }
    rest = api(privacy).get("/api/v1/audit", {"kind": "record", "after": body["next"]}).json()
    assert [row["action"] for row in rest["results"]] == ["person.created"]
    assert rest["next"] is None


def test_by_actor_object_and_day(api, privacy, admin, make_person) -> None:
    person = make_person("Anna", "Nord")
    client = api(privacy)

    def count(**conditions: str) -> int:
        return len(client.get("/api/v1/audit", conditions).json()["results"])

    place = f"person:{person.public_id}"
    assert count(object=place, actor=str(admin.public_id)) == 1
    assert count(object=place, actor=str(privacy.public_id)) == 0
    assert count(object=place, since="2026-03-18") == 0
    assert count(object=place, since="2026-03-17", until="2026-03-17") == 1


def test_refusals(api, privacy, sales, team_lead) -> None:
    for user in (sales, team_lead):
        assert api(user).get("/api/v1/audit").status_code == 403
    client = api(privacy)
    for name, value in (("kind", "x"), ("since", "gestern"), ("actor", "x"), ("limit", "201")):
        answer = client.get("/api/v1/audit", {name: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
    assert client.get("/api/v1/audit", {"object": "person:x"}).status_code == 404
