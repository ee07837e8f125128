"""Reports through the API."""

import pytest


def test_every_report_is_read(api, team_lead) -> None:
    client = api(team_lead)
    for name in ("pipeline", "follow-ups", "contacts", "quality"):
        body = client.get(f"/api/v1/reports/{name}").json()
        assert body["name"] == name
        codes = [column["code"] for column in body["columns"]]
        assert all(set(row) <= set(codes) for row in body["rows"])


@pytest.mark.parametrize(
    ("query", "field"),
    [({"since": "2026-03-02", "until": "2026-03-01"}, "since"), ({"until": "gestern"}, "until")],
)
def test_days_that_make_no_sense(api, team_lead, query, field) -> None:
    answer = api(team_lead).get("/api/v1/reports/contacts", query)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_who_may_not(api, sales, team_lead) -> None:
    assert api(sales).get("/api/v1/reports/contacts").status_code == 403
    assert api(team_lead).get("/api/v1/reports/nothing").status_code == 404
