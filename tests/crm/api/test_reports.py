"""Reports by API."""

import pytest

from history.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_desk")]
URL = "/api/v1/reports/"


def test_the_rows_of_a_report(api, team_lead, sales, at):
    Activity.objects.create(
        kind="FOLLOW_UP", subject="x", assignee=sales, due_at=at, closed_at=at, state="DONE",
        created_at=at, updated_at=at,
    )  # fmt: skip
    query = {"since": "2026-03-01", "until": "2026-03-31"}
    told = api(team_lead).get(f"{URL}follow-ups", query).json()
    assert told["rows"] == [
        {"week": "2026-03-16", "user": sales.full_name, "on_time": 1, "late": 0, "overdue": 0,
         "kept": 1.0},
    ]  # fmt: skip
    assert [column["code"] for column in told["columns"]] == list(told["rows"][0])
    assert (told["since"], told["until"]) == ("2026-03-01", "2026-03-31")


@pytest.mark.parametrize("name", ["pipeline", "follow-ups", "contacts", "quality"])
def test_every_report_can_be_read(api, admin, name):
    assert api(admin).get(URL + name).json()["rows"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"since": "gestern"}, 400),
        ({"since": "2026-03-02", "until": "2026-03-01"}, 400),
        ({"until": "0001-01-01"}, 400),
        ({"team": "unfug"}, 400),
        ({"team": "00000000-0000-7000-8000-000000000000"}, 404),
    ],
)
def test_what_cannot_be_asked(api, admin, query, status):
    assert api(admin).get(f"{URL}contacts", query).status_code == status


def test_who_may_not_and_what_is_not(api, sales, admin):
    assert api(sales).get(f"{URL}pipeline").status_code == 403
    assert api(admin).get(f"{URL}erfunden").status_code == 404
