"""The card of a call, its stream, dialling, and the administration of telephone systems."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import contact_points
from crm.accounts.models import RoleCode, User
from crm.kernel.models import AuditEntry
from crm.ui.screens.calls import places
from crm.ui.screens.calls import stream as streaming
from history import calls, telephony
from history.calls import announcing, sipgate
from history.models import Call, Extension, TelephoneSystem

NUMBER = "492118765432"


@pytest.fixture
def system(admin, at) -> TelephoneSystem:
    return telephony.create(actor=admin, name="sipgate", format="SIPGATE", at=at)[0]


@pytest.fixture
def agent(system, admin, sales, at) -> User:
    telephony.add_extension(actor=admin, system=system, user=sales, provider_id="w0", at=at)
    return sales


@pytest.fixture
def browser(client: Client, agent: User) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def ring(system, at, django_capture_on_commit_callbacks):
    """``ring("newCall")``: an event of a call to w0."""

    def take(event: str, *, number: str = NUMBER, who: str = "w0", **fields: str) -> Call:
        told = {"event": event, "callId": "c1", "from": number, "to": "493012345",
                "direction": "in", "userId[]": who, **fields}  # fmt: skip
        read = sipgate.read({name: [value] for name, value in told.items()}, at=at)
        assert read is not None
        with django_capture_on_commit_callbacks(execute=True):
            return calls.take(system=system, event=read, at=at)

    return take


@pytest.fixture
def maier(make_person, team, admin, source, at):
    person = make_person("Johannes", "Maier", team=team)
    contact_points.add(
        actor=admin, record=person, kind="PHONE", value="0211/8765432", source=source, at=at
    )
    return person


@pytest.fixture(autouse=True)
def _nothing_told_before(agent) -> Any:
    announcing._client().delete(announcing._key(agent.pk))
    yield
    announcing._client().delete(announcing._key(agent.pk))


def card_of(browser: Client, call: Call) -> Any:
    return browser.get(reverse("call-card", args=[call.public_id]), headers={"HX-Request": "true"})


def test_the_card_leads_to_the_one_who_calls(browser, maier, ring) -> None:
    answer = card_of(browser, ring("newCall"))
    assert answer.status_code == 200
    assert "Johannes Maier" in answer.text
    assert reverse("person-detail", args=[maier.public_id]) in answer.text
    assert "data-at-once" not in answer.text
    assert "<html" not in answer.text


def test_who_wants_it_opens_at_once(browser, agent, maier, ring) -> None:
    browser.post(reverse("call-opening"), {"sofort": "ja"})
    assert Extension.objects.get().opens_at_once
    assert "data-at-once" in card_of(browser, ring("newCall")).text
    browser.post(reverse("call-opening"))
    assert not Extension.objects.get().opens_at_once


def test_several_are_offered(browser, maier, make_person, team, admin, source, at, ring) -> None:
    other = make_person("Anna", "Abel", team=team)
    hidden = make_person("Gisela", "Geheimrat")
    for person in (other, hidden):
        contact_points.add(
            actor=admin, record=person, kind="PHONE", value="0211/8765432", source=source, at=at
        )
    text = card_of(browser, ring("newCall")).text
    assert "Johannes Maier" in text
    assert "Anna Abel" in text
    assert "Geheimrat" not in text
    assert "jemand, den Sie nicht sehen dürfen" in text


def test_a_stranger_can_be_entered(browser, ring) -> None:
    text = card_of(browser, ring("newCall")).text
    found = re.search(r'href="([^"]*phone=[^"]*)"', text)
    assert found
    page = browser.get(found[1].replace("&amp;", "&"))
    assert 'value="0211 8765432"' in page.text


def test_a_suppressed_number(browser, ring) -> None:
    text = card_of(browser, ring("newCall", number="anonymous")).text
    assert "Rufnummer unterdrückt" in text
    assert "data-open" not in text


def test_the_card_is_for_those_at_whose_telephone_it_rings(maier, ring, make_user, team) -> None:
    call = ring("newCall")
    client = Client()
    client.force_login(make_user(RoleCode.SALES, teams=[team]))
    answer = card_of(client, call)
    assert answer.status_code == 404
    assert "Maier" not in answer.text


def events_of(answer: Any) -> list[tuple[str, str]]:
    return re.findall(r"id: (.+)\nevent: (.+)\n", answer.content.decode())


def test_the_stream_tells_of_a_call(browser, ring) -> None:
    first = browser.get(reverse("call-stream"))
    assert first["Content-Type"] == "text/event-stream"
    ((place, kind),) = events_of(first)
    assert kind == "place"
    call = ring("newCall")
    second = browser.get(reverse("call-stream"), headers={"Last-Event-ID": place})
    ((behind, kind),) = events_of(second)
    assert kind == "call"
    assert f'"call": "{call.public_id}", "state": "RINGING"' in second.content.decode()
    assert announcing.after(behind, user_id=call.rung[0]) == []


def test_the_same_event_once_more_rings_once(browser, agent, ring) -> None:
    place = announcing.now()
    for _twice in range(2):
        ring("newCall")
    assert len(announcing.after(place, user_id=agent.pk)) == 1


def test_without_a_place_it_answers_at_once(browser, settings, monkeypatch) -> None:
    settings.CALL_STREAMS = 0
    monkeypatch.setattr(streaming, "HELD", 60.0)
    answer = browser.get(reverse("call-stream"), {"nach": announcing.now()})
    assert f"retry: {streaming.LATER_MS}" in answer.content.decode()


def test_with_a_place_it_waits_and_lets_go(browser, settings, monkeypatch) -> None:
    monkeypatch.setattr(streaming, "HELD", 0.6)
    answer = browser.get(reverse("call-stream"), {"nach": announcing.now()})
    assert f"retry: {streaming.SOON_MS}" in answer.content.decode()
    assert places._waiting == {}


def test_a_later_page_takes_the_place_over(settings) -> None:
    settings.CALL_STREAMS = 1
    with places.place_of(1) as former:
        assert former()
        with places.place_of(2) as other:
            assert not other()
        with places.place_of(1) as later:
            assert later()
            assert not former()
    with places.place_of(2) as other:
        assert other()


@pytest.mark.parametrize("place", ["x", "1", "99999999999999999-1", "-1", "1-1\n"])
def test_places_that_nobody_gave(browser, place) -> None:
    ((_place, kind),) = events_of(browser.get(reverse("call-stream"), {"nach": place}))
    assert kind == "place"


def test_dialling_asks_the_gate(browser, maier, at) -> None:
    point = maier.contact_points.get().contact_point
    asked = {"person": str(maier.public_id), "kontaktweg": str(point.public_id)}
    written = AuditEntry.objects.count()
    refused = browser.post(reverse("call-dial"), {**asked, "zweck": "sales_call"})
    assert refused.status_code == 422
    assert "tel:" not in refused.text
    unknown = browser.post(reverse("call-dial"), {**asked, "zweck": "x"})
    assert unknown.status_code == 422
    assert AuditEntry.objects.count() == written


def test_the_number_is_given_only_if_the_gate_allows(browser, maier, monkeypatch) -> None:
    from consent import gate
    from consent.decision import Decision
    from consent.decision.codes import Ground, Outcome

    yes = Decision(outcome=Outcome.ALLOW, ground=next(g for g in Ground if g != Ground.NONE),
                   codes=(), rule="")  # fmt: skip
    monkeypatch.setattr(gate, "may_contact", lambda **_question: yes)
    point = maier.contact_points.get().contact_point
    asked = {"person": str(maier.public_id), "kontaktweg": str(point.public_id)}
    answer = browser.post(reverse("call-dial"), asked)
    assert answer.status_code == 200
    assert 'href="tel:+492118765432"' in answer.text


def test_nobody_unseen_is_dialled(browser, make_person, admin, source, at) -> None:
    hidden = make_person("Gisela", "Geheimrat")
    held = contact_points.add(
        actor=admin, record=hidden, kind="PHONE", value="030 555777", source=source, at=at
    )
    for person in (hidden.public_id, "x"):
        asked = {"person": str(person), "kontaktweg": str(held.contact_point.public_id)}
        answer = browser.post(reverse("call-dial"), asked)
        assert answer.status_code == 404
        assert "555777" not in answer.text


def test_the_secret_is_shown_once(client, admin) -> None:
    client.force_login(admin)
    made = client.post(reverse("telephone-system-list"), {"name": "Zentrale", "format": "SIPGATE"})
    secret = re.search(r"token=(et_[\w-]+)", made.text)
    assert secret
    system = telephony.system_of(secret[1])
    assert system is not None
    page = client.get(reverse("telephone-system", args=[system.public_id]))
    assert secret[1] not in page.text
    renewed = client.post(reverse("telephone-system-renew", args=[system.public_id]))
    assert "et_" in renewed.text
    assert telephony.system_of(secret[1]) is None


def test_extensions_come_and_go(client, admin, sales, system) -> None:
    client.force_login(admin)
    url = reverse("extension-new", args=[system.public_id])
    wrong = client.post(url, {"user": str(sales.public_id)})
    assert wrong.status_code == 422
    client.post(url, {"user": str(sales.public_id), "number": "030 23125-12"})
    extension = system.extensions.get(user=sales, number="+49302312512")
    client.post(reverse("extension-away", args=[system.public_id, extension.public_id]))
    assert not system.extensions.filter(pk=extension.pk).exists()


def test_the_own_calls_and_who_has_a_number(browser, maier, ring, at) -> None:
    ring("newCall")
    ring("hangup", cause="cancel")
    page = browser.get(reverse("call-look-up"), {"nummer": "0211/8765432"})
    assert "Johannes Maier" in page.text
    assert "verpasst" in page.text
    assert at + timedelta(0) == Call.objects.get().ringing_at
