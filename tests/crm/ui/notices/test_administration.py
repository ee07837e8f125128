"""The administration of notices: configuration, drafts, publishing, and what is refused."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consent import controllers
from consent.models import NoticePurpose, NoticeRecipient, NoticeStatus, NoticeVersion
from consent.notices import configuring, starters, versions
from consent.retention import rules
from tests import notice_cast


@pytest.fixture
def browser(client: Client, make_user: Any) -> Client:
    client.force_login(make_user("PRIVACY"))
    return client


@pytest.fixture
def notice(db: None, at: datetime) -> NoticeVersion:
    return notice_cast.published(at)


def fields(**changed: Any) -> dict[str, Any]:
    """What the form of appointments sends."""
    facts = starters.STARTERS["appointment"]
    sent = {name: facts[name] for name in ("legal_bases", "obligation")}
    sent["kinds_of_data"] = facts["data"]
    for number, (kind, months, start) in enumerate(facts["periods"]):
        sent |= {f"kind_{number}": kind, f"months_{number}": months, f"start_{number}": start}
    return {**sent, **changed}


def test_from_nothing_to_a_notice_in_force(browser: Client, at: datetime) -> None:
    browser.post(reverse("notice-start"))
    draft = NoticeVersion.objects.get(purpose="appointment")
    page = browser.get(reverse("notice-edit", args=[draft.public_id])).text
    assert "Straße, PLZ und Ort des Verantwortlichen fehlen" in page
    refused = browser.post(reverse("notice-publish", args=[draft.public_id]))
    assert refused.status_code == 422
    assert "So wird nicht veröffentlicht:" in refused.text
    draft.refresh_from_db()
    assert draft.status == NoticeStatus.DRAFT

    sent = {**notice_cast.FIRM, "notice_profile": "wp260"}
    assert browser.post(reverse("notice-controller"), sent).status_code == 303
    browser.post(reverse("notice-draft", args=["appointment"]))
    draft = NoticeVersion.objects.get(purpose="appointment")
    assert browser.post(reverse("notice-publish", args=[draft.public_id])).status_code == 303
    assert versions.current(controller=controllers.default(), purpose="appointment") == draft


def test_a_change_of_the_configuration_is_seen_as_drift(
    browser: Client, notice: NoticeVersion, at: datetime
) -> None:
    assert "aktuell" in browser.get(reverse("notice-list")).text
    url = reverse("notice-purpose", args=["appointment"])
    refused = browser.post(url, fields(months_0=12))
    assert refused.status_code == 422
    assert "Das Löschkonzept sagt 6 Monate. Ändern Sie die Frist dort." in refused.text
    assert NoticePurpose.objects.get(code="appointment").periods[0][1] == 6
    rules.set_period(actor=None, rule="appointment", number=1, unit="years", at=at)
    assert browser.post(url, fields(months_0=12)).status_code == 303
    page = browser.get(reverse("notice-list")).text
    assert "veraltet" in page
    assert '<span class="sub">geändert: Wie lange wir speichern</span>' in page


def test_a_period_that_cannot_be_is_refused(browser: Client, notice: NoticeVersion) -> None:
    url = reverse("notice-purpose", args=["appointment"])
    assert browser.post(url, fields(months_0="", start_0="process")).status_code == 422
    assert NoticePurpose.objects.get(code="appointment").periods[0] == ["appointment", 6, "process"]


def test_recipients_are_named_changed_and_dropped(browser: Client, notice: NoticeVersion) -> None:
    sent = {
        "name": "Kalenderwerk Inc.", "category": "calendar", "purposes": ["appointment"],
        "country": "us", "safeguard": "clauses",
    }  # fmt: skip
    assert browser.post(reverse("notice-recipient-new"), sent).status_code == 303
    made = NoticeRecipient.objects.get(name="Kalenderwerk Inc.")
    assert made.country == "US"
    assert browser.post(reverse("notice-recipient-new"), sent).status_code == 422
    url = reverse("notice-recipient", args=[made.public_id])
    assert browser.post(url, {**sent, "name": "Kalenderwerk LLC"}).status_code == 303
    browser.post(reverse("notice-recipient-drop", args=[made.public_id]))
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Kalenderwerk LLC", False)
    assert browser.get(url).status_code == 404


def test_wording_is_changed_in_the_draft_alone(
    browser: Client, notice: NoticeVersion, at: datetime
) -> None:
    draft = versions.draft(actor=None, controller=notice.controller, purpose="appointment", at=at)
    url = reverse("notice-item", args=[draft.public_id, "plain", "13-1-c"])
    sent = {"text": "Für Ihren Termin.", "said": ""}
    response = browser.post(url, sent)
    assert response.headers["Location"].endswith("?sprache=plain")
    assert draft.items.get(item="13.1.c").texts["plain"] == "Für Ihren Termin."
    published = reverse("notice-item", args=[notice.public_id, "plain", "13-1-c"])
    assert browser.post(published, sent).status_code == 422
    assert notice.items.get(item="13.1.c").texts["plain"] != "Für Ihren Termin."


def test_what_surprises_is_marked_and_timed(browser: Client, notice: NoticeVersion) -> None:
    page = browser.get(reverse("notice-edit", args=[notice.public_id]), {"sprache": "en"}).text
    assert "A short note on data protection:" in page
    assert "Wortlaut ändern" not in page
    assert "Trifft nicht zu" in page


def test_what_is_lacking_stands_where_it_belongs(
    browser: Client, notice: NoticeVersion, at: datetime
) -> None:
    configuring.describe(actor=None, controller=notice.controller, purpose="appointment", at=at)
    draft = versions.draft(actor=None, controller=notice.controller, purpose="appointment", at=at)
    page = browser.get(reverse("notice-edit", args=[draft.public_id])).text
    assert "Wie lange wir speichern: eine Speicherfrist fehlt." in page
    assert page.index("Eine Speicherfrist fehlt") < page.index("Trifft nicht zu")


def test_the_list_takes_few_questions(
    browser: Client, notice: NoticeVersion, django_assert_max_num_queries: Any
) -> None:
    browser.get(reverse("notice-list"))
    with django_assert_max_num_queries(14):
        browser.get(reverse("notice-list"))
