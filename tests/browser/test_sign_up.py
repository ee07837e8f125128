# ruff: noqa: F811 - fixtures by name
"""From the public form to a green light and out again, as the person lives it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consent import standing
from consent.models import ConsentText
from contacts.models import Person
from crm.accounts.models import RoleCode
from crm.kernel import clock
from crm.platform.mail_sink import MailSink
from tests.browser.mails import link_in
from tests.browser.test_opting_in import tab_to
from tests.consent_cast import controller, published  # noqa: F401 - fixtures
from tests.sign_up_cast import MAILBOX, at_once, notice  # noqa: F401 - fixtures

PageAs = Callable[..., Page]
URL = "/eintragen/product-offer/"


@pytest.fixture
def at() -> datetime:
    """Texts and notice are published the day before this; the server's clock is the real one."""
    moment = clock.now()
    return moment if moment.day > 1 else moment - timedelta(days=1)


@pytest.fixture
def text(published: Callable[..., ConsentText], notice: Any) -> ConsentText:
    """What the light on a person asks about: offers."""
    return published("product-offer")


def test_from_the_public_form_to_a_green_light_and_out_again(
    page_as: PageAs, new_page: PageAs, sink: MailSink, text: ConsentText, at_once: Any,
    shot: Callable[..., None], assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    desk = page_as(RoleCode.ADMIN)
    desk.goto(f"/verwaltung/einwilligungstexte/{text.public_id}/")
    desk.get_by_role("button", name="Einschalten").click()
    expect(desk.get_by_label("Adresse")).to_have_value(f"{desk.url.partition('/verw')[0]}{URL}")
    assert_accessible(desk)
    assert_fits(desk)
    shot(desk, "sign-up-text")

    visitor = new_page(phone=True, java_script_enabled=False)
    visitor.goto(desk.get_by_label("Adresse").input_value())
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Angebote zu Produkten")
    shot(visitor, "sign-up-form")
    visitor.get_by_label("E‑Mail-Adresse").fill("lena")
    visitor.get_by_role("button", name="Eintragen").click()
    expect(visitor.get_by_text("Bitte kreuzen Sie an")).to_be_visible()
    shot(visitor, "sign-up-wrong")
    visitor.get_by_label("E‑Mail-Adresse").fill(MAILBOX)
    visitor.get_by_label("Name (freiwillig)").fill("Lena Brandt")
    tab_to(visitor, "Ja, ich willige ein")
    visitor.keyboard.press("Space")
    tab_to(visitor, "Eintragen")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Sehen Sie in Ihr Postfach")
    assert visitor.context.cookies() == []
    shot(visitor, "sign-up-asked")
    (taken,) = sink.messages
    person = Person.objects.get()
    assert (taken.recipients, person.full_name) == ((MAILBOX,), "Lena Brandt")
    desk.goto("/verwaltung/einwilligungstexte/anmeldungen/")
    expect(desk.get_by_role("cell", name="wartet auf Bestätigung")).to_be_visible()

    visitor.goto(link_in(taken.text, part="/bestaetigen/"))
    visitor.get_by_role("button", name="Ja, ich bestätige").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Vielen Dank, das ist bestätigt")
    shot(visitor, "sign-up-granted")
    desk.reload()
    expect(desk.get_by_role("row", name="Lena Brandt")).to_contain_text("bestätigt")
    assert_accessible(desk)
    assert_fits(desk)
    shot(desk, "sign-up-list")
    desk.get_by_role("link", name="Lena Brandt").click()
    expect(desk.locator("main .light--yes").first).to_be_visible()
    shot(desk, "sign-up-person")
    (line,) = standing.of(person, at=clock.now())
    assert (line.channel, line.is_pending) == ("email", False)

    visitor.get_by_role("link", name="Einstellungen ansehen").click()
    visitor.get_by_role("button", name="Widerrufen").click()
    expect(visitor.get_by_role("status")).to_contain_text("Ist widerrufen und gilt ab sofort.")
    assert standing.of(person, at=clock.now()) == []


@pytest.mark.parametrize("language", ["de", "en", "einfach"])
def test_the_form_is_accessible_and_fits(
    new_page: PageAs, sink: MailSink, text: ConsentText, at: datetime, language: str,
    shot: Callable[..., None], assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    from consent.optin import sign_up_forms

    sign_up_forms.open_for(actor=None, text=text, at=at)
    page = new_page(phone=True)
    page.goto(f"{URL}?sprache={language}")
    assert_accessible(page)
    assert_fits(page)
    page.locator("button[type=submit]").click()
    assert page.locator("[aria-invalid=true]").count() == 2
    assert_accessible(page)
    shot(page, f"sign-up-{language}")
