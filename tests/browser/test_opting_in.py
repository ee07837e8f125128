# ruff: noqa: F811 - fixtures by name
"""From the form of a colleague to a confirmed consent, and out again, as the person lives it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consent import gate, standing
from consent.models import Controller
from consent.sending import mail
from contacts.models import ContactPoint, Person
from crm.accounts.models import RoleCode
from crm.kernel import clock
from crm.platform.mail_sink import MailSink
from tests.browser.mails import link_in
from tests.consent_cast import (  # noqa: F401 - fixtures
    codes_sent,
    controller,
    email,
    mobile,
    person,
    point_of,
    published,
)

PageAs = Callable[..., Page]
Shot = Callable[..., None]


def tab_to(page: Page, name: str) -> None:
    """Reach the control with this name by the Tab key alone."""
    for _press in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText ?? ''"
        )
        if name in focused:
            return
    raise AssertionError(f"The Tab key does not lead to {name}.")


def test_from_the_form_to_a_confirmed_consent_and_out_again(
    page_as: PageAs, new_page: PageAs, shot: Shot, sink: MailSink, published: Any, person: Person,
    email: ContactPoint, mobile: ContactPoint, controller: Controller, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    for code in ("product-offer", "slip", "sales-call", "fair"):
        published(code)
    desk = page_as(RoleCode.ADMIN)
    desk.goto(f"/ansprechpartner/{person.public_id}/")
    desk.get_by_role("link", name="Einwilligung erfassen").click()
    for tab, name in (
        ("Am Telefon", "call"),
        ("Auf Papier", "slip"),
        ("Bestätigung anfordern", "request"),
    ):
        desk.get_by_role("link", name=tab).click()
        shot(desk, f"consent-{name}")
        assert_accessible(desk)
        assert_fits(desk)
    tab_to(desk, "E‑Mail · h.mayer@havelberg.example")
    desk.keyboard.press("Space")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url(f"**/ansprechpartner/{person.public_id}/")
    expect(desk.get_by_text("Die Bestätigung ist unterwegs")).to_be_visible()

    (taken,) = sink.messages
    visitor = new_page(phone=True, java_script_enabled=False)
    visitor.goto(link_in(taken.text, part="/bestaetigen/"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Einwilligung bestätigen")
    assert visitor.context.cookies() == []
    shot(visitor, "optin-confirm")
    tab_to(visitor, "Ja, ich bestätige")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Vielen Dank, das ist bestätigt")
    shot(visitor, "optin-granted")

    now = clock.now()
    asked = {"person": person, "point": email, "purpose": "product_offer", "controller": controller}
    permit = gate.permit(actor=None, channel="email", at=now, **asked)
    mail.send(
        actor=None, decision=permit, subject="Neue Leuchten", body="Guten Tag,", at=now, **asked
    )
    settings_url = link_in(sink.messages[1].text, part="/einstellungen/")
    visitor.goto(settings_url)
    expect(visitor.get_by_text("Angebote zu Produkten · seit")).to_be_visible()
    shot(visitor, "optin-settings")
    visitor.get_by_role("link", name="Einfache Sprache").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Werbung: Ja oder Nein")
    shot(visitor, "optin-settings-plain")
    visitor.get_by_role("link", name="Deutsch").click()
    tab_to(visitor, "Widerrufen")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("status")).to_contain_text("Ist widerrufen und gilt ab sofort.")
    assert standing.of(person, at=clock.now()) == []
    with pytest.raises(gate.NotAllowed):
        gate.permit(actor=None, channel="email", at=clock.now(), **asked)
    desk.goto(f"/ansprechpartner/{person.public_id}/widerruf/")
    shot(desk, "consent-end")
    assert_accessible(desk)
    assert_fits(desk)


def test_the_public_pages_are_accessible_and_fit(
    new_page: PageAs, sink: MailSink, published: Any, person: Person, email: ContactPoint,
    mobile: ContactPoint, controller: Controller, codes_sent: Any, shot: Shot,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    from consent import links
    from consent.optin import Press, requests

    text = published("product-offer")
    made = requests.request(
        actor=None, person=person, controller=controller, text=text,
        wishes=[requests.Wish(email, ["email"]), requests.Wish(mobile, ["phone", "sms"])],
        purposes=text.purposes, press=Press(), at=clock.now(),
    )  # fmt: skip
    page = new_page(phone=True)
    by_sms = made.confirmations.get(kind="sms_code")
    settings_url = links.preferences(person=person, point=email, controller=controller)
    for name, url in (
        ("confirm", link_in(sink.messages[0].text, part="/bestaetigen/")),
        ("code", links.code_entry(by_sms)),
        ("settings-pending", settings_url),
        ("ask", "/einstellungen/"),
        ("unknown", "/einwilligung/bestaetigen/x/"),
    ):
        page.goto(url)
        assert_accessible(page)
        assert_fits(page)
        shot(page, f"optin-{name}")
    page.goto(links.code_entry(by_sms))
    page.get_by_label("Code aus der SMS").fill("000000x")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noch 4 Versuche.")).to_be_visible()
    assert_accessible(page)
    shot(page, "optin-code-wrong")


def test_a_lost_code_is_replaced_by_the_button(
    new_page: PageAs, sink: MailSink, published: Any, person: Person, mobile: ContactPoint,
    controller: Controller, codes_sent: Any, shot: Shot, assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    from consent import links
    from consent.optin import Press, requests

    text = published("product-offer")
    asked_at = clock.now() - timedelta(minutes=2)
    made = requests.request(
        actor=None, person=person, controller=controller, text=text,
        wishes=[requests.Wish(mobile, ["phone", "sms"])], purposes=text.purposes,
        press=Press(), at=asked_at,
    )  # fmt: skip
    page = new_page(phone=True, java_script_enabled=False)
    first = links.code_entry(made.confirmations.get())
    page.goto(first)
    tab_to(page, "Neuen Code senden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Der alte gilt nicht mehr.")
    assert page.url != first
    old, new = codes_sent()
    shot(page, "optin-code-again")
    page.get_by_role("button", name="Neuen Code senden").click()
    expect(page.get_by_role("alert")).to_contain_text("vor weniger als einer Minute")
    shot(page, "optin-code-too-soon")
    assert codes_sent() == [old, new]
    page.get_by_label("Code aus der SMS").fill(new)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vielen Dank, das ist bestätigt")
    page.goto(first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Anfrage ist abgelaufen")
    expect(page.get_by_role("button", name="Neuen Code senden")).to_have_count(0)
    assert [line.is_pending for line in standing.of(person, at=clock.now())] == [False, False]


def test_the_pages_of_a_lost_code_are_accessible_and_fit(
    new_page: PageAs, sink: MailSink, published: Any, person: Person, mobile: ContactPoint,
    controller: Controller, codes_sent: Any, shot: Shot, assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    from consent import links
    from consent.optin import Press, requests

    text = published("product-offer")
    made = requests.request(
        actor=None, person=person, controller=controller, text=text,
        wishes=[requests.Wish(mobile, ["sms"])], purposes=text.purposes,
        press=Press(), at=clock.now() - timedelta(minutes=20),
    )  # fmt: skip
    page = new_page(phone=True)
    page.goto(links.code_entry(made.confirmations.get()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Anfrage ist abgelaufen")
    assert_accessible(page)
    assert_fits(page)
    shot(page, "optin-code-expired")
    page.get_by_role("button", name="Neuen Code senden").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Neuen Code senden").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
