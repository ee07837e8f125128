"""``/appointments``: free times, book, move, cancel, and the script of the call."""

from typing import Any

import pytest

from consent.models import NoticeProvision
from crm.accounts.models import RoleCode
from crm.kernel import clock
from history.appointments import kinds
from history.models import Appointment
from tests import notice_cast

URL = "/api/v1/appointments"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch, at) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def kind(admin, at) -> Any:
    values = {"name": "Wartung", "length_minutes": 60, "pause_minutes": 15, "place": "VISIT"}
    return kinds.create(actor=admin, values=values, at=at)


@pytest.fixture
def body(kind, sales, make_person, team) -> dict[str, Any]:
    person = make_person("Mirjam", "Schultze", team=team)
    return {
        "kind": str(kind.public_id),
        "person": str(person.public_id),
        "employee": str(sales.public_id),
        "starts_at": "2026-03-19T10:00:00+01:00",
    }


def test_free_booked_and_not_free_any_more(api, sales, kind, body) -> None:
    client = api(sales)
    asked = {"kind": kind.public_id, "since": "2026-03-19", "until": "2026-03-19",
             "employee": sales.public_id}  # fmt: skip
    free = client.get(f"{URL}/slots", asked).json()
    assert [slot["starts_at"][11:16] for slot in free] == [
        "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00",
    ]  # fmt: skip
    assert free[1]["employee"] == str(sales.public_id)
    made = client.post(URL, body, format="json")
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["channel"], told["sequence"], told["messages"]) == (
        "BOOKED",
        "NONE",
        0,
        [],
    )
    assert client.get(f"{URL}/{told['id']}").json() == told
    taken = client.post(URL, body, format="json")
    assert taken.status_code == 409
    refused = taken.json()
    assert refused["code"] == "slot-taken"
    assert "2026-03-19T12:00:00+01:00" in str(refused)
    assert Appointment.objects.count() == 1


def test_moved_and_cancelled(api, sales, body) -> None:
    client = api(sales)
    url = f"{URL}/{client.post(URL, body, format='json').json()['id']}"
    moved = client.post(f"{url}/move", {"starts_at": "2026-03-20T09:30:00+01:00"}, format="json")
    assert (moved.status_code, moved.json()["ends_at"]) == (200, "2026-03-20T10:30:00+01:00")
    for _twice in range(2):
        gone = client.post(f"{url}/cancel", format="json")
        assert (gone.status_code, gone.json()["state"]) == (200, "CANCELLED")
    again = client.post(f"{url}/move", {"starts_at": "2026-03-20T09:30:00+01:00"}, format="json")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"starts_at": "2026-03-16T10:00:00+01:00"}, 400),
        ({"starts_at": "2026-04-03T10:00:00+02:00"}, 400),
        ({"starts_at": "0001-01-01T00:00:00Z"}, 400),
        ({"starts_at": "9999-12-31T23:59:59Z"}, 400),
        ({"starts_at": "gestern"}, 400),
        ({"channel": "EMAIL"}, 400),
        ({"channel": "TELEGRAM"}, 400),
        ({"kind": "0198c5d2-0000-7000-8000-000000000000"}, 404),
        ({"employee": "0198c5d2-0000-7000-8000-000000000000"}, 404),
        ({"person": "0198c5d2-0000-7000-8000-000000000000"}, 404),
        ({"place": "x" * 201}, 400),
    ],
)
def test_what_cannot_be_agreed(api, sales, body, change, status) -> None:
    answer = api(sales).post(URL, body | change, format="json")
    assert answer.status_code == status, answer.content
    assert answer.json()["message"]
    assert not Appointment.objects.exists()


def test_what_somebody_else_agreed_is_not_seen(api, sales, make_user, body) -> None:
    made = api(sales).post(URL, body, format="json").json()
    stranger = api(make_user(RoleCode.SALES))
    for answer in (
        stranger.get(f"{URL}/{made['id']}"),
        stranger.post(f"{URL}/{made['id']}/cancel", format="json"),
        stranger.post(URL, body, format="json"),
    ):
        assert answer.status_code == 404
    assert Appointment.objects.get().is_booked


def test_the_script_of_a_call_and_what_became_of_it(api, sales, body, at) -> None:
    notice_cast.published(at)
    client = api(sales)
    script = client.get(f"{URL}/script", {"person": body["person"]}).json()
    assert (script["outcome"], script["known"], script["language"]) == ("LAYERED", 0, "de")
    assert 20 < script["seconds"] < 60
    told = {"version": script["version"], "is_read": False}
    refused = client.post(URL, body | {"notice": told}, format="json")
    assert (refused.status_code, Appointment.objects.exists()) == (400, False)
    told |= {"is_read": True, "seconds": 30}
    assert client.post(URL, body | {"notice": told}, format="json").status_code == 201
    assert NoticeProvision.objects.get(status="read_aloud").seconds == 30


@pytest.mark.parametrize("purpose", ["raffle", "x" * 40])
def test_a_script_for_an_unknown_purpose(api, sales, at, purpose) -> None:
    notice_cast.published(at)
    answer = api(sales).get(f"{URL}/script", {"purpose": purpose})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-notice-purpose")
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("since", "until"), [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31")]
)
def test_days_that_nobody_lives_in_are_not_free(api, sales, kind, since, until) -> None:
    asked = {"kind": kind.public_id, "since": since, "until": until}
    answer = api(sales).get(f"{URL}/slots", asked)
    assert (answer.status_code, answer.json()) == (200, [])
