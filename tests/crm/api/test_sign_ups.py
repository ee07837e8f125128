# ruff: noqa: F811 - fixtures by name
"""Websites of the house: they read the open forms and hand in what people entered there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail as outbox
from rest_framework.test import APIClient

from consent.models import ConsentText, EventKind, Evidence, LedgerEvent, OptInRequest, SignUpForm
from contacts.models import ContactPoint
from crm.accounts.models import User
from crm.kernel import clock
from tests.consent_cast import (  # noqa: F401 - fixtures
    _files_of_their_own,
    controller,
    email,
    person,
    point_of,
    published,
)
from tests.sign_up_cast import MAILBOX, at_once, form, newsletter, notice  # noqa: F401 - fixtures

LIST = "/api/v1/sign-up-forms"
URL = f"{LIST}/newsletter"
Api = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def client(api: Api, sales: User) -> APIClient:
    return api(sales)


@pytest.fixture
def body(form: SignUpForm, newsletter: ConsentText) -> dict[str, Any]:
    """What a website sends."""
    return {
        "text": str(newsletter.public_id), "email": MAILBOX, "agrees": True,
        "address": "192.0.2.7", "agent": "Firefox 140", "page": "https://www.example/newsletter",
        "shown": "<form>…</form>",
    }  # fmt: skip


def nothing_happened() -> bool:
    pending = LedgerEvent.objects.filter(kind=EventKind.PENDING)
    return not (OptInRequest.objects.exists() or pending.exists() or outbox.outbox)


def test_a_website_reads_the_text_and_hands_an_entry_in(
    client: APIClient, body: dict[str, Any], newsletter: ConsentText, at_once: Any, sales: User
) -> None:
    (shown,) = client.get(LIST).json()
    assert (shown["code"], shown["language"], shown["body"]) == (
        "newsletter",
        "de",
        newsletter.body,
    )
    assert (shown["text"], shown["sha256"]) == (str(newsletter.public_id), newsletter.sha256)
    assert shown["notice_url"].startswith("https://crm.example/")
    answer = client.post(URL, body, format="json")
    made = OptInRequest.objects.get()
    assert (answer.status_code, answer.json()) == (202, {"id": str(made.public_id)})
    assert (made.requested_by, made.form) == (sales, "https://www.example/newsletter")
    assert (made.address, made.agent) == ("192.0.2.7", "Firefox 140")
    event = LedgerEvent.objects.get(kind=EventKind.PENDING)
    assert event.actor == sales.public_id
    assert Evidence.objects.get(sha256=event.evidence[1]).file.read() == "<form>…</form>".encode()
    assert outbox.outbox[0].to == [MAILBOX]


def test_a_known_address_gets_the_same_answer(
    client: APIClient, body: dict[str, Any], email: ContactPoint, at_once: Any
) -> None:
    answers = [
        client.post(URL, {**body, "email": address}, format="json")
        for address in (email.normalised, "nobody@havelberg.example")
    ]
    assert [(each.status_code, list(each.json())) for each in answers] == [(202, ["id"])] * 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agrees": False}, "agrees"),
        ({"agrees": None}, "agrees"),
        ({"email": "lena"}, "email"),
        ({"name": "Herr und Frau Brandt"}, "name"),
        ({"text": "00000000-0000-4000-8000-000000000000"}, "text"),
        ({"text": "x"}, "text"),
        ({"address": "localhost"}, "address"),
        ({"shown": "x" * 100_001}, "shown"),
        ({"language": "fr"}, "language"),
    ],
    ids=lambda each: str(each)[:40],
)
def test_what_is_wrong_is_refused_by_field(
    client: APIClient, body: dict[str, Any], at_once: Any, wrong: dict[str, Any], field: str,
) -> None:  # fmt: skip
    answer = client.post(URL, {**body, **wrong}, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert at_once == []
    assert nothing_happened()


def test_a_form_is_opened_and_closed_by_who_manages_texts(
    client: APIClient, api: Api, privacy: User, newsletter: ConsentText, body: dict[str, Any],
    at_once: Any,
) -> None:  # fmt: skip
    assert client.patch(URL, {"is_open": False}, format="json").status_code == 403
    officer = api(privacy)
    answer = officer.patch(URL, {"is_open": False}, format="json")
    assert answer.json() == {"code": "newsletter", "is_open": False}
    assert client.get(LIST).json() == []
    assert client.post(URL, body, format="json").status_code == 404
    assert nothing_happened()
    assert officer.patch(URL, {"is_open": True}, format="json").status_code == 200
    assert len(client.get(LIST).json()) == 1
    assert officer.patch(f"{LIST}/unknown", {"is_open": True}, format="json").status_code == 404


def test_what_may_not_be_opened_is_told(api: Api, privacy: User, published: Any) -> None:
    published("sales-call")
    answer = api(privacy).patch(f"{LIST}/sales-call", {"is_open": True}, format="json")
    assert answer.status_code == 400
    assert len(answer.json()["errors"]["text"]) == 3
    assert not SignUpForm.objects.exists()
