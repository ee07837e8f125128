"""Requests through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from consent.models import SubjectRequest
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/requests"


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Johanna", "Maier")


@pytest.fixture
def api(privacy: User, settings: Any, tmp_path: Any) -> APIClient:
    settings.MEDIA_ROOT = tmp_path
    settings.ERASURE_LOG = tmp_path / "erasures.jsonl"
    client = APIClient()
    client.force_authenticate(privacy)
    return client


def test_a_request_goes_from_receipt_to_erasure(api: APIClient, person: Person) -> None:
    body = {"article": "17", "channel": "EMAIL", "person": str(person.public_id)}
    made = api.post(URL, body, format="json")
    assert made.status_code == 201
    one = f"{URL}/{made.json()['id']}"
    assert made.json()["due_internal"] <= made.json()["due_legal"]
    refused = api.post(f"{one}/erasure", {"typed": "Johanna Maier"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "identity-not-proved")
    today = clock.today().isoformat()
    api.post(f"{one}/identity", {"on": today, "how": "Rückruf"}, format="json")
    plan = api.get(f"{one}/plan").json()
    assert plan["blockers"] == []
    assert {"model": "contacts.person", "kind": "Stammdaten", "erased": 1, "spared": 0,
            "held": []} in plan["lines"]  # fmt: skip
    wrong = api.post(f"{one}/erasure", {"typed": "Maier"}, format="json")
    assert wrong.json()["code"] == "erasure-not-confirmed"
    assert Person.objects.filter(pk=person.pk).exists()
    done = api.post(f"{one}/erasure", {"typed": "Johanna Maier"}, format="json")
    assert (done.status_code, done.json()["state"], done.json()["requester"]) == (200, "DONE", "")
    assert not Person.objects.filter(pk=person.pk).exists()


def test_bad_input_is_refused_and_nothing_is_kept(api: APIClient, person: Person) -> None:
    for body in (
        {"article": "99", "channel": "EMAIL", "requester": "X"},
        {"article": "15", "channel": "EMAIL"},
        {"article": "15", "channel": "EMAIL", "requester": "X", "received_at": "2099-01-01"},
    ):
        assert api.post(URL, body, format="json").status_code == 400
    assert not SubjectRequest.objects.exists()
