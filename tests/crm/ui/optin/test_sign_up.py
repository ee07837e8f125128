# ruff: noqa: F811 - fixtures by name
"""The public form: what it shows, what it refuses, and that it tells strangers nothing."""

from datetime import datetime
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from consent import links, texts
from consent.models import ConsentText, EventKind, Evidence, LedgerEvent, OptInRequest, SignUpForm
from consent.optin import sign_up_forms
from contacts.models import ContactPoint, Person
from crm.kernel import clock
from crm.ui.screens.optin import limits
from tests.sign_up_cast import MAILBOX, at_once, form, newsletter, notice  # noqa: F401 - fixtures

URL = "/eintragen/newsletter/"


@pytest.fixture
def client(form: SignUpForm, monkeypatch: Any, at: datetime) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at)
    return Client(enforce_csrf_checks=True, headers={"user-agent": "Firefox 140"})


@pytest.fixture
def entry(newsletter: ConsentText) -> dict[str, str]:
    """What a browser sends."""
    text = str(newsletter.public_id)
    return {"text": text, "email": MAILBOX, "name": "", "ja": "1", "website": ""}


def nothing_happened() -> bool:
    pending = LedgerEvent.objects.filter(kind=EventKind.PENDING)
    return not (OptInRequest.objects.exists() or pending.exists() or outbox.outbox)


def test_the_form_shows_all_that_the_law_asks_for(client: Client, newsletter: ConsentText) -> None:
    answer = client.get(URL)
    page = answer.content.decode()
    for paragraph in newsletter.body.splitlines():
        assert paragraph.replace("'", "&#x27;") in page
    assert "Am Speicher 14" in page or "Kai 1" in page
    assert f'href="{links.notice(newsletter.controller, "advertising")}?sprache=de"' in page
    assert 'href="/einstellungen/?sprache=de"' in page
    assert "Textfassung „Newsletter per E‑Mail 1“" in page
    assert " checked" not in page
    assert "<script" not in page
    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_may_open_it(
    client: Client, entry: dict[str, str], at_once: Any, method: str
) -> None:
    assert getattr(client, method)(URL, entry).status_code == 200
    assert client.put(URL).status_code == 405
    assert at_once == []
    assert nothing_happened()


def test_an_entry_is_carried_out_with_the_form_as_it_was_seen(
    client: Client, entry: dict[str, str], at_once: Any
) -> None:
    blank = client.get(URL).content
    answer = client.post(URL, entry)
    assert answer.status_code == 200
    assert "Sehen Sie in Ihr Postfach" in answer.content.decode()
    made = OptInRequest.objects.get()
    assert (made.form, made.address, made.agent) == ("eintragen", "127.0.0.1", "Firefox 140")
    event = LedgerEvent.objects.get(kind=EventKind.PENDING)
    assert Evidence.objects.get(sha256=event.evidence[1]).file.read() == blank
    assert len(outbox.outbox) == 1


def test_a_stranger_does_not_learn_whether_an_address_is_known(
    client: Client, entry: dict[str, str], email: ContactPoint, monkeypatch: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    from consent import tasks

    told: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.send_sign_up, "delay", told.append)
    client.post(URL, entry)
    answers = []
    for address in (email.normalised, "nobody@havelberg.example"):
        with django_assert_num_queries(6):
            answers.append(client.post(URL, {**entry, "email": address}))
    known, unknown = answers
    assert known.content == unknown.content
    assert (known.status_code, known.headers) == (unknown.status_code, unknown.headers)
    assert [each["email"] for each in told[1:]] == [email.normalised, "nobody@havelberg.example"]
    assert nothing_happened()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ja": ""}, "Bitte kreuzen Sie an"),
        ({"ja": "on"}, "Bitte kreuzen Sie an"),
        ({"email": ""}, "E-Mail-Adresse"),
        ({"email": "lena"}, "E-Mail-Adresse"),
        ({"name": "Herr und Frau Brandt"}, "mehrere Personen"),
        ({"text": "x"}, "Der Text hat sich geändert"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    client: Client, entry: dict[str, str], at_once: Any, wrong: dict[str, str], said: str
) -> None:
    answer = client.post(URL, {**entry, "name": "Lena", **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert {**entry, "name": "Lena", **wrong}["name"] in page
    assert at_once == []
    assert nothing_happened()


def test_a_form_without_any_field_is_refused(client: Client, at_once: Any) -> None:
    assert client.post(URL).status_code == 422
    assert nothing_happened()


def test_what_a_program_fills_in_is_thanked_for_and_dropped(
    client: Client, entry: dict[str, str], at_once: Any
) -> None:
    fine = client.post(URL, entry).content
    outbox.outbox.clear()
    OptInRequest.objects.all().delete()
    LedgerEvent.objects.filter(kind=EventKind.PENDING)
    trapped = client.post(URL, {**entry, "website": "https://spam.example"})
    assert trapped.content == fine
    assert len(at_once) == 1
    assert outbox.outbox == []


def test_another_website_cannot_send_the_form(
    client: Client, entry: dict[str, str], at_once: Any
) -> None:
    answer = client.post(URL, entry, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert " checked" not in answer.content.decode()
    assert nothing_happened()
    client.post(URL, entry, headers={"sec-fetch-site": "same-origin"})
    assert len(outbox.outbox) == 1


def test_whoever_enters_many_is_slowed_down(
    client: Client, entry: dict[str, str], at_once: Any
) -> None:
    statuses = [
        client.post(URL, {**entry, "email": f"nr{number}@havelberg.example"}).status_code
        for number in range(limits.MOST_ENTRIES + 1)
    ]
    assert statuses == [200] * limits.MOST_ENTRIES + [429]
    assert Person.objects.count() == limits.MOST_ENTRIES


@pytest.mark.parametrize("code", ["unknown", "fair", "NEWSLETTER"])
def test_what_is_not_open_is_not_there(client: Client, entry: dict[str, str], code: str) -> None:
    for answer in (client.get(f"/eintragen/{code}/"), client.post(f"/eintragen/{code}/", entry)):
        assert answer.status_code == 404
        assert "Dieses Formular nimmt nichts an" in answer.content.decode()


def test_a_closed_form_and_a_retired_text_are_not_there(
    client: Client, entry: dict[str, str], newsletter: ConsentText, at: datetime
) -> None:
    sign_up_forms.close(actor=None, text=newsletter, at=at)
    assert client.get(URL).status_code == 404
    sign_up_forms.open_for(actor=None, text=newsletter, at=at)
    assert client.get(URL).status_code == 200
    texts.retire(actor=None, text=newsletter, at=at)
    assert client.post(URL, entry).status_code == 404
    assert nothing_happened()


@pytest.mark.parametrize(
    ("language", "shown"),
    [("de", "Ja, ich willige ein"), ("en", "Yes, I agree"), ("einfach", "Dazu sagen Sie Ja")],
)
def test_the_form_speaks_three_languages(client: Client, language: str, shown: str) -> None:
    answer = client.get(f"{URL}?sprache={language}")
    assert shown in answer.content.decode()
    assert answer.headers["Content-Language"] == ("en" if language == "en" else "de")


def test_in_english_the_english_text_is_shown(client: Client, published: Any) -> None:
    published("newsletter", "en")
    assert "may send a newsletter" in client.get(f"{URL}?sprache=en").content.decode()
    assert "darf mir an meine" in client.get(f"{URL}?sprache=einfach").content.decode()


def test_after_confirming_the_way_out_is_one_click_away(
    client: Client, entry: dict[str, str], at_once: Any
) -> None:
    client.post(URL, entry)
    line = next(each for each in outbox.outbox[0].body.splitlines() if "/bestaetigen/" in each)
    answer = client.post(line.removeprefix("https://crm.example"))
    url = answer.context["settings_url"]
    assert url in answer.content.decode()
    page = client.get(url.removeprefix("https://crm.example"))
    withdraw = page.context["has"][0]["key"]
    client.post(url.removeprefix("https://crm.example"), {"withdraw": withdraw})
    assert LedgerEvent.objects.filter(kind=EventKind.WITHDRAWN).count() == 1
