"""Answers that tell much about a person, and the consent to them, over the API."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from consent.models import ConsentText, EventKind, LedgerEvent
from contacts.models import Criterion, CriterionValue, Person
from crm.accounts.models import User
from crm.kernel import clock
from tests.consent_cast import _files_of_their_own  # noqa: F401 - fixture
from tests.criteria_stock import CLUB, DAY, guarded, published

SCAN = base64.b64encode(b"\x89PNG\r\n\x1a\n slip").decode()


@pytest.fixture
def person(make_person: Callable[..., Person], team: Any) -> Person:
    return make_person("Hans", "Mayer", team=team)


@pytest.fixture
def client(
    api: Callable[[User], APIClient], sales: User, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> APIClient:
    monkeypatch.setattr(clock, "now", lambda: at)
    return api(sales)


@pytest.fixture
def club(admin: User, at: datetime) -> Criterion:
    return guarded(admin, at=at - 2 * DAY)


@pytest.fixture
def text(club: Criterion, at: datetime) -> ConsentText:
    return published(club, at=at - DAY)


@pytest.fixture
def slip(text: ConsentText, club: Criterion, at: datetime) -> Callable[..., dict[str, Any]]:
    def body(**other: Any) -> dict[str, Any]:
        return {
            "text": str(text.public_id),
            "criteria": [club.code],
            "method": "paper",
            "declared_at": (at - timedelta(hours=1)).isoformat(),
            "proof": {"content": SCAN, "media_type": "image/png", "name": "zettel.png"},
            **other,
        }

    return body


def test_refused_consented_answered_withdrawn(
    client: APIClient, person: Person, club: Criterion, slip: Any, at: datetime
) -> None:
    base = f"/api/v1/persons/{person.public_id}"
    answer = f"{base}/qualification/{club.code}"
    refused = client.put(answer, {"value": "Holstein Kiel"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "sensitive-value-refused")
    assert refused.json()["data"] == {"criterion": club.code, "reason": "consent-missing"}
    assert CLUB in refused.json()["message"]
    assert CriterionValue.objects.count() == 0

    (event,) = client.post(f"{base}/consents", slip(), format="json").json()
    assert (event["kind"], event["purposes"], event["channels"]) == (
        "granted",
        ["profile_attribute"],
        [],
    )
    kept = client.put(answer, {"value": "Holstein Kiel"}, format="json")
    assert (kept.status_code, kept.json()["value"]) == (200, "Holstein Kiel")
    (line,) = client.get(f"{base}/consents").json()
    assert (line["criterion"], line["contact_point"], line["value"], line["channel"]) == (
        club.code,
        None,
        "",
        "",
    )
    gone = {"keys": [line["key"]], "received_at": at.isoformat(), "via": "phone"}
    ended = client.post(f"{base}/consents/withdrawals", gone, format="json")
    assert (ended.status_code, ended.json()[0]["kind"]) == (201, "withdrawn")
    assert CriterionValue.objects.count() == 0
    assert client.get(base).json()["qualification"] == []


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"criteria": []}, "criteria"),
        ({"criteria": ["hobby"]}, "criteria"),
        ({"proof": None}, "proof"),
        ({"proof": {"content": "???", "media_type": "image/png"}}, "proof.content"),
        ({"proof": {"content": SCAN, "media_type": "text/html"}}, "proof.media_type"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    client: APIClient, person: Person, slip: Any, other: dict[str, Any], field: str
) -> None:
    path = f"/api/v1/persons/{person.public_id}/consents"
    answer = client.post(path, slip(**other), format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not LedgerEvent.objects.filter(kind=EventKind.GRANTED).exists()
