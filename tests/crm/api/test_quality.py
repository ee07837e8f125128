"""``GET /api/v1/quality``: the desk's numbers."""

import pytest

from contacts import merging
from contacts.duplicates import decisions
from contacts.models import MatchingKind, PairDecision
from crm.kernel import clock
from tests.crm.suspects import made_model, made_run, suspected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_desk")]
URL = "/api/v1/quality"


@pytest.fixture
def now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


@pytest.fixture
def pairs(make_person, team, at):
    run = made_run(made_model(MatchingKind.PERSON, at), at)
    found = []
    for number in range(1, 4):
        pair = [make_person("Änne", f"Müller{number}", team=team) for _ in "ab"]
        suspected(run, pair, number=number)
        found.append(pair)
    return found


def test_numbers_name_their_lists(api, team_lead, pairs, source, now) -> None:
    client = api(team_lead)
    answer = client.get(URL)
    assert answer.status_code == 200
    persons, companies = answer.json()["lists"]
    assert (persons["list"], persons["total"], companies["total"]) == ("persons", 6, 0)
    assert persons["suspects"]["total"] == 3
    (band,) = [name for name, count in persons["suspects"]["by_band"].items() if count]
    assert companies["suspects"] is None
    (of_source,) = persons["sources"]
    assert (of_source["id"], of_source["total"], of_source["suspects"]) == (
        str(source.public_id),
        6,
        3,
    )
    weak = {each["code"]: each for each in persons["weaknesses"]}
    assert weak["unreachable"]["count"] == 6
    listed = client.get(f"/api/v1/persons?{weak['unreachable']['query']}").json()
    assert len(listed["results"]) == 6
    for query in ({"band": band}, {"source": str(source.public_id)}, {}):
        found = client.get("/api/v1/duplicates/groups", {"open": "true", **query}).json()
        assert found["total"] == 3, query


def test_settled_today(api, team_lead, sales, privacy, pairs, now) -> None:
    merging.merge(actor=team_lead, survivor=pairs[0][0], others=pairs[0][1:], at=now)
    same = PairDecision.Verdict.SAME
    decisions.decide(actor=sales, first=pairs[1][0], second=pairs[1][1], verdict=same, at=now)
    none = {"merged": 0, "same": 0, "different": 0, "undone": 0}
    found = api(team_lead).get(URL).json()["settled_today"]
    assert found == {
        "day": "2026-03-17",
        "counts": none | {"merged": 1, "same": 1},
        "by_user": [
            {"user": str(team_lead.public_id), "counts": none | {"merged": 1}},
            {"user": str(sales.public_id), "counts": none | {"same": 1}},
        ],
    }
    own = api(sales).get(URL).json()["settled_today"]
    assert own["counts"] == none | {"same": 1}
    assert [each["user"] for each in own["by_user"]] == [str(sales.public_id)]
    of_privacy = api(privacy).get(URL).json()["settled_today"]
    assert of_privacy["counts"] == {"merged": None, "same": 0, "different": 0, "undone": None}


def test_numbers_are_kept_unless_asked_for_anew(api, team_lead, make_person, team, now) -> None:
    client = api(team_lead)
    assert client.get(URL).json()["lists"][0]["total"] == 0
    make_person("", "Abel", team=team)
    assert client.get(URL).json()["lists"][0]["total"] == 0
    assert client.get(URL, {"anew": "true"}).json()["lists"][0]["total"] == 1
    assert client.get(URL, {"anew": "x"}).status_code == 400


def test_an_unknown_source_is_not_there(api, team_lead, pairs) -> None:
    query = {"source": "01234567-89ab-cdef-0123-456789abcdef"}
    assert api(team_lead).get("/api/v1/duplicates/groups", query).status_code == 404
