"""May I? on the page of a person: the lights, why, and what was declared."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consent import consents
from consent.models import LedgerEvent
from contacts.models import ContactPoint, Person
from tests.crm.ui.privacy.conftest import said

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def page(client: Client, admin: Any, person: Person) -> Callable[[], Any]:
    client.force_login(admin)
    return lambda: client.get(reverse("person-detail", args=[person.public_id]))


def test_a_light_stands_beside_each_contact_point(
    page: Callable[[], Any], number: ContactPoint, give_consent: Gives
) -> None:
    give_consent(purposes=["product_offer"], at=timezone.now())
    told = said(page())
    assert "Erlaubt Warum? j.maier@x.example E-Mail erlaubt: Einwilligung vom" in told
    assert "Anruf Nicht gefragt SMS Nicht gefragt Warum?" in told
    assert "Was würde es erlauben?" in told


def test_a_withdrawal_turns_the_light_and_is_told(
    page: Callable[[], Any], give_consent: Gives, admin: Any
) -> None:
    consent = give_consent(purposes=["product_offer"], at=timezone.now() - timedelta(days=3))
    now = timezone.now()
    consents.withdraw(
        actor=admin,
        consents=[consent],
        received_at=now - timedelta(days=2),
        via="letter",
        at=now,
        payload={"wording": "Bitte nicht mehr schreiben."},
    )
    told = said(page())
    assert "Nicht erlaubt Warum? j.maier@x.example" in told
    assert "Einwilligung widerrufen" in told
    assert "Bitte nicht mehr schreiben." in told
    assert "erfasst heute" in told


def test_all_declarations_have_a_page(
    client: Client, admin: Any, person: Person, give_consent: Gives, monkeypatch: Any
) -> None:
    monkeypatch.setattr("consent.histories.of_person.__kwdefaults__", {"before": 0, "size": 2})
    for _number in range(3):
        give_consent()
    client.force_login(admin)
    url = reverse("person-declared", args=[person.public_id])
    first = client.get(url)
    assert said(first).count("Einwilligung erteilt") == 2
    older = first.context["declared"].older
    rest = client.get(url, {"vor": older}, headers={"HX-Request": "true"})
    assert said(rest).count("Einwilligung erteilt") == 1
    assert "<html" not in rest.content.decode()
    assert said(client.get(url, {"vor": "x"})).count("Einwilligung erteilt") == 2


def test_the_page_reads_ten_statements_more_for_it(
    client: Client, admin: Any, person: Person, number: ContactPoint, give_consent: Gives,
    monkeypatch: Any,
) -> None:  # fmt: skip
    """Five for the lights, five for the first declarations, however many there are."""
    give_consent()
    client.force_login(admin)
    url = reverse("person-detail", args=[person.public_id])
    client.get(url)
    with CaptureQueriesContext(connection) as with_it:
        client.get(url)
    monkeypatch.setattr("crm.ui.screens.records.outcomes.ways_to", lambda *_args, **_named: {})
    monkeypatch.setattr(
        "crm.ui.screens.records.pages.histories.of_person", lambda *_args, **_named: None
    )
    with CaptureQueriesContext(connection) as without_it:
        client.get(url)
    assert len(with_it) - len(without_it) == 5 + 5
