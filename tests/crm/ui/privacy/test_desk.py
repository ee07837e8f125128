"""The desk of the privacy officer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consent import consents, gate
from consent.models import LedgerEvent
from contacts.models import ContactPoint, Person
from crm.kernel.models import AuditEntry
from tests.crm.ui.privacy.conftest import said

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def officer(client: Client, privacy: Any) -> Client:
    client.force_login(privacy)
    return client


@pytest.fixture
def called(give_consent: Gives, person: Person, number: ContactPoint, admin: Any) -> LedgerEvent:
    """Five days ago, on a consent that a letter of the day before had withdrawn."""
    now = timezone.now()
    consent = give_consent(
        point=number,
        channels=["phone"],
        purposes=["sales_call"],
        at=now - timedelta(days=20),
        declared_at=now - timedelta(days=20),
    )
    at = now - timedelta(days=5)
    permit = gate.permit(
        actor=admin, person=person, point=number, channel="phone", purpose="sales_call", at=at
    )
    use = gate.use(actor=admin, decision=permit, reference="Anruf 7719", at=at)
    consents.withdraw(
        actor=admin,
        consents=[consent],
        received_at=at - timedelta(days=1),
        via="letter",
        at=at + timedelta(days=1),
        payload={"wording": "Bitte rufen Sie mich nicht mehr an."},
    )
    return use


def question(use: LedgerEvent, **values: str) -> dict[str, str]:
    local = timezone.localtime(use.effective_at)
    return {
        "value": "0171 3920012",
        "day": f"{local:%Y-%m-%d}",
        "time": f"{local:%H:%M}",
        "channel": "phone",
        "purpose": "sales_call",
        **values,
    }


@pytest.mark.parametrize(
    ("role", "status"),
    [("sales", 403), ("service", 403), ("team_lead", 403), ("privacy", 200), ("admin", 200)],
)
def test_who_may_ask(client: Client, request: Any, role: str, status: int) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("privacy-desk")).status_code == status
    for name in ("privacy-report", "privacy-verify"):
        expected = {403} if status == 403 else {200, 303}
        assert client.post(reverse(name)).status_code in expected


def test_one_question_two_answers(officer: Client, called: LedgerEvent) -> None:
    page = officer.get(reverse("privacy-desk"), question(called))
    told = said(page)
    assert "Wie damals bekannt" in told
    assert "Erlaubt Anruf erlaubt: Einwilligung vom" in told
    assert "Nicht erlaubt" in told
    assert "Ich willige ein, dass …" in told
    assert "Bitte rufen Sie mich nicht mehr an." in told
    assert "2 Tage unbekannt" in page.content.decode()
    assert "Nachweis aufbewahren bis" in told
    part = officer.get(reverse("privacy-desk"), question(called), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"value": "0171 3920055"}, "hat und hatte hier niemand"),
        ({"day": "2999-01-01"}, "Bitte nennen Sie einen vergangenen Zeitpunkt."),
        ({"day": "gestern"}, "gültiges Datum"),
    ],
)
def test_a_question_that_cannot_be_answered(
    officer: Client, called: LedgerEvent, values: dict[str, str], sentence: str
) -> None:
    page = officer.get(reverse("privacy-desk"), question(called, **values))
    assert page.status_code == 422
    assert sentence in said(page)


def test_the_register_is_checked_on_demand(officer: Client, called: LedgerEvent) -> None:
    assert "ungeprüft" in said(officer.get(reverse("privacy-desk")))
    assert officer.post(reverse("privacy-verify")).status_code == 303
    page = said(officer.get(reverse("privacy-desk")))
    assert "Register unverändert" in page
    assert "Das Register ist unverändert." in page
    assert AuditEntry.objects.get(action="ledger.verified").actor_label != ""


def test_findings_lead_to_their_cases(officer: Client, called: LedgerEvent) -> None:
    assert "Kontakt im Nachhinein ohne Grundlage" in said(officer.get(reverse("privacy-desk")))
    page = said(officer.get(reverse("privacy-finding", args=["violation"])))
    assert "Kontakt auf dieser Grundlage" in page
    assert "Von dieser Art liegt nichts vor." in said(
        officer.get(reverse("privacy-finding", args=["stale"]))
    )
    assert officer.get(reverse("privacy-finding", args=["nonsense"])).status_code == 404


def test_a_sample_shows_its_seed(officer: Client, called: LedgerEvent) -> None:
    page = said(officer.get(reverse("privacy-sample"), {"count": "5", "seed": "7"}))
    assert "1 von 1 Kontakten · Startwert 7" in page
    assert "Ich willige ein, dass …" in page
    assert officer.get(reverse("privacy-sample"), {"count": "0"}).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "media_type"),
    [
        ("pdf", "application/pdf"),
        ("zip", "application/zip"),
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
    ],
)
def test_files(officer: Client, called: LedgerEvent, wanted: str, media_type: str) -> None:
    for name, values in (
        ("privacy-dossier", {"value": "0171 3920012", "channel": "phone"}),
        ("privacy-report", {}),
    ):
        answer = officer.post(reverse(name), values | {"format": wanted})
        assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
        assert answer["Content-Disposition"].endswith(f'.{wanted}"')


def test_a_dossier_of_a_strange_number_is_refused(officer: Client, called: LedgerEvent) -> None:
    answer = officer.post(reverse("privacy-dossier"), {"value": "0171 1", "channel": "phone"})
    assert answer.status_code == 303
    assert not AuditEntry.objects.filter(action="ledger.dossier-made").exists()


def test_receipt_and_evidence(officer: Client, called: LedgerEvent, slip: Any) -> None:
    receipt = officer.get(reverse("privacy-receipt", args=[called.about])).json()
    assert receipt["header"]["receiptId"] == str(called.about)
    assert officer.get(reverse("privacy-receipt", args=[called.public_id])).status_code == 404
    piece = officer.get(reverse("privacy-evidence", args=[slip.sha256]))
    assert piece["Content-Disposition"] == 'attachment; filename="Zettel.png"'
    assert officer.get(reverse("privacy-evidence", args=["00"])).status_code == 404
