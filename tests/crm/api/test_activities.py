"""``/activities``: plan, list, change, done, put off, cancelled, handed over."""

from datetime import timedelta

import pytest

from crm.accounts.models import RoleCode
from crm.kernel import clock
from history import activities
from history.models import Activity

URL = "/api/v1/activities"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch, at) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def plan(sales, at):
    def make(subject="Nachfassen", **values):
        wanted = {"subject": subject, "due_at": at, "has_time": True, **values}
        return activities.plan(actor=values.pop("actor", sales), values=wanted, at=at)

    return make


def test_planned_in_words(api, sales, team, make_person) -> None:
    person = make_person("Johannes", "Maier", team=team)
    body = {"subject": "Angebot nachfassen", "when": "24.3. 14:30", "person": person.public_id}
    answer = api(sales).post(URL, body, format="json")
    assert answer.status_code == 201, answer.content
    told = answer.json()
    made = Activity.objects.get()
    assert told["id"] == str(made.public_id)
    assert told["due_at"] == "2026-03-24T14:30:00+01:00"
    assert (told["kind"], told["state"], told["has_time"], told["is_overdue"]) == (
        "FOLLOW_UP",
        "OPEN",
        True,
        False,
    )
    assert (told["assignee"], told["team"]) == (str(sales.public_id), str(team.public_id))
    assert (told["person"], told["company"], told["version"]) == (str(person.public_id), None, 1)
    assert api(sales).get(f"{URL}/{told['id']}").json() == told


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "subject"),
        ({"subject": "x"}, "when"),
        ({"subject": "x", "when": "bald"}, "when"),
        ({"subject": "x", "when": "x" * 61}, "when"),
        ({"subject": "x", "due_at": "2026-03-16T00:00:00Z"}, "when"),
        ({"subject": "x", "due_at": "9999-12-31T23:00:00Z"}, "due_at"),
        ({"subject": "x", "due_at": "0001-01-01T00:00:00Z"}, "when"),
        ({"subject": "x", "due_at": "2500-01-01T00:00:00Z"}, "when"),
        ({"subject": "x", "due_at": "gestern"}, "due_at"),
        ({"subject": "x", "when": "14", "recurrence": "FREQ=SECONDLY"}, "recurrence"),
        ({"subject": "x", "when": "14", "kind": "APPOINTMENT"}, "when"),
        (
            {
                "subject": "x",
                "when": "24.3. 14:30",
                "kind": "APPOINTMENT",
                "ends_at": "9999-12-31T00:00:00Z",
            },
            "ends_at",
        ),
        ({"subject": "x", "when": "14", "assignee": "x"}, "assignee"),
        ({"subject": "x", "when": "14", "priority": 9}, "priority"),
    ],
)
def test_refused_with_the_field(api, sales, body, field) -> None:
    answer = api(sales).post(URL, body, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field]), answer.content
    assert not Activity.objects.exists()


def test_not_about_what_is_out_of_sight(api, sales, make_person, other_team, plan) -> None:
    hidden = make_person("Bernd", "Bohm", team=other_team)
    made = plan()
    client = api(sales)
    body = {"subject": "x", "when": "14", "person": hidden.public_id}
    assert client.post(URL, body, format="json").status_code == 404
    answer = client.patch(f"{URL}/{made.public_id}", {"person": hidden.public_id}, format="json")
    assert answer.status_code == 404
    assert client.get(URL, {"person": hidden.public_id}).status_code == 404
    assert Activity.objects.get().person is None
    Activity.objects.update(person=hidden)
    assert client.get(f"{URL}/{made.public_id}").json()["person"] is None
    assert "Bohm" not in client.get(URL).text


def test_the_list_page_by_page(api, sales, plan, at, django_assert_max_num_queries) -> None:
    for number in range(5):
        plan(f"Nr. {number}", due_at=at + timedelta(hours=number + 1))
    client = api(sales)
    with django_assert_max_num_queries(10):
        first = client.get(URL, {"limit": 3}).json()
    assert [row["subject"] for row in first["results"]] == ["Nr. 0", "Nr. 1", "Nr. 2"]
    assert (first["total"], first["previous"]) == ({"value": 5, "is_capped": False}, "")
    second = client.get(URL, {"limit": 3, "after": first["next"]}).json()
    assert [row["subject"] for row in second["results"]] == ["Nr. 3", "Nr. 4"]
    assert second["next"] == ""
    back = client.get(URL, {"limit": 3, "before": second["previous"]}).json()
    assert [row["subject"] for row in back["results"]] == ["Nr. 0", "Nr. 1", "Nr. 2"]


def test_narrowed_down(api, sales, make_user, team, plan) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    plan("Meins", kind="PROMISE")
    plan("Ihres", assignee=colleague)
    client = api(sales)

    def found(**query):
        return [row["subject"] for row in client.get(URL, query).json()["results"]]

    assert found() == ["Meins"]
    assert sorted(found(whose="team")) == ["Ihres", "Meins"]
    assert found(assignee=str(colleague.public_id)) == ["Ihres"]
    assert found(whose="all", kind="PROMISE") == ["Meins"]
    assert found(since="2026-03-18") == []
    assert found(until="2026-03-17") == ["Meins"]
    for query in ({"whose": "x"}, {"since": "x"}, {"limit": 0}, {"person": "x"}, {"assignee": "x"}):
        assert client.get(URL, query).status_code == 400, query
    assert client.get(URL, {"after": "x"}).status_code == 200


def test_changed_with_its_version(api, sales, plan) -> None:
    made = plan()
    client, url = api(sales), f"{URL}/{made.public_id}"
    told = client.patch(url, {"subject": "Anrufen", "version": 1}, format="json").json()
    assert (told["subject"], told["version"]) == ("Anrufen", 2)
    answer = client.patch(url, {"subject": "Zu spät", "version": 1}, format="json")
    assert answer.status_code == 409
    assert Activity.objects.get().subject == "Anrufen"


def test_what_becomes_of_it(api, sales, make_user, team, plan) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    made = plan()
    client, url = api(sales), f"{URL}/{made.public_id}"

    def post(act, **body):
        return client.post(f"{url}/{act}", body, format="json")

    assert post("postpone", when="2w").json()["due_at"] == "2026-03-31T10:12:00+02:00"
    moved = post("postpone", due_at="2026-04-01T08:00:00Z", has_time=True).json()
    assert moved["due_at"] == "2026-04-01T10:00:00+02:00"
    assert post("postpone", due_at="9999-12-31T23:00:00Z").status_code == 400
    assert post("postpone").status_code == 400
    assert post("complete").json()["state"] == "DONE"
    assert post("postpone", when="14").status_code == 409
    assert post("cancel").status_code == 409
    assert post("reopen").json()["state"] == "OPEN"
    assert post("complete", version=1).status_code == 409
    given = post("hand-over", to=str(colleague.public_id)).json()
    assert given["assignee"] == str(colleague.public_id)
    assert post("cancel").json()["state"] == "CANCELLED"


def test_nothing_of_another_team(api, make_user, other_team, plan) -> None:
    made = plan("Geheim")
    client = api(make_user(RoleCode.SALES, teams=[other_team]))
    url = f"{URL}/{made.public_id}"
    assert client.get(url).status_code == 404
    assert client.patch(url, {}, format="json").status_code == 404
    for act in ("complete", "reopen", "postpone", "cancel", "hand-over"):
        assert client.post(f"{url}/{act}", {}, format="json").status_code == 404, act
    assert "Geheim" not in client.get(URL, {"whose": "all", "state": "all"}).text
    assert Activity.objects.get().version == 1
