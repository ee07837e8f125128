# ruff: noqa: F811 - fixtures by name
"""A visitor's own yes, from the QR code of the stand to a proved consent, as they live it."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from consent.models import (
    ConsentText,
    Controller,
    EventKind,
    Evidence,
    LedgerEvent,
    NoticeProvision,
)
from consent.notices import starters, versions
from crm.accounts.models import RoleCode, User
from crm.kernel import clock
from crm.platform.mail_sink import MailSink
from history.fairs import visitor_links, visitors
from history.models import CaptureDevice, Event, LeadCapture
from tests.browser.mails import link_in
from tests.consent_cast import codes_sent, controller, published  # noqa: F401 - fixtures
from tests.visitor_cast import VALUES, device_of, fair_on

PageAs = Callable[..., Page]
Shot = Callable[..., None]


@pytest.fixture
def rep(make_user: Any) -> User:
    return make_user(RoleCode.SALES)


@pytest.fixture
def fair(controller: Controller, rep: User, published: Any) -> Event:
    """Today, with the text that is shipped and the notice of the stand in force."""
    now = clock.now() - timedelta(minutes=5)
    controller.authority = "Berliner Beauftragte für Datenschutz und Informationsfreiheit"
    controller.save()
    event = fair_on(now, controller=controller, team=[rep])
    text: ConsentText = published("fair")
    event.texts.add(text)
    starters.create(actor=None, controller=controller, at=now)
    draft = versions.draft(actor=None, controller=controller, purpose="fair", at=now)
    versions.publish(actor=None, version=draft, at=now)
    return event


@pytest.fixture
def device(fair: Event, rep: User) -> CaptureDevice:
    return device_of(fair, rep, at=clock.now())


def state_on_the_device(stand: Page, device: CaptureDevice, client_id: Any) -> str:
    """What the device at the stand hears of the visitor."""
    secret = f"{client_id}-of-the-device"
    device.digest = hashlib.sha256(secret.encode()).hexdigest()
    device.save()
    answer = stand.request.get(
        f"/api/v1/capture/leads/{client_id}/", headers={"Authorization": f"Device {secret}"}
    )
    assert answer.ok, answer.text()
    return str(answer.json()["visitor"]["state"])


def shown_to(device: CaptureDevice, **other: str) -> tuple[str, Any]:
    """The link that the rep's device shows, and the number of the slip."""
    client_id = uuid4()
    token = visitor_links.make(
        device=device, client_id=client_id, device_at=clock.now(), values={**VALUES, **other}
    )
    return f"/messe/ja/{token}/", client_id


def test_from_the_stand_to_a_proved_consent(
    page_as: PageAs, new_page: PageAs, shot: Shot, sink: MailSink, rep: User, fair: Event,
    device: CaptureDevice, codes_sent: Any, assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    stand = page_as(rep)
    stand.goto("/heute/")
    url, client_id = shown_to(device)
    visitor = new_page(phone=True, java_script_enabled=False)
    visitor.goto(url)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Guten Tag, Hans Mayer")
    assert visitor.context.cookies() == []
    assert LeadCapture.objects.count() == 0
    expect(visitor.get_by_text("Noch ist nichts gewählt.")).to_be_visible()
    visitor.get_by_role("checkbox", name="E‑Mail").check()
    visitor.get_by_role("checkbox", name="SMS").check()
    expect(visitor.get_by_text("Noch ist nichts gewählt.")).to_be_hidden()
    expect(visitor.locator(".vis__chosen li:visible")).to_have_text(
        ["E‑Mail: h.mayer@havelberg.example", "SMS: 0152 28817386"]
    )
    visitor.get_by_role("button", name="Ja, ich willige ein").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(
        "Fast fertig: bitte noch bestätigen"
    )
    assert state_on_the_device(stand, device, client_id) == "asked"
    (taken,) = sink.messages
    assert "Datenschutzhinweise: Gespräche auf Messen" in taken.text

    inbox = new_page(phone=True, java_script_enabled=False)
    inbox.goto(link_in(taken.text, part="/bestaetigen/"))
    assert not LedgerEvent.objects.filter(kind=EventKind.CONFIRMED).exists()
    inbox.get_by_role("button", name="Ja, ich bestätige").click()
    expect(inbox.get_by_role("heading", level=1)).to_have_text("Vielen Dank, das ist bestätigt")
    (confirmed,) = LedgerEvent.objects.filter(kind=EventKind.CONFIRMED)
    assert (confirmed.channels, confirmed.details) == (["email"], {"how": "email_link"})
    proof = Evidence.objects.get(sha256=confirmed.evidence[0])
    assert (proof.grade, proof.kind) == ("B", "MAIL")
    given = NoticeProvision.objects.order_by("id").values_list("medium", "status")
    assert list(given) == [("email", "sent"), ("email", "delivered")]

    visitor.get_by_role("link", name="Code eingeben").click()
    (code,) = codes_sent()
    visitor.get_by_label("Code aus der SMS").fill(code)
    visitor.get_by_role("button", name="Code bestätigen").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Vielen Dank, das ist bestätigt")
    by_sms = LedgerEvent.objects.get(kind=EventKind.CONFIRMED, details={"how": "sms_code"})
    assert by_sms.channels == ["sms"]
    proof = Evidence.objects.get(sha256=by_sms.evidence[0])
    assert (proof.grade, proof.kind) == ("B", "CODE_LOG")
    lead = LeadCapture.objects.get(client_id=client_id)
    assert visitors.state_of(lead) == "confirmed"
    assert state_on_the_device(stand, device, client_id) == "confirmed"

    visitor.goto(url)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Vielen Dank, das ist bestätigt")
    visitor.get_by_role("button", name="Alles widerrufen").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Notiert: keine Werbung")
    assert LedgerEvent.objects.filter(kind=EventKind.WITHDRAWN).count() == 2
    assert visitors.state_of(lead) == "refused"


def test_the_pages_are_accessible_and_fit(
    new_page: PageAs, sink: MailSink, fair: Event, device: CaptureDevice, shot: Shot,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    page = new_page(phone=True)

    def look(name: str) -> None:
        assert_accessible(page)
        assert_fits(page)
        shot(page, f"fair-visitor-{name}")

    url, _slip = shown_to(device)
    page.goto(url)
    look("asked")
    page.get_by_role("checkbox", name="E‑Mail").check()
    page.get_by_role("checkbox", name="Anruf 0152").check()
    page.get_by_text("Eine Angabe stimmt nicht").click()
    look("chosen")
    page.goto(f"{url}?sprache=einfach")
    look("plain")
    page.goto(f"{url}?sprache=en")
    look("english")
    page.goto(url)
    page.get_by_role("button", name="Ja, ich willige ein").click()
    look("nothing-ticked")
    for box in ("E‑Mail", "Anruf 0152", "Anruf 030", "SMS"):
        page.get_by_role("checkbox", name=box).check()
    page.get_by_role("button", name="Ja, ich willige ein").click()
    look("waiting")
    page.get_by_text("Anders entscheiden").click()
    look("again")
    bare, _slip = shown_to(device, name="", email="", mobile="", phone="")
    page.goto(bare)
    look("bare")
    page.get_by_role("checkbox", name="E‑Mail").check()
    page.get_by_label("Ihre E‑Mail-Adresse").fill("h.mayer@")
    page.get_by_role("button", name="Ja, ich willige ein").click()
    look("wrong")
    other, _slip = shown_to(device)
    page.goto(other)
    page.get_by_role("button", name="Nein, bitte keine Werbung").click()
    look("refused")
    page.goto("/messe/ja/AQ/")
    look("forged")
    device.revoked_at = clock.now()
    device.save()
    page.goto(other)
    look("revoked")
