"""Capturing over HTTP: devices, their kit, slips and photos, as the app at the stand uses it."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from consent.models import ConsentText
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock
from history.fairs import devices, keys
from history.models import CaptureDevice, Event, LeadCapture, LeadFile, Touchpoint
from tests.history.fairs.conftest import FULL, NAMED
from tests.history.fairs.conftest import event as event
from tests.history.fairs.conftest import text as text

pytest_plugins = ["tests.consent_cast"]
HOME = "/api/v1/capture/"
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 40
SHA = hashlib.sha256(PHOTO).hexdigest()
FILE = {"sha256": SHA, "size": len(PHOTO), "kind": "CARD", "name": "karte.jpg"}
Ask = Callable[..., Any]


@pytest.fixture
def running(event: Event) -> Event:
    """The fair takes place today."""
    today = clock.today()
    event.starts_on, event.ends_on = today, today + timedelta(days=2)
    event.delete_on = today + timedelta(days=90)
    event.created_at = clock.now() - timedelta(days=30)
    event.save()
    return event


@pytest.fixture
def secret(sales: User, running: Event) -> str:
    return devices.register(actor=sales, event=running, name="Tablet", at=clock.now())[1]


@pytest.fixture
def ask(secret: str) -> Ask:
    """``ask("PUT", "leads/…/", body)``: the answer to the device."""
    client = Client(raise_request_exception=True)

    def asking(method: str, path: str, body: Any = None, **headers: Any) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        return client.generic(
            method, HOME + path, b"" if body is None else raw, content_type=kind,
            headers={"Authorization": f"Device {secret}", **headers},
        )  # fmt: skip

    return asking


def slip(fields: Any, **more: Any) -> dict[str, Any]:
    now = timezone.now().isoformat()
    return {"captured_at": now, "device_now": now, "base": None, "fields": fields, **more}


def test_a_device_is_registered_and_revoked(api: Any, sales: User, running: Event) -> None:
    client = api(sales)
    (found,) = client.get(f"{HOME}events/").json()
    assert found["id"] == str(running.public_id)
    answer = client.post(f"{HOME}devices/", {"event": found["id"], "name": "Tablet"})
    made = answer.json()
    device = CaptureDevice.objects.get()
    assert answer.status_code == 201
    assert made["id"] == str(device.public_id)
    key = base64.urlsafe_b64decode(made["key"] + "=")
    assert key == keys.key_of_device(device.public_id)
    header = {"Authorization": f"Device {made['secret']}"}
    assert Client().get(f"{HOME}kit/", headers=header).status_code == 200
    assert client.delete(f"{HOME}devices/{made['id']}/").status_code == 204
    refused = Client().get(f"{HOME}kit/", headers=header)
    assert (refused.status_code, refused.json()["code"]) == (401, "device-not-usable")
    assert "beendet" in refused.json()["message"]
    assert refused["WWW-Authenticate"] == "Device"


def test_the_secret_of_a_device_opens_nothing_else(secret: str, sales: User) -> None:
    header = {"Authorization": f"Device {secret}"}
    for path in ("persons", "me", "capture/events/"):
        assert Client().get(f"/api/v1/{path}", headers=header).status_code == 401
    stranger = Client()
    stranger.force_login(sales)
    assert stranger.get(f"{HOME}kit/").status_code == 401
    for header in ({"Authorization": "Device"}, {"Authorization": "Device ed_x y"}):
        assert Client().get(f"{HOME}kit/", headers=header).status_code == 401


def test_the_kit(ask: Ask, running: Event, text: ConsentText, sales: User) -> None:
    kit = ask("GET", "kit/").json()
    assert set(kit) == {
        "event", "user", "controller", "form", "follow_up", "texts", "channels", "notice",
        "visitor_base", "badge_licence", "server_time", "most_file_bytes", "piece_bytes",
    }  # fmt: skip
    assert kit["form"] == json.loads(json.dumps(running.form))
    assert kit["follow_up"]["A"] == {"hours": 24, "act": "CALL"}
    assert kit["event"]["stand"] == "4.2-118"
    assert kit["user"] == {"id": str(sales.public_id), "name": sales.full_name}
    assert kit["controller"] == {"name": "Nordlicht GmbH"}
    assert kit["texts"][0]["id"] == str(text.public_id)
    assert kit["texts"][0]["purposes"][0] == {
        "code": "product_offer",
        "label": "Angebote zu Produkten",
    }
    assert kit["visitor_base"] == "https://crm.example/messe/ja/"
    assert (kit["notice"], kit["most_file_bytes"]) == (None, 25 * 1024 * 1024)


def test_a_slip_goes_and_comes_back(ask: Ask, text: ConsentText) -> None:
    id = uuid4()
    said = [{"text": str(text.public_id), "channel": "email", "answer": "YES"}]
    body = slip({**FULL, "opt_ins": said}, files=[FILE])
    first = ask("PUT", f"leads/{id}/", body)
    lead = LeadCapture.objects.get()
    told = first.json()
    assert first.status_code == 201
    assert told == {
        "id": str(lead.public_id),
        "client_id": str(id),
        "version": 1,
        "fields": {**FULL, "opt_ins": said},
        "files": [{"sha256": SHA, "received": 0}],
        "opt_ins": [{**said[0], "state": "recorded"}],
        "problems": [],
        "is_late": False,
        "suspects": [],
        "visitor": {"state": "none"},
    }
    for _n in range(4):
        again = ask("PUT", f"leads/{id}/", body)
        assert (again.status_code, again.json()) == (200, told)
    assert ask("GET", f"leads/{id}/").json() == told
    assert Person.objects.count() == Touchpoint.objects.count() == 1


def test_a_conflict_is_told_field_by_field(ask: Ask) -> None:
    id = uuid4()
    ask("PUT", f"leads/{id}/", slip(FULL))
    LeadCapture.objects.update(need="Etwas anderes", version=2)
    body = slip({"need": "Mein Bedarf"}, base={"need": FULL["need"]})
    answer = ask("PUT", f"leads/{id}/", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "lead-conflict")
    assert answer.json()["data"]["fields"] == {
        "need": {"current": "Etwas anderes", "mine": "Mein Bedarf", "original": FULL["need"]}
    }
    assert LeadCapture.objects.get().need == "Etwas anderes"
    chosen = ask("PUT", f"leads/{id}/", {**body, "base": {"need": "Etwas anderes"}})
    assert (chosen.status_code, chosen.json()["fields"]["need"]) == (200, "Mein Bedarf")


def test_a_photo_in_pieces(ask: Ask) -> None:
    id = uuid4()
    ask("PUT", f"leads/{id}/", slip(NAMED, files=[FILE]))
    path = f"leads/{id}/files/{SHA}/"
    first = ask("PATCH", path, PHOTO[:4000], **{"Upload-Offset": "0"})
    assert (first.status_code, first.json()) == (200, {"received": 4000})
    wrong = ask("PATCH", path, PHOTO[:4000], **{"Upload-Offset": "0"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong-offset")
    assert wrong.json()["data"] == {"received": 4000}
    last = ask("PATCH", path, PHOTO[4000:], **{"Upload-Offset": "4000"})
    assert last.json() == {"received": len(PHOTO)}
    assert LeadFile.objects.get().stored is not None
    assert ask("PATCH", path, b"", **{"Upload-Offset": str(len(PHOTO))}).status_code == 200


@pytest.mark.parametrize("offset", [None, "", "x", "-1", "1e3", "٣", "9" * 13])
def test_an_offset_that_is_none(ask: Ask, offset: Any) -> None:
    id = uuid4()
    ask("PUT", f"leads/{id}/", slip(NAMED, files=[FILE]))
    headers = {} if offset is None else {"Upload-Offset": offset.encode().decode("latin-1")}
    answer = ask("PATCH", f"leads/{id}/files/{SHA}/", PHOTO, **headers)
    assert (answer.status_code, answer.json()["field"]) == (400, "Upload-Offset")
    assert LeadFile.objects.get().received == 0


def test_a_changed_photo_starts_again(ask: Ask) -> None:
    id = uuid4()
    ask("PUT", f"leads/{id}/", slip(NAMED, files=[FILE]))
    answer = ask("PATCH", f"leads/{id}/files/{SHA}/", bytes(len(PHOTO)), **{"Upload-Offset": "0"})
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-hash")
    assert answer.json()["data"] == {"received": 0}


@pytest.mark.parametrize("body", [[], 7, "x", {}, {"fields": []}, {"fields": None}])
def test_what_is_no_slip_is_refused(ask: Ask, body: Any) -> None:
    answer = ask("PUT", f"leads/{uuid4()}/", body)
    assert (answer.status_code, answer.json()["field"]) == (400, "fields")
    assert not LeadCapture.objects.exists()


def test_signs_that_no_text_has_lose_no_lead(ask: Ask) -> None:
    answer = ask("PUT", f"leads/{uuid4()}/", slip({"name": "Hans\0 May\ud800er", "x\0": "y"}))
    assert answer.status_code == 201
    assert answer.json()["fields"]["name"] == "Hans� May�er"
    assert "x�: y" in answer.json()["fields"]["note"]


def test_malformed_parts_lose_no_lead(ask: Ask) -> None:
    body = {"fields": {**FULL, "opt_ins": "x"}, "base": "x", "files": 7, "captured_at": [1]}
    answer = ask("PUT", f"leads/{uuid4()}/", body)
    assert answer.status_code == 201
    assert len(answer.json()["problems"]) == 2


def test_the_lead_of_somebody_else(ask: Ask, event: Event, make_user: Any) -> None:
    id = uuid4()
    ask("PUT", f"leads/{id}/", slip(FULL))
    colleague = make_user("SALES")
    event.team.add(colleague)
    _made, secret = devices.register(actor=colleague, event=event, name="x", at=clock.now())
    header = {"Authorization": f"Device {secret}"}
    url = f"{HOME}leads/{id}/"
    assert Client().get(url, headers=header).status_code == 404
    answer = Client().put(url, slip({"name": "x"}), content_type="application/json", headers=header)
    assert (answer.status_code, answer.json()["code"]) == (409, "lead-of-another")
    assert LeadCapture.objects.get().name == "Hans Mayer"


def test_whom_a_visitor_looks_like(ask: Ask, sales: User, make_person: Any) -> None:
    known = make_person("Hans", "Mayer", owner=sales)
    hidden = make_person("Hans", "Mayer")
    (found,) = ask("GET", "known/?name=Hans+Mayr&email=x&phone=12").json()
    assert (found["id"], found["name"]) == (str(known.public_id), "Hans Mayer")
    assert str(hidden.public_id) not in json.dumps(found)
    assert ask("GET", "known/").json() == []


@pytest.mark.parametrize("count", [1, 2])
def test_the_queries_of_a_slip_are_counted(
    ask: Ask, text: ConsentText, count: int, django_assert_max_num_queries: Any
) -> None:
    for _n in range(3):  # others are there already
        ask("PUT", f"leads/{uuid4()}/", slip(NAMED))
    id = uuid4()
    said = [
        {"text": str(text.public_id), "channel": each, "answer": "YES"}
        for each in ("email", "phone")
    ]
    with django_assert_max_num_queries(180):
        ask("PUT", f"leads/{id}/", slip({**FULL, "opt_ins": said}))
    with django_assert_max_num_queries(25):
        ask("PUT", f"leads/{id}/", slip({**FULL, "opt_ins": said}))
