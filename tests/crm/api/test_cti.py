"""Events of calls over HTTP, and the look-up of callers."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from contacts import contact_points
from history import telephony
from history.models import Call, CallEvent, TelephoneFormat, Touchpoint

URL = "/api/v1/cti/events/"
FORM = "application/x-www-form-urlencoded"
NEW = {"event": "newCall", "callId": "c1", "from": "492118765432", "to": "4930123456",
       "direction": "in", "user[]": ["Anna", "Bo"], "userId[]": ["w0", "w1"]}  # fmt: skip


@pytest.fixture
def sipgate(admin, at) -> tuple[Any, str]:
    return telephony.create(actor=admin, name="sipgate", format=TelephoneFormat.SIPGATE, at=at)


@pytest.fixture
def pbx(admin, at) -> tuple[Any, str]:
    return telephony.create(actor=admin, name="PBX", format=TelephoneFormat.GENERIC, at=at)


def push(client: Client, secret: str, fields: dict[str, Any], url: str = URL, **more: Any) -> Any:
    body = urlencode(fields, doseq=True)
    return client.post(f"{url}?token={secret}", body, content_type=FORM, **more)


@pytest.mark.parametrize("url", [URL, URL.rstrip("/")])
def test_a_call_of_sipgate_from_begin_to_end(client, sipgate, admin, settings, url) -> None:
    system, secret = sipgate
    settings.PUBLIC_URL = "https://crm.example"
    answer = push(client, secret, NEW, url, HTTP_ACCEPT="application/xml")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    back = f"https://crm.example{url}?token={secret}"
    assert f'<Response onAnswer="{back}" onHangup="{back}"/>' in answer.text
    common = {"callId": "c1", "from": "492118765432", "to": "4930123456", "direction": "in"}
    for fields in (
        {"event": "answer", "userId": "w1"},
        {"event": "hangup", "cause": "normalClearing"},
    ):
        answer = push(client, secret, {**common, **fields}, url)
        assert "<Response/>" in answer.text
    call = Call.objects.get()
    assert call.system == system
    assert call.caller == "+492118765432"
    assert call.touchpoint == Touchpoint.objects.get()
    assert call.events.get(kind="RINGING").payload["userId[]"] == ["w0", "w1"]


def test_the_general_form(client, pbx) -> None:
    _system, secret = pbx
    for body in (
        {"event": "ringing", "from": "0211/8765432", "to": "030 12345", "agents": ["12"]},
        {"event": "ended", "cause": "noAnswer"},
    ):
        answer = client.post(
            URL, {"call_id": "7", "direction": "in", **body}, content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
    assert answer.json() == {"call": str(Call.objects.get().public_id), "state": "ENDED"}
    assert Touchpoint.objects.get().outcome == "MISSED"


@pytest.mark.parametrize("secret", ["", "et_wrong", "ü", "%00"])
def test_without_the_secret_nothing_is_written(client, sipgate, secret) -> None:
    answer = push(client, secret, NEW)
    assert answer.status_code in (400, 401)
    assert answer.status_code == 401 or secret == "%00"
    assert not Call.objects.exists()


def test_a_user_is_no_telephone_system(api, admin, sipgate) -> None:
    assert api(admin).post(URL, NEW, format="json").status_code == 401
    assert not CallEvent.objects.exists()


def test_a_system_out_of_use_is_refused(client, sipgate, admin, at) -> None:
    system, secret = sipgate
    telephony.set_active(actor=admin, system=system, is_active=False, at=at)
    assert push(client, secret, NEW).status_code == 401
    assert not Call.objects.exists()


def test_other_events_are_let_pass(client, sipgate) -> None:
    answer = push(client, sipgate[1], {"event": "dtmf", "callId": "c1", "dtmf": "1"})
    assert (answer.status_code, "<Response/>" in answer.text) == (200, True)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{"event": "newCall"}, {"event": "newCall", "callId": "x" * 201},
     {"event": "newCall", "callId": "a\0b"},
     {"event": "newCall", "callId": "1", "x": "y" * 70_000}],
)  # fmt: skip
def test_bad_events_of_sipgate(client, sipgate, body) -> None:
    assert push(client, sipgate[1], body).status_code == 400
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "7", "{}", '{"event": "x", "call_id": "1"}',
     '{"event": "ringing", "call_id": [1]}',
     '{"event": "ringing", "call_id": "1", "at": "0001-01-01T00:00:00Z"}',
     '{"event": "ringing", "call_id": "1", "agents": "12"}',
     '{"event": "ringing", "call_id": " "}'],
)  # fmt: skip
def test_bad_events_of_the_general_form(client, pbx, body) -> None:
    answer = client.post(
        URL, body, content_type="application/json", headers={"Authorization": f"Bearer {pbx[1]}"}
    )
    assert answer.status_code == 400, answer.text
    assert not Call.objects.exists()


def test_the_look_up(api, admin, make_person, source, at) -> None:
    person = make_person("Johannes", "Maier")
    contact_points.add(
        actor=admin, record=person, kind="PHONE", value="0211 8765432", source=source, at=at
    )
    answer = api(admin).get("/api/v1/callers/", {"number": "0211/8765432"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["certainty"], told["number"]) == ("one", "+492118765432")
    assert [each["id"] for each in told["callers"]] == [str(person.public_id)]
    assert told["background"] == {"contacts": [], "activities": [], "deals": [], "orders": []}
    assert api(admin).get("/api/v1/callers").status_code == 400
