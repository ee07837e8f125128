"""The pages without a log-in: they confirm by POST only, tell strangers nothing, set no cookie."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client

from consent import links, reminding, standing, tasks
from consent.links import Key
from consent.models import Controller, EventKind, LedgerEvent, OptInRequest
from consent.optin import Press, requests
from consent.optin.requests import Wish
from contacts.models import ContactPoint, Person
from crm.kernel import clock
from crm.ui.screens.optin import limits, words


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True, headers={"user-agent": "Firefox 140"})


@pytest.fixture
def asked(
    person: Person, controller: Controller, published: Any, monkeypatch: Any, at: datetime
) -> Callable[..., OptInRequest]:
    """``asked({email: ["email"]})``: a form sent off at ``at``, and the clock stands there."""
    monkeypatch.setattr(clock, "now", lambda: at)
    text = published("product-offer")

    def send_off(ways: dict[ContactPoint, list[str]]) -> OptInRequest:
        return requests.request(
            actor=None, person=person, controller=controller, text=text,
            wishes=[Wish(point, named) for point, named in ways.items()],
            purposes=text.purposes, press=Press(form="test"), at=at,
        )  # fmt: skip

    return send_off


@pytest.fixture
def settings_url(person: Person, email: ContactPoint, controller: Controller) -> str:
    return f"/einstellungen/{links.sign(Key(person, email, controller))}/"


def path_in_mail() -> str:
    body = outbox.outbox[-1].body
    line = next(each for each in body.splitlines() if each.startswith("https://crm.example/"))
    return line.removeprefix("https://crm.example")


def count(kind: EventKind) -> int:
    return LedgerEvent.objects.filter(kind=kind).count()


def test_scanners_may_open_the_link_and_people_press_the_button(
    client: Client, asked: Any, email: ContactPoint
) -> None:
    asked({email: ["email"]})
    path = path_in_mail()
    for look in (client.get, client.head, client.get):
        assert look(path).status_code == 200
    assert client.options(path).status_code == 405
    assert count(EventKind.CONFIRMED) == 0
    page = client.get(path).content.decode()
    assert "Ja, ich bestätige" in page
    assert "Ja, Nordlicht GmbH darf mir Angebote" in page
    assert "h…r@havelberg.example" in page
    assert "h.mayer@havelberg.example" not in page
    answer = client.post(path)
    assert answer.status_code == 200
    assert "Vielen Dank" in answer.content.decode()
    again = client.post(path)
    assert again.status_code == 200
    assert count(EventKind.CONFIRMED) == 1


def test_a_public_page_sets_no_cookie_and_is_kept_nowhere(
    client: Client, asked: Any, email: ContactPoint, settings_url: str
) -> None:
    asked({email: ["email"]})
    for path in (path_in_mail(), settings_url, "/einstellungen/"):
        answer = client.get(path)
        assert answer.cookies == {}, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        page = answer.content.decode()
        assert "<script" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    "path",
    [
        "/einwilligung/bestaetigen/AAAAAAAAAAAAAAAAAAAAAA/",
        "/einwilligung/code/00000000-0000-4000-8000-000000000000/",
        "/einstellungen/forged:link/",
        "/einstellungen/forged:link/abmelden/",
    ],
)
def test_a_forged_link_gets_the_same_neutral_page(client: Client, db: None, path: str) -> None:
    for method in (client.get, client.post):
        answer = method(path)
        assert answer.status_code == 404
        assert "Dieser Verweis gilt nicht" in answer.content.decode()
    assert count(EventKind.WITHDRAWN) == count(EventKind.CONFIRMED) == 0


def test_whoever_tries_links_is_slowed_down(client: Client, db: None) -> None:
    statuses = [
        client.get(f"/einwilligung/bestaetigen/{number:022}/").status_code
        for number in range(limits.MOST_UNKNOWN + 1)
    ]
    assert statuses == [404] * limits.MOST_UNKNOWN + [429]


def test_an_expired_link_is_told(
    client: Client, asked: Any, email: ContactPoint, monkeypatch: Any, at: datetime
) -> None:
    asked({email: ["email"]})
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=8))
    answer = client.post(path_in_mail())
    assert answer.status_code == 410
    assert "abgelaufen" in answer.content.decode()
    assert count(EventKind.CONFIRMED) == 0


def test_a_new_code_comes_by_a_button_and_not_by_a_visit(
    client: Client, asked: Any, mobile: ContactPoint, codes_sent: Any, monkeypatch: Any,
    at: datetime,
) -> None:  # fmt: skip
    ref = asked({mobile: ["sms"]}).confirmations.get().ref
    path = f"/einwilligung/code/{ref}/"
    soon = client.post(path, {"again": "1"})
    assert soon.status_code == 422
    assert "vor weniger als einer Minute" in soon.content.decode()
    plain = client.post(f"{path}?sprache=einfach", {"again": "1"})
    assert "Bitte warten Sie eine Minute." in plain.content.decode()
    assert len(codes_sent()) == 1
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=11))
    over = client.get(path)
    assert over.status_code == 410
    assert "Neuen Code senden" in over.content.decode()
    assert len(codes_sent()) == 1
    answer = client.post(path, {"again": "1"}, follow=True)
    page = answer.content.decode()
    assert "Ein neuer Code ist unterwegs. Der alte gilt nicht mehr." in page
    here = answer.redirect_chain[0][0]
    old, new = codes_sent()
    assert client.post(path, {"code": old}).status_code == 410
    assert client.post(here, {"code": new}).status_code == 200
    assert count(EventKind.CONFIRMED) == 1
    settled = client.post(path, {"again": "1"})
    assert "Hier gibt es nichts mehr zu bestätigen." in settled.content.decode()
    assert len(codes_sent()) == 2


def test_a_new_link_comes_once(
    client: Client, asked: Any, email: ContactPoint, monkeypatch: Any, at: datetime
) -> None:
    asked({email: ["email"]})
    first = path_in_mail()
    assert "Neuen Verweis senden" not in client.get(first).content.decode()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=8))
    assert "Neuen Verweis senden" in client.get(first).content.decode()
    assert len(outbox.outbox) == 1
    answer = client.post(first, {"again": "1"})
    assert (answer.status_code, len(outbox.outbox)) == (200, 2)
    assert "Eine weitere senden wir nicht." in answer.content.decode()
    assert "Neuen Verweis senden" not in client.get(first).content.decode()
    twice = client.post(first, {"again": "1"})
    assert (twice.status_code, len(outbox.outbox)) == (410, 2)
    assert "Dorthin gingen schon so viele Nachrichten" in twice.content.decode()
    assert client.post(path_in_mail()).status_code == 200
    assert count(EventKind.CONFIRMED) == 1


def test_a_code_is_entered_on_a_page_of_its_own(
    client: Client, asked: Any, mobile: ContactPoint, codes_sent: Any
) -> None:
    ref = asked({mobile: ["sms"]}).confirmations.get().ref
    (code,) = codes_sent()
    path = f"/einwilligung/code/{ref}/"
    page = client.get(path).content.decode()
    assert "… 386" in page
    assert "28817386" not in page
    wrong = client.post(path, {"code": f"{(int(code) + 1) % 1_000_000:06}"})
    assert wrong.status_code == 422
    assert "Noch 4 Versuche." in wrong.content.decode()
    assert client.post(path, {"code": code}).status_code == 200
    assert count(EventKind.CONFIRMED) == 1


def test_settings_show_in_words_and_withdraw_in_one_press(
    client: Client, asked: Any, email: ContactPoint, mobile: ContactPoint, codes_sent: Any,
    person: Person, settings_url: str, at: datetime,
) -> None:  # fmt: skip
    made = asked({email: ["email"], mobile: ["phone", "sms"]})
    client.post(path_in_mail())
    (code,) = codes_sent()
    client.post(
        f"/einwilligung/code/{made.confirmations.get(kind='sms_code').ref}/", {"code": code}
    )
    page = client.get(settings_url).content.decode()
    for shown in ("E‑Mail", "Anruf", "SMS", "Angebote zu Produkten", "seit 17.03.2026"):
        assert shown in page
    by_sms = next(line for line in standing.of(person, at=at) if line.channel == "sms")
    answer = client.post(settings_url, {"withdraw": by_sms.key})
    assert "Ist widerrufen" in answer.content.decode()
    left = [line.channel for line in standing.of(person, at=at)]
    assert sorted(left) == ["email", "phone"]
    client.post(settings_url, {"withdraw": by_sms.key})
    assert count(EventKind.WITHDRAWN) == 1
    client.post(settings_url, {"withdraw_all": "1"})
    assert standing.of(person, at=at) == []
    assert count(EventKind.WITHDRAWN) == 3


def test_an_objection_ends_everything_at_once(
    client: Client, asked: Any, email: ContactPoint, person: Person, settings_url: str, at: datetime
) -> None:
    asked({email: ["email"]})
    client.post(path_in_mail())
    answer = client.post(settings_url, {"object": "1"})
    assert "keine Werbung mehr" in answer.content.decode()
    assert (count(EventKind.OBJECTED), count(EventKind.WITHDRAWN)) == (1, 1)
    client.post(settings_url, {"object": "1"})
    assert count(EventKind.OBJECTED) == 1


def test_a_new_consent_over_the_mailbox_of_the_link_counts_at_once(
    client: Client, asked: Any, email: ContactPoint, mobile: ContactPoint, codes_sent: Any,
    person: Person, settings_url: str, at: datetime,
) -> None:  # fmt: skip
    page = client.get(settings_url)
    keys = {way["label"]: way["key"] for offer in page.context["offers"] for way in offer["ways"]}
    assert set(keys) == {"E‑Mail", "Anruf", "SMS"}
    answer = client.post(settings_url, {"offer": [keys["E‑Mail"]]})
    assert "Ihre Einwilligung gilt jetzt" in answer.content.decode()
    assert [(line.channel, line.is_pending) for line in standing.of(person, at=at)] == [
        ("email", False)
    ]
    answer = client.post(settings_url, {"offer": [keys["SMS"]]})
    assert "Fast fertig" in answer.content.decode()
    assert len(codes_sent()) == 1
    assert {(line.channel, line.is_pending) for line in standing.of(person, at=at)} == {
        ("email", False), ("sms", True),
    }  # fmt: skip


@pytest.mark.parametrize("wanted", [[], ["x"], ["a:b:c"]])
def test_what_is_not_on_offer_is_refused(
    client: Client, asked: Any, settings_url: str, wanted: list[str]
) -> None:
    assert client.post(settings_url, {"offer": wanted}).status_code == 422
    assert count(EventKind.PENDING) == 0


def test_one_click_of_a_mail_program_withdraws(
    client: Client, asked: Any, person: Person, email: ContactPoint, controller: Controller,
    at: datetime,
) -> None:  # fmt: skip
    asked({email: ["email"]})
    client.post(path_in_mail())
    signed = links.sign(Key(person, email, controller, "product_offer"))
    path = f"/einstellungen/{signed}/abmelden/"
    assert client.get(path).status_code == 302
    assert count(EventKind.WITHDRAWN) == 0
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert standing.of(person, at=at) == []
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert count(EventKind.WITHDRAWN) == 1


def test_one_click_without_a_consent_behind_it_is_an_objection(
    client: Client, asked: Any, person: Person, email: ContactPoint, controller: Controller
) -> None:
    signed = links.sign(Key(person, email, controller, "product_offer"))
    client.post(f"/einstellungen/{signed}/abmelden/", {"List-Unsubscribe": "One-Click"})
    (event,) = LedgerEvent.objects.filter(kind=EventKind.OBJECTED)
    assert (event.details["scope"], event.channels) == ("channel", ["email"])


def test_a_stranger_does_not_learn_whether_an_address_is_known(
    client: Client, email: ContactPoint, controller: Controller, monkeypatch: Any, at: datetime
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(tasks.send_preferences_link, "delay", sent.append)
    known = client.post("/einstellungen/", {"email": "h.mayer@havelberg.example"})
    unknown = client.post("/einstellungen/", {"email": "nobody@havelberg.example"})
    assert known.content == unknown.content
    assert known.status_code == unknown.status_code == 200
    assert len(sent) == 2
    assert [reminding.send_links(value=value, at=at) for value in sent] == [1, 0]
    (message,) = outbox.outbox
    assert "https://crm.example/einstellungen/" in message.body
    for _each in range(limits.MOST_LINKS + 3):
        client.post("/einstellungen/", {"email": "h.mayer@havelberg.example"})
    assert sent.count("h.mayer@havelberg.example") == limits.MOST_LINKS


@pytest.mark.parametrize(
    ("language", "shown"),
    [("de", "Ihre Einwilligungen"), ("en", "Your consents"), ("einfach", "Werbung: Ja oder Nein")],
)
def test_the_settings_speak_three_languages(
    client: Client, asked: Any, settings_url: str, language: str, shown: str
) -> None:
    answer = client.get(f"{settings_url}?sprache={language}")
    assert shown in answer.content.decode()
    assert answer.headers["Content-Language"] == ("en" if language == "en" else "de")


def test_everything_is_said_in_plain_german_too() -> None:
    assert set(words.PLAIN) == set(words.SAYINGS)
    long = [text for text in words.PLAIN.values() for part in text.split(". ") if len(part) > 80]
    assert long == []
