"""The page behind the QR code of the stand: asks, says what stands, writes nothing by itself."""

import base64
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from consent.models import (
    ConsentText,
    Controller,
    EventKind,
    LedgerEvent,
    OptInConfirmation,
    OptInRequest,
)
from consent.notices import starters, versions
from contacts.models import Person
from crm.kernel import clock
from history.fairs import visitor_links, visitors
from history.models import CaptureDevice, Event, LeadCapture
from tests.visitor_cast import MakesToken, device_of, fair_on

YES, NO = {"antwort": "ja"}, {"antwort": "nein"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: Any, at: datetime) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def text(fair: Event, published: Any) -> ConsentText:
    made: ConsentText = published("fair")
    fair.texts.add(made)
    return made


@pytest.fixture
def url(token_for: MakesToken, text: ConsentText) -> str:
    return reverse("fair-visitor", args=[token_for()])


def way(text: ConsentText, channel: str, field: str) -> str:
    return f"{text.public_id}:{channel}:{field}"


def page(url: str, values: Any = None, *, language: str = "de", status: int = 200) -> str:
    client, url = Client(), f"{url}?sprache={language}"
    response = client.get(url) if values is None else client.post(url, values)
    content = response.content.decode()
    assert response.status_code == status, content
    assert not response.cookies
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"
    assert "<script" not in content
    return content


def counts() -> list[int]:
    rows = (Person, LeadCapture, LedgerEvent, OptInRequest)
    return [model.objects.count() for model in rows]


def flipped(token: str) -> str:
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[40] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()


def test_it_asks_in_full_and_ticks_nothing(url: str, text: ConsentText) -> None:
    found = page(url)
    assert "Guten Tag, Hans Mayer" in found
    assert (
        "Sie waren am 17.03.2026 an unserem Stand 4.2-118 auf der Messe Raumlicht Berlin." in found
    )
    assert "Ja, Nordlicht GmbH darf sich nach der Messe auf den angekreuzten Wegen" in found
    assert "Textfassung „Messe 1“ vom 16.03.2026" in found
    assert found.count('type="checkbox"') == 4
    assert " checked" not in found
    assert visitor_links.check_code(url.split("/")[3]) in found
    assert "datenschutz@nordlicht.example" in found
    buttons = re.findall(r'<button class="btn ([^"]*)" name="antwort" value="(ja|nein)">', found)
    assert buttons == [("btn--primary btn--big", "ja"), ("btn--big", "nein")]


def test_it_speaks_english_and_plain_german(url: str) -> None:
    assert "May we get in touch with you?" in page(url, language="en")
    assert "Sie dürfen auch Nein sagen." in page(url, language="einfach")


def test_looking_at_it_writes_nothing_but_that_somebody_looked(
    url: str, device: CaptureDevice, client_id: Any, at: datetime
) -> None:
    before = counts()
    page(url)
    assert Client().head(url).status_code == 200
    assert counts() == before


def test_a_yes_sends_what_has_to_be_confirmed(url: str, text: ConsentText, codes_sent: Any) -> None:
    ways = [way(text, "email", "email"), way(text, "sms", "mobile")]
    found = page(url, {**YES, "weg": ways})
    assert "Fast fertig: bitte noch bestätigen" in found
    assert "h…r@havelberg.example" in found
    assert "h.mayer@havelberg.example" not in found.split("vis__more")[0]
    by_sms = OptInConfirmation.objects.get(kind="sms_code")
    assert reverse("optin-code", args=[by_sms.ref]) in found
    assert (len(outbox.outbox), len(codes_sent())) == (1, 1)
    request = OptInRequest.objects.get()
    assert (request.address, request.agent) == ("127.0.0.1", "")
    assert "Fast fertig" in page(url)


def test_the_code_of_the_sms_confirms(url: str, text: ConsentText, codes_sent: Any) -> None:
    page(url, {**YES, "weg": [way(text, "sms", "mobile")]})
    (code,) = codes_sent()
    ref = OptInConfirmation.objects.get().ref
    page(reverse("optin-code", args=[ref]), {"code": code})
    (confirmed,) = LedgerEvent.objects.filter(kind=EventKind.CONFIRMED)
    assert (confirmed.channels, confirmed.details) == (["sms"], {"how": "sms_code"})
    found = page(url)
    assert "Vielen Dank, das ist bestätigt" in found
    assert "Alles widerrufen" in found
    assert "Notiert: keine Werbung" in page(url, NO)
    assert LedgerEvent.objects.filter(kind=EventKind.WITHDRAWN).count() == 1


def test_the_page_follows_to_a_new_code(
    url: str, text: ConsentText, codes_sent: Any, monkeypatch: Any, at: datetime
) -> None:
    page(url, {**YES, "weg": [way(text, "sms", "mobile")]})
    first = OptInConfirmation.objects.get()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=2))
    Client().post(reverse("optin-code", args=[first.ref]), {"again": "1"})
    second = OptInConfirmation.objects.exclude(pk=first.pk).get()
    found = page(url)
    assert reverse("optin-code", args=[second.ref]) in found
    assert reverse("optin-code", args=[first.ref]) not in found
    page(reverse("optin-code", args=[second.ref]), {"code": codes_sent()[-1]})
    assert "Vielen Dank, das ist bestätigt" in page(url)


def test_a_no_is_said_back_and_stays(url: str) -> None:
    assert "Notiert: keine Werbung" in page(url, NO)
    before = counts()
    assert "Notiert: keine Werbung" in page(url)
    assert "Notiert: keine Werbung" in page(url, NO)
    assert counts() == before
    assert outbox.outbox == []


def test_a_correction_is_shown_before_it_is_sent_off(url: str, text: ConsentText) -> None:
    before = counts()
    chosen = way(text, "email", "email")
    typed = {"antwort": "angaben", "email": "hans@havelberg.example", "weg": [chosen]}
    found = page(url, typed)
    assert "<b>E‑Mail</b>: hans@havelberg.example" in found
    assert f'value="{chosen}" checked' in found
    assert found.count(" checked") == 1
    assert counts() == before
    page(url, {**typed, **YES})
    assert [message.to for message in outbox.outbox] == [["hans@havelberg.example"]]


def test_what_is_missing_is_asked_for_beside_its_way(
    token_for: MakesToken, text: ConsentText
) -> None:
    url = reverse("fair-visitor", args=[token_for(email="", mobile="", phone="", name="")])
    found = page(url)
    assert [found.count(f'name="{name}"') for name in ("name", "email", "mobile", "phone")] == [
        1, 1, 1, 0,
    ]  # fmt: skip
    before = counts()
    wrong = page(url, {**YES, "weg": [way(text, "email", "email")], "email": "", "name": ""},
                 status=422)  # fmt: skip
    assert "Bitte ausfüllen, oder den Weg abwählen." in wrong
    assert counts() == before
    values = {"weg": [way(text, "email", "email")], "email": "h@x.example", "name": "Hans Mayer"}
    assert "Fast fertig" in page(url, {**YES, **values})


def test_nothing_ticked_is_no_yes(url: str) -> None:
    before = counts()
    assert "Bitte wählen Sie mindestens einen Weg." in page(url, YES, status=422)
    assert counts() == before


def test_a_landline_says_what_to_do(url: str, text: ConsentText) -> None:
    alone = page(url, {**YES, "weg": [way(text, "phone", "phone")]}, status=422)
    assert "030 23125 101 ist ein Festnetzanschluss" in alone
    both = [way(text, "phone", "phone"), way(text, "email", "email")]
    found = page(url, {**YES, "weg": both})
    assert "030 23125 101 ist ein Festnetzanschluss" in found
    assert "Fast fertig" in found


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_leads_nowhere_and_writes_nothing(
    method: str, token_for: MakesToken, text: ConsentText, fair: Event, controller: Controller,
    sales: Any, admin: Any, at: datetime,
) -> None:  # fmt: skip
    token = token_for()
    stranger = device_of(
        fair_on(at, controller=controller, team=[sales], name="Andere Messe"), admin, at=at
    )
    foreign = visitor_links.make(
        device=stranger, client_id=LeadCapture().public_id, device_at=at, values={"name": "X"}
    )
    stranger.delete()
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    version = base64.urlsafe_b64encode(b"\x02" + raw[1:]).rstrip(b"=").decode()
    before = counts()
    for forged in (flipped(token), foreign, version, "A" * 20_000, token[:-3], "x"):
        values = {**YES, "weg": [way(text, "email", "email")]} if method == "post" else None
        found = page(reverse("fair-visitor", args=[forged]), values, status=404)
        assert "Dieser Code gilt nicht" in found
        assert "Mayer" not in found
    assert counts() == before
    assert outbox.outbox == []


def test_who_guesses_too_often_has_to_wait(url: str, token_for: MakesToken) -> None:
    for number in range(20):
        page(reverse("fair-visitor", args=[f"x{number}"]), status=404)
    assert "Zu viele Versuche" in page(url, status=429)


def test_a_link_that_is_over_says_so_and_writes_nothing(
    url: str, text: ConsentText, monkeypatch: Any, at: datetime
) -> None:
    before = counts()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=17))
    for values in (None, {**YES, "weg": [way(text, "email", "email")]}, NO):
        found = page(url, values, status=410)
        assert "Dieser Code gilt nicht mehr" in found
        assert reverse("preferences-ask") in found
    assert counts() == before


def test_a_device_that_was_signed_off_writes_nothing(
    url: str, text: ConsentText, device: CaptureDevice, at: datetime
) -> None:
    device.revoked_at = at
    device.save()
    before = counts()
    for values in (None, {**YES, "weg": [way(text, "email", "email")]}, NO):
        assert "wurde abgemeldet" in page(url, values, status=410)
    assert counts() == before


def test_a_closed_fair_still_takes_an_answer(url: str, fair: Event, at: datetime) -> None:
    fair.closed_at = at - timedelta(hours=1)
    fair.save()
    assert "Notiert: keine Werbung" in page(url, NO)


def test_without_a_text_nothing_is_asked(url: str, fair: Event) -> None:
    fair.texts.clear()
    found = page(url)
    assert "Zurzeit fragen wir hier um keine Einwilligung." in found
    assert "<button" not in found


def test_an_address_is_not_written_to_again_and_again(url: str, text: ConsentText) -> None:
    values = {**YES, "weg": [way(text, "email", "email")]}
    for _press in range(5):
        page(url, values)
    assert "Zu viele Versuche" in page(url, values, status=429)
    assert len(outbox.outbox) == 1


def test_the_notice_of_the_stand_is_one_tap_away(
    url: str, controller: Controller, at: datetime
) -> None:
    assert "Datenschutzhinweise des Stands" not in page(url)
    starters.create(actor=None, controller=controller, at=at)
    draft = versions.draft(actor=None, controller=controller, purpose="fair", at=at)
    versions.publish(actor=None, version=draft, at=at)
    assert 'href="https://crm.example/hinweise/fair/?sprache=einfach"' in page(
        url, language="einfach"
    )
    notice = page("/hinweise/fair/")
    assert "Foto Ihrer Visitenkarte" in notice


def test_the_page_costs_few_queries(url: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page(url)


def test_states_follow_the_page(url: str, text: ConsentText, client_id: Any) -> None:
    page(url, {**YES, "weg": [way(text, "email", "email")]})
    lead = LeadCapture.objects.get(client_id=client_id)
    assert visitors.state_of(lead) == "asked"
