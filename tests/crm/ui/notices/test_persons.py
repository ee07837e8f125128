"""What a person knows, giving it to them, and who is left."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from consent.models import NoticeProvision, NoticeVersion
from consent.notices import provisions
from contacts import addresses, contact_points
from contacts.models import ContactPoint, Person
from crm.kernel import clock
from tests import notice_cast


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def notice(db: None, at: datetime) -> NoticeVersion:
    return notice_cast.published(at)


@pytest.fixture
def person(make_person: Callable[..., Person], team: Any) -> Person:
    return make_person("Hans", "Mayer", team=team)


@pytest.fixture
def mailbox(person: Person, admin: Any, source: Any, at: datetime) -> ContactPoint:
    return contact_points.add(
        actor=admin, record=person, kind="EMAIL", value="hans@x.example", source=source, at=at
    ).contact_point


@pytest.fixture
def browser(client: Client, make_user: Any, team: Any) -> Client:
    client.force_login(make_user("SALES", teams=[team]))
    return client


def give(browser: Client, person: Person, way: str) -> Any:
    sent = {"purpose": "appointment", "way": way, "language": "de"}
    return browser.post(reverse("person-notices", args=[person.public_id]), sent)


def test_a_mail_is_sent_and_shown(
    browser: Client, notice: NoticeVersion, person: Person, mailbox: ContactPoint
) -> None:
    url = reverse("person-notices", args=[person.public_id])
    assert "nichts bekannt" in browser.get(url).text
    assert give(browser, person, f"email:{mailbox.public_id}").status_code == 303
    assert [sent.to for sent in mail.outbox] == [["hans@x.example"]]
    page = browser.get(url).text
    assert "gesendet" in page
    assert "nichts bekannt" in page  # until a day later


def test_what_was_read_leaves_the_rest(
    browser: Client, notice: NoticeVersion, person: Person
) -> None:
    assert give(browser, person, "read_aloud").status_code == 303
    page = browser.get(reverse("person-notices", args=[person.public_id])).text
    assert "einiges fehlt" in page
    assert "3 von 7" in page
    assert give(browser, person, "handed_over").status_code == 303
    assert "alles bekannt" in browser.get(reverse("person-notices", args=[person.public_id])).text


def test_a_letter_comes_as_a_file_and_waits(
    browser: Client, notice: NoticeVersion, person: Person, admin: Any, source: Any, at: datetime
) -> None:
    assert give(browser, person, "letter").status_code == 422
    assert not NoticeProvision.objects.exists()
    values = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    addresses.add(actor=admin, record=person, values=values, source=source, at=at)
    answer = give(browser, person, "letter")
    assert answer.content.startswith(b"%PDF")
    assert NoticeProvision.objects.get().status == "queued"


def test_a_foreign_mailbox_is_no_way(
    browser: Client, notice: NoticeVersion, make_person: Any, mailbox: ContactPoint, team: Any
) -> None:
    other = make_person("Ute", "Fremd", team=team)
    assert give(browser, other, f"email:{mailbox.public_id}").status_code == 422
    assert mail.outbox == []


def test_who_is_left_leads_to_the_person(
    client: Client, make_user: Any, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    client.force_login(make_user("PRIVACY"))
    assert "Alle sind informiert" in client.get(reverse("notices-left")).text
    provisions.record(
        actor=None,
        person=person,
        version=notice,
        medium="phone",
        status="skipped",
        reason="hung_up",
        given_at=at - timedelta(days=2),
        at=at,
    )
    page = client.get(reverse("notices-left")).text
    assert "1 überfällig" in page
    assert reverse("person-notices", args=[person.public_id]) in page
    assert "hat aufgelegt" in page
    assert "Noch zu informieren" in client.get(reverse("privacy-desk")).text


def test_the_page_takes_few_questions(
    browser: Client,
    notice: NoticeVersion,
    person: Person,
    at: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    url = reverse("person-notices", args=[person.public_id])
    browser.get(url)
    for _each in range(4):
        give(browser, person, "handed_over")
    with django_assert_max_num_queries(22):
        browser.get(url)
