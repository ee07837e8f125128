# ruff: noqa: F811 - fixtures by name
"""The data protection desk over the API: the same answers, files and audit rows as its screens."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from consent.desk import samples
from consent.models import ContactDecision, Evidence, LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import clock
from crm.kernel.models import AuditEntry
from tests.crm.ui.privacy.conftest import (  # noqa: F401 - fixtures
    _anchors,
    controller,
    give_consent,
    mailbox,
    number,
    person,
    slip,
    text,
)
from tests.crm.ui.privacy.test_desk import called  # noqa: F401 - fixture

pytestmark = pytest.mark.django_db
URL = "/api/v1/privacy"
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def client(api: Callable[[User], APIClient], privacy: User) -> APIClient:
    return api(privacy)


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def parts_of(content: bytes, form: str) -> dict[str, bytes]:
    """What a file says, without the second in which its PDF was written."""
    if form == "zip":
        with ZipFile(BytesIO(content)) as archive:
            return {
                name: parts_of(archive.read(name), name[-3:])[""]
                for name in archive.namelist()
                if name != "unterschrift.txt"
            }
    return {"": re.sub(rb'(ModifyDate|MetadataDate)="[^"]+"|/ID \[[^]]+\]', b"", content)}


def test_one_question_two_answers_and_the_decision_that_was_kept(
    client: APIClient, called: LedgerEvent, person: Person, number: ContactPoint
) -> None:
    before = LedgerEvent.objects.count(), AuditEntry.objects.count()
    body = {"value": "0171 3920012", "at": (called.effective_at + timedelta(hours=1)).isoformat()}
    found = client.post(f"{URL}/questions", body, format="json")
    assert found.status_code == 200
    (answer,) = found.json()
    assert answer["person"] == {"id": str(person.public_id), "name": person.full_name}
    assert answer["contact_point"] == str(number.public_id)
    assert (answer["then"]["outcome"], answer["now"]["outcome"]) == ("ALLOW", "DENY")
    assert answer["is_violation"] is True
    assert answer["then"]["explained"]["headline"].startswith("Anruf erlaubt: Einwilligung vom")
    assert answer["now"]["explained"]["law"]
    kept = ContactDecision.objects.get()
    assert answer["decision"]["id"] == str(kept.public_id)
    assert (answer["decision"]["outcome"], answer["decision"]["ground"]) == ("ALLOW", "CONSENT")
    assert answer["contact"]["seq"] == called.seq
    assert answer["turning"]["kind"] == "withdrawn"
    (file,) = answer["consents"]
    assert [each["kind"] for each in file["later"]] == ["used", "withdrawn"]
    assert file["text"]["body"]
    assert (LedgerEvent.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"value": "0171 3920099"}, 422, "value"),
        ({"value": "keine Nummer"}, 400, "value"),
        ({"value": "0171 3920012", "channel": "carrier-pigeon"}, 400, "channel"),
        ({"value": "0171 3920012", "at": "2999-01-01T10:00:00Z"}, 400, "at"),
    ],
)
def test_a_question_that_cannot_be_answered(
    client: APIClient, called: LedgerEvent, body: dict[str, str], status: int, field: str
) -> None:
    whole = {"at": timezone.now().isoformat(), **body}
    refused = client.post(f"{URL}/questions", whole, format="json")
    assert (refused.status_code, refused.json()["field"]) == (status, field)


def test_coverage_tells_what_the_screen_tells(client: APIClient, called: LedgerEvent) -> None:
    rows = {(row["channel"], row["purpose"]): row for row in client.get(f"{URL}/coverage").json()}
    line = rows["phone", "sales_call"]
    assert (line["contact_points"], line["granted"], line["ended"]) == (1, 0, 1)
    assert (line["channel_label"], line["open"], line["share"]) == ("Anruf", 0, 0)


def test_findings_are_counted_and_read_page_by_page(
    client: APIClient, give_consent: Gives, called: LedgerEvent, monkeypatch: Any
) -> None:
    told = client.get(f"{URL}/findings").json()
    assert [(each["kind"], each["count"]) for each in told["results"]] == [("violation", 1)]
    assert told["latency"] == {"count": 1, "mean": 172800.0, "longest": 172800.0}
    (case,) = client.get(f"{URL}/findings/violation").json()["results"]
    assert case["seq"] == called.seq
    nothing = client.get(f"{URL}/findings/stale").json()
    assert (nothing["count"], nothing["results"], nothing["next"]) == (0, [], None)
    assert client.get(f"{URL}/findings/rain").status_code == 404


def test_many_cases_come_in_pages(
    client: APIClient, give_consent: Gives, number: ContactPoint, monkeypatch: Any, at: datetime
) -> None:
    monkeypatch.setattr("consent.desk.findings.SHOWN", 2)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=800))
    seqs = [
        give_consent(point=number, channels=["phone"], purposes=["sales_call"]).seq
        for _each in range(3)
    ]
    first = client.get(f"{URL}/findings/stale").json()
    assert [each["seq"] for each in first["results"]] == [seqs[2], seqs[1]]
    second = client.get(f"{URL}/findings/stale", {"before": first["next"]}).json()
    assert [each["seq"] for each in second["results"]] == [seqs[0]]
    assert (first["next"], second["next"], second["count"]) == (seqs[1], None, 3)


def test_a_sample_can_be_drawn_again_by_seed_and_size(
    client: APIClient, called: LedgerEvent
) -> None:
    drawn = client.get(f"{URL}/samples", {"count": 5}).json()
    assert (drawn["among"], len(drawn["results"])) == (1, 1)
    (one,) = drawn["results"]
    assert one["contact"]["seq"] == called.seq
    assert (one["then"]["outcome"], one["now"]["outcome"]) == ("ALLOW", "DENY")
    assert one["consent"]["evidence"][0]["grade"]
    known = {"seed": drawn["seed"], "size": drawn["size"]}
    assert client.get(f"{URL}/samples", known).json() == drawn
    assert client.get(f"{URL}/samples", {"size": called.seq - 1}).json()["among"] == 0
    too_many = client.get(f"{URL}/samples", {"count": samples.MOST + 1})
    assert (too_many.status_code, too_many.json()["field"]) == (400, "count")


def test_a_dossier_is_the_one_of_the_screen(
    client: APIClient, called: LedgerEvent, privacy: User, monkeypatch: Any
) -> None:
    now = timezone.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    browser = Client()
    browser.force_login(privacy)
    for form, media_type in (
        ("pdf", "application/pdf"),
        ("zip", "application/zip"),
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
    ):
        body = {"value": "0171 3920012", "channel": "phone", "format": form}
        before = audited("ledger.dossier-made")
        got = client.post(
            f"{URL}/dossiers", body, format="json", headers={"accept": "application/pdf"}
        )
        assert (got.status_code, got["Content-Type"]) == (200, media_type)
        assert audited("ledger.dossier-made") == before + 1
        shown = browser.post(reverse("privacy-dossier"), body)
        assert parts_of(got.content, form) == parts_of(shown.content, form)
        assert got["Content-Disposition"] == shown["Content-Disposition"]
    told = AuditEntry.objects.filter(action="ledger.dossier-made")
    assert {entry.actor_id for entry in told} == {privacy.pk}


def test_no_dossier_for_who_is_unknown(client: APIClient, called: LedgerEvent) -> None:
    refused = client.post(f"{URL}/dossiers", {"value": "0171 3920099"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "value-unknown")
    assert audited("ledger.dossier-made") == 0


def test_the_report_in_every_form(client: APIClient, called: LedgerEvent) -> None:
    pdf = client.post(f"{URL}/reports", {}, format="json")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    told = client.post(f"{URL}/reports", {"format": "json"}, format="json").json()
    assert told["findings"][0]["kind"] == "violation"
    package = client.post(f"{URL}/reports", {"format": "zip"}, format="json")
    with ZipFile(BytesIO(package.content)) as archive:
        assert "unterschrift.txt" in archive.namelist()
    assert audited("ledger.report-made") == 3


def test_a_receipt_and_its_evidence(
    client: APIClient, called: LedgerEvent, slip: Evidence, privacy: User
) -> None:
    consent = called.about
    receipt = client.get(f"{URL}/receipts/{consent}").json()
    assert receipt["header"]["schemaVersion"] == "ISO/IEC TS 27560:2023"
    browser = Client()
    browser.force_login(privacy)
    assert receipt == json.loads(browser.get(reverse("privacy-receipt", args=[consent])).content)
    digest = receipt["eventSchema"][0]["evidence"][0]
    got = client.get(f"{URL}/evidence/{digest}")
    content = b"".join(got.streaming_content)
    assert hashlib.sha256(content).hexdigest() == digest
    assert got["Content-Disposition"].startswith("attachment")
    assert client.get(f"{URL}/evidence/{'0' * 64}").status_code == 404


def test_the_ledger_is_checked_and_signed(client: APIClient, called: LedgerEvent) -> None:
    before = client.get(f"{URL}/ledger").json()
    assert (before["verified_at"], before["checkpoint"]) == (None, None)
    after = client.post(f"{URL}/ledger").json()
    assert (after["is_valid"], after["verified"], after["findings"]) == (True, after["size"], [])
    assert after["checkpoint"].splitlines()[1] == str(after["size"])
    assert client.get(f"{URL}/ledger").json() == after
    assert audited("ledger.verified") == 1


@pytest.mark.parametrize("role", ["sales", "team_lead"])
def test_the_desk_is_for_the_officer_alone(
    api: Callable[[User], APIClient], request: pytest.FixtureRequest, called: LedgerEvent, role: str
) -> None:
    other = api(request.getfixturevalue(role))
    before = AuditEntry.objects.count(), LedgerEvent.objects.count()
    body = {"value": "0171 3920012"}
    for method, path in (
        ("get", "coverage"), ("post", "questions"), ("get", "findings"),
        ("get", "findings/violation"), ("get", "samples"), ("post", "dossiers"),
        ("post", "reports"), ("get", f"receipts/{called.about}"), ("get", "evidence/x"),
        ("get", "ledger"), ("post", "ledger"),
    ):  # fmt: skip
        refused = getattr(other, method)(f"{URL}/{path}", body, format="json")
        assert refused.status_code == 403, path
    assert (AuditEntry.objects.count(), LedgerEvent.objects.count()) == before
