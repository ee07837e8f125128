"""A guarded criterion on a person's page: why it is locked, the consent, the answer, its end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consent.models import EventKind, LedgerEvent
from contacts.models import Criterion, CriterionValue, Person
from crm.accounts.models import User
from crm.kernel import clock
from tests.criteria_stock import CLUB, DAY, FAITH, consented, guarded, published


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def club(admin: User, at: datetime) -> Criterion:
    return guarded(admin, at=at - 2 * DAY)


def page(person: Person) -> str:
    return reverse("person-detail", args=[person.public_id])


def capture(person: Person, way: str, code: str) -> str:
    return f"{reverse('consent-record', args=[person.public_id, way])}?kriterium={code}"


def test_from_locked_to_answered_and_back(
    sales_client: Client, maier: Person, club: Criterion, at: datetime
) -> None:
    shown = sales_client.get(page(maier)).text
    assert "Kein veröffentlichter Einwilligungstext nennt" in shown
    assert capture(maier, "papier", club.code) not in shown
    text = published(club, at=at - DAY)
    assert capture(maier, "papier", club.code) in sales_client.get(page(maier)).text

    form = sales_client.get(capture(maier, "papier", club.code))
    assert (CLUB in form.text, text.body in form.text) == (True, True)
    assert "Auf der Messe" not in form.text
    posted = {
        "text": str(text.public_id),
        "criteria": [club.code],
        "answer": "yes",
        "declared_at": f"{timezone.localtime(at - timedelta(hours=1)):%Y-%m-%dT%H:%M}",
        "proof": SimpleUploadedFile("z.png", b"\x89PNG\r\n\x1a\n slip", content_type="image/png"),
        "note": "",
    }
    done = sales_client.post(capture(maier, "papier", club.code), posted)
    assert (done.status_code, done.headers["location"]) == (
        303,
        f"{page(maier)}#antwort-{club.code}",
    )
    consent = LedgerEvent.objects.get(kind=EventKind.GRANTED)
    answer = reverse("record-answer", args=["ansprechpartner", maier.public_id, club.code])
    saved = sales_client.post(answer, {"value": "Holstein Kiel"})
    assert saved.status_code == 303
    shown = sales_client.get(page(maier)).text
    end = f"{reverse('consent-end', args=[maier.public_id])}?einwilligung={consent.public_id}"
    assert all(each in shown for each in ("Holstein Kiel", "Einwilligung vom 17.03.2026", end))

    ticked = sales_client.get(end)
    assert f'value="{consent.public_id}:"' in ticked.text
    assert CLUB in ticked.text
    gone = {
        "what": [f"{consent.public_id}:"],
        "objection": "",
        "received_at": f"{timezone.localtime(at):%Y-%m-%dT%H:%M}",
        "via": "phone",
        "wording": "",
    }
    assert sales_client.post(end, gone).status_code == 303
    assert CriterionValue.objects.count() == 0
    shown = sales_client.get(page(maier)).text
    assert "Holstein Kiel" not in shown
    assert "widerrufen" in shown


@pytest.mark.parametrize(("way", "code"), [("messe", "lieblingsverein"), ("papier", "branche")])
def test_there_is_no_form_for_anything_else(
    sales_client: Client, maier: Person, club: Criterion, admin: User, at: datetime, way: str,
    code: str,
) -> None:  # fmt: skip
    guarded(admin, label="Branche", sensitivity="NORMAL", at=at)
    assert sales_client.get(capture(maier, way, code)).status_code == 404


def test_the_usual_form_does_not_offer_such_texts(
    sales_client: Client, maier: Person, club: Criterion, at: datetime
) -> None:
    text = published(club, at=at - DAY)
    usual = sales_client.get(reverse("consent-record", args=[maier.public_id, "papier"]))
    assert str(text.public_id) not in usual.text


def test_only_guarded_criteria_cost_queries_however_many_there_are(
    sales_client: Client, maier: Person, admin: User, at: datetime
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            sales_client.get(page(maier))
        return len(asked)

    guarded(admin, label="Branche", sensitivity="NORMAL", at=at - DAY)
    sales_client.get(page(maier))
    without = counted()
    club = guarded(admin, at=at - 2 * DAY)
    text = published(club, at=at - DAY)
    sales_client.get(page(maier))
    refused = counted()
    guarded(admin, label="Hobby", at=at - 2 * DAY)
    assert counted() == refused
    assert refused - without == 3  # references, controller, texts: the ledger tells nothing yet
    consented(maier, club, text, at=at)
    sales_client.get(page(maier))
    assert counted() > refused


def test_the_administration_shows_which_text_names_it(
    client: Client, admin: User, club: Criterion, at: datetime
) -> None:
    client.force_login(admin)
    guarded(admin, label=FAITH, sensitivity="SPECIAL", at=at)
    published(club, title="Angaben für den Messeabend", at=at - DAY)
    shown = client.get(reverse("criterion-list")).text
    assert "Angaben für den Messeabend" in shown
    assert shown.count("Kein veröffentlichter Text nennt es") == 1
