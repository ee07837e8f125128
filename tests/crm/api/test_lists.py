"""Lists through the API."""


def test_a_list_in_german_order_by_pages(api, admin, make_person) -> None:
    for surname in ("Grosse", "Groß", "Äpfelbach", "Appel", "Abel"):
        make_person("Anna", surname)
    client = api(admin)
    first = client.get("/api/v1/persons", {"limit": 3}).json()
    assert [row["surname"] for row in first["results"]] == ["Abel", "Äpfelbach", "Appel"]
    assert first["total"] == {"value": 5, "is_capped": False}
    assert first["previous"] == ""
    second = client.get("/api/v1/persons", {"limit": 3, "after": first["next"]}).json()
    assert {row["surname"] for row in second["results"]} == {"Groß", "Grosse"}
    assert second["next"] == ""


def test_only_what_the_user_sees_is_listed(api, sales, make_person, team, other_team) -> None:
    make_person("Anna", "Abel", team=team)
    make_person("Bernd", "Bohm", team=other_team)
    body = api(sales).get("/api/v1/persons").json()
    assert [row["surname"] for row in body["results"]] == ["Abel"]
    assert body["total"]["value"] == 1


def test_an_unknown_condition_is_refused(api, admin) -> None:
    answer = api(admin).get("/api/v1/persons", {"shoe_size": "43"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["shoe_size"]


def test_a_limit_out_of_bounds_is_refused(api, admin) -> None:
    for limit in ("0", "201", "viele", "-1"):
        assert api(admin).get("/api/v1/persons", {"limit": limit}).status_code == 400


def test_the_conditions_are_listed(api, admin) -> None:
    rows = api(admin).get("/api/v1/persons/conditions").json()
    assert len({row["code"] for row in rows}) == len(rows) > 10


def test_a_page_takes_a_fixed_number_of_queries(
    api, admin, make_person, django_assert_max_num_queries
) -> None:
    for number in range(15):
        make_person("Anna", f"Abel{number:02}")
    client = api(admin)
    with django_assert_max_num_queries(16):
        assert len(client.get("/api/v1/persons").json()["results"]) == 15
