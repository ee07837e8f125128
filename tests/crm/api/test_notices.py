"""Notices over the API: what is published, due, known and left to tell."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from consent.models import NoticeProvision, NoticeVersion
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock
from tests import notice_cast


@pytest.fixture
def notice(db: None, at: datetime) -> NoticeVersion:
    return notice_cast.published(at)


@pytest.fixture
def person(make_person: Callable[..., Person], team: Any) -> Person:
    return make_person("Hans", "Mayer", team=team)


@pytest.fixture
def client(
    api: Callable[[User], APIClient], sales: User, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> APIClient:
    monkeypatch.setattr(clock, "now", lambda: at)
    return api(sales)


def test_what_is_published(client: APIClient, notice: NoticeVersion) -> None:
    (told,) = client.get("/api/v1/notices", {"language": "en"}).json()
    assert (told["purpose"], told["number"], told["title"]) == ("appointment", 1, "Appointments")
    assert told["address"].endswith(f"/hinweise/fassung/{notice.public_id}/")
    assert [each["item"] for each in told["sections"]] == [
        "13.1.a", "13.1.c", "13.1.e", "13.2.a", "13.2.b", "13.2.d", "13.2.e",
    ]  # fmt: skip
    assert told["objection"] is None


def test_due_read_and_known(client: APIClient, notice: NoticeVersion, person: Person) -> None:
    base = f"/api/v1/persons/{person.public_id}/notices"
    due = client.get(f"{base}/due", {"purpose": "appointment"}).json()
    assert (due["outcome"], due["script"]["items"]) == ("LAYERED", due["first_layer"])
    body = {
        "version": due["version_id"],
        "items": due["script"]["items"],
        "medium": "phone",
        "status": "read_aloud",
        "seconds": 31,
    }
    made = client.post(base, body, format="json")
    assert made.status_code == 201
    assert made.json()["items"] == ["13.1.a", "13.1.c", "13.2.b"]
    again = client.get(f"{base}/due", {"purpose": "appointment"}).json()
    assert (again["outcome"], again["items_due"]) == (
        "DELTA",
        ["13.1.e", "13.2.a", "13.2.d", "13.2.e"],
    )
    assert [each["status"] for each in client.get(base).json()] == ["read_aloud"]


def test_refused_with_a_reason_and_nothing_written(
    client: APIClient, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    base = f"/api/v1/persons/{person.public_id}/notices"
    body = {"version": str(notice.public_id), "medium": "phone", "status": "skipped"}
    refused = client.post(base, body, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["reason"])
    later = {**body, "reason": "hung_up", "given_at": (at + timedelta(days=1)).isoformat()}
    assert client.post(base, later, format="json").status_code == 422
    assert not NoticeProvision.objects.exists()
    unknown = client.get(f"{base}/due", {"purpose": "lottery"})
    assert unknown.status_code == 400
    not_yet = client.get(f"{base}/due", {"purpose": "enquiry"})
    assert (not_yet.status_code, not_yet.json()["code"]) == (422, "no-notice-published")


def test_a_child_leads_to_plain_words(
    client: APIClient, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    Person.objects.filter(pk=person.pk).update(birth_date=at.date() - timedelta(days=3650))
    url = f"/api/v1/persons/{person.public_id}/notices/due"
    refused = client.get(url, {"purpose": "appointment"})
    assert (refused.status_code, refused.json()["code"]) == (422, "person-under-16")
    plain = client.get(url, {"purpose": "appointment", "language": "plain"})
    assert plain.json()["script"]["text"].startswith("Wir sind die Firma Nordlicht GmbH.")


def test_tasks_are_for_the_privacy_officer(
    client: APIClient,
    api: Callable[[User], APIClient],
    make_user: Any,
    notice: NoticeVersion,
    person: Person,
) -> None:
    body = {
        "version": str(notice.public_id), "medium": "phone", "status": "skipped",
        "reason": "emergency",
    }  # fmt: skip
    client.post(f"/api/v1/persons/{person.public_id}/notices", body, format="json")
    assert client.get("/api/v1/notices/tasks").status_code == 403
    (task,) = api(make_user("PRIVACY")).get("/api/v1/notices/tasks").json()
    assert (task["kind"], task["name"], task["why"]) == ("skipped", "Hans Mayer", "Notfall")
