# ruff: noqa: F811 - fixtures by name
"""The public form of a text: switched on and off, its address, and who signed up."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from consent.models import ConsentText, SignUpForm
from consent.optin import Press, confirming, entering
from consent.optin.entering import Entry
from crm.accounts.models import User
from crm.kernel import clock
from tests.consent_cast import (  # noqa: F401 - fixtures
    _files_of_their_own,
    controller,
    published,
)
from tests.sign_up_cast import MAILBOX, at_once, form, newsletter, notice  # noqa: F401 - fixtures

LIST = "/verwaltung/einwilligungstexte/anmeldungen/"


@pytest.fixture
def client(privacy: User, monkeypatch: pytest.MonkeyPatch, at: datetime) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at)
    logged_in = Client()
    logged_in.force_login(privacy)
    return logged_in


def page_of(text: ConsentText) -> str:
    return f"/verwaltung/einwilligungstexte/{text.public_id}/"


def test_switched_on_it_has_an_address_and_a_link_to_copy(
    client: Client, newsletter: ConsentText
) -> None:
    before = client.get(page_of(newsletter)).content.decode()
    assert "Einschalten" in before
    assert "/eintragen/newsletter/" not in before
    assert client.post(f"{page_of(newsletter)}formular/", {"open": "1"}).status_code == 303
    after = client.get(page_of(newsletter)).content.decode()
    assert 'value="https://crm.example/eintragen/newsletter/"' in after
    assert "&lt;a href=&quot;https://crm.example/eintragen/newsletter/&quot;&gt;Newsl" in after
    assert client.post(f"{page_of(newsletter)}formular/", {"open": "0"}).status_code == 303
    assert SignUpForm.objects.get().is_open is False


def test_what_keeps_it_closed_is_said(client: Client, published: Any) -> None:
    text = published("newsletter")
    page = client.get(page_of(text)).content.decode()
    assert "kein Datenschutzhinweis zu Werbung" in page
    assert "Einschalten" not in page
    assert client.post(f"{page_of(text)}formular/", {"open": "1"}).status_code == 422
    assert not SignUpForm.objects.exists()


def test_a_text_for_paper_has_no_public_form(client: Client, published: Any) -> None:
    assert "Öffentliches Formular" not in client.get(page_of(published("slip"))).content.decode()


def test_who_signed_up_stands_in_a_list(
    client: Client, form: SignUpForm, newsletter: ConsentText, at_once: Any, mailoutbox: Any,
    at: datetime,
) -> None:  # fmt: skip
    assert "Nichts in diesem Stand" in client.get(LIST).content.decode()
    for address in (MAILBOX, "other@havelberg.example"):
        entry = Entry(text=newsletter.public_id, email=address, agrees=True)
        entering.enter(code="newsletter", entry=entry, press=Press(), at=at)
    line = next(each for each in mailoutbox[1].body.splitlines() if "/bestaetigen/" in each)
    token = line.rstrip("/").rpartition("/")[2]
    confirming.confirm_link(token=token, press=Press(), at=at)

    def shown(state: str) -> list[str]:
        lines = client.get(f"{LIST}?stand={state}").context["lines"]
        return [each["confirmation"].point.normalised for each in lines]

    assert shown("") == shown("nonsense") == ["other@havelberg.example", MAILBOX]
    assert shown("waiting") == [MAILBOX]
    assert shown("confirmed") == ["other@havelberg.example"]
    assert shown("unsent") == shown("over") == []
    page = client.get(LIST).content.decode()
    assert "wartet auf Bestätigung" in page
    assert "eintragen/newsletter" in page


def test_the_list_goes_on(
    client: Client, form: SignUpForm, newsletter: ConsentText, at_once: Any, monkeypatch: Any,
    at: datetime,
) -> None:  # fmt: skip
    monkeypatch.setattr("crm.ui.screens.consent_texts.sign_ups.PAGE", 2)
    for number in range(3):
        entry = Entry(text=newsletter.public_id, email=f"nr{number}@havelberg.example", agrees=True)
        entering.enter(code="newsletter", entry=entry, press=Press(), at=at)
    first = client.get(LIST)
    assert len(first.context["lines"]) == 2
    rest = client.get(f"{LIST}?after={first.context['next']}")
    assert len(rest.context["lines"]) == 1
    assert rest.context["next"] is None
