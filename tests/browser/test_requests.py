"""A request for erasure by keyboard: taken in, identified, planned, done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.models import SubjectRequest
from consent.requests import cases
from contacts import contact_points
from contacts.models import Person, Source
from crm.accounts.models import User
from crm.kernel import clock
from history.models import Invoice

PageAs = Callable[..., Page]


@pytest.fixture
def person(db: None, make_person: Callable[..., Person], admin: User, source: Source) -> Person:
    now = clock.now()
    person = make_person("Johanna", "Maier")
    for kind, value in (("EMAIL", "j.maier@x.example"), ("MOBILE", "0171 3920012")):
        contact_points.add(
            actor=admin, record=person, kind=kind, value=value, source=source, at=now
        )
    day = date(now.year - 1, 5, 1)
    Invoice.objects.create(
        number="R-2025-117", person=person, invoiced_on=day, paid_on=day, total=420,
        source=source, updated_at=now,
    )  # fmt: skip
    return person


@pytest.fixture
def others(person: Person) -> list[SubjectRequest]:
    """One that is late, one that will be soon, one whose clock stands still."""
    now, made = clock.now(), []
    for days, article in ((50, "15"), (26, "16"), (9, "20"), (2, "21")):
        then = now - timedelta(days=days)
        made.append(
            cases.receive(
                actor=None, article=article, channel="EMAIL", person=person, received_at=then,
                at=now,
            )
        )  # fmt: skip
    on = timezone.localdate(made[2].received_at + timedelta(days=1))
    cases.ask_identity(actor=None, case=made[2], on=on, at=now)
    return made


def test_somebody_wants_to_be_forgotten(
    page_as: PageAs, privacy: User, person: Person, others: Any, shot: Any,
    assert_accessible: Any, assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(privacy)
    page.goto(reverse("request-list"))
    expect(page.get_by_role("region", name="Offene Anträge").get_by_role("row")).to_have_count(4)
    shot(page, "antraege")
    assert_accessible(page)
    assert_fits(page)
    page.goto(reverse("request-new") + f"?person={person.public_id}")
    page.get_by_label("Worum geht es?").select_option("17")
    page.get_by_label("Wortlaut").fill("Bitte löschen Sie alles, was Sie über mich haben.")
    shot(page, "antrag-neu", whole=False)
    assert_accessible(page)
    page.get_by_role("button", name="Aufnehmen").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Löschung (Art. 17)")).to_be_visible()
    shot(page, "antrag-offen")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Woran erkannt?").fill("Antwort über die bekannte E-Mail-Adresse")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Endgültig löschen")).to_be_visible()
    plan = page.get_by_role("region", name="Was eine Löschung heute täte")
    expect(plan.get_by_role("row", name="kaufmännische Daten")).to_contain_text("31.12.")
    shot(page, "antrag-plan")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Name zur Bestätigung").fill("Maier")
    page.keyboard.press("Enter")
    expect(page.get_by_text("genau so ein")).to_be_visible()
    shot(page, "antrag-name-falsch", whole=False)
    page.get_by_label("Name zur Bestätigung").fill("Johanna Maier")
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="Gesperrt im Tresor")).to_be_visible()
    assert not Person.objects.filter(pk=person.pk).exists()
    shot(page, "antrag-geloescht")
    assert_accessible(page)


def test_the_schedule_and_a_trial_run(
    page_as: PageAs, privacy: User, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    page = page_as(privacy)
    page.goto(reverse("retention"))
    page.get_by_role("button", name="Probelauf").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Läufe").get_by_role("row")).to_have_count(2)
    shot(page, "aufbewahrung")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Buchungsbelege und Rechnungen").click()
    page.get_by_label("Frist").fill("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("verlangt mindestens 8 Jahre")).to_be_visible()
    shot(page, "aufbewahrung-frist", whole=False)
    assert_accessible(page)
