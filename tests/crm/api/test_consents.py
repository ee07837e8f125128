# ruff: noqa: F811 - fixtures by name
"""Consents over the API: the same functions as on the screens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from consent.models import EventKind, Evidence, LedgerEvent, SuppressionEntry
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import clock
from tests.consent_cast import (  # noqa: F401 - fixtures
    _files_of_their_own,
    controller,
    email,
    mobile,
    point_of,
    published,
)


@pytest.fixture
def person(make_person: Callable[..., Person], team: Any) -> Person:
    return make_person("Hans", "Mayer", team=team)


@pytest.fixture
def client(
    api: Callable[[User], APIClient], sales: User, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> APIClient:
    monkeypatch.setattr(clock, "now", lambda: at)
    return api(sales)


def test_record_list_withdraw(
    client: APIClient,
    person: Person,
    mobile: ContactPoint,
    published: Any,
    at: datetime,
) -> None:
    base = f"/api/v1/persons/{person.public_id}/consents"
    body = {
        "text": str(published("sales-call").public_id), "method": "oral_inbound",
        "ways": [{"contact_point": str(mobile.public_id), "channels": ["phone"]}],
        "declared_at": (at - timedelta(hours=2)).isoformat(),
    }  # fmt: skip
    made = client.post(base, body, format="json")
    assert (made.status_code, made.json()[0]["kind"]) == (201, "granted")
    (line,) = client.get(base).json()
    assert (line["channel"], line["purposes"]) == (
        "phone",
        ["appointment_acquisition", "sales_call"],
    )
    gone = {"keys": [line["key"]], "received_at": at.isoformat(), "via": "phone"}
    answer = client.post(f"{base}/withdrawals", gone, format="json")
    assert (answer.status_code, answer.json()[0]["kind"]) == (201, "withdrawn")
    assert client.get(base).json() == []
    assert client.post(f"{base}/withdrawals", gone, format="json").status_code == 400
    assert LedgerEvent.objects.filter(kind=EventKind.WITHDRAWN).count() == 1


def test_object_and_ask(
    client: APIClient,
    person: Person,
    email: ContactPoint,
    published: Any,
    at: datetime,
) -> None:
    base = f"/api/v1/persons/{person.public_id}/consents"
    told = {"received_at": at.isoformat(), "via": "email", "wording": "Keine Werbung!"}
    answer = client.post(f"{base}/objections", told, format="json")
    assert (answer.status_code, answer.json()[0]["kind"]) == (201, "objected")
    body = {
        "text": str(published("newsletter").public_id),
        "ways": [{"contact_point": str(email.public_id), "channels": ["email"]}],
    }
    asked = client.post(f"{base}/requests", body, format="json")
    assert asked.status_code == 201
    assert [each["kind"] for each in asked.json()["confirmations"]] == ["email_link"]
    assert len(outbox.outbox) == 1


def test_a_foreign_contact_point_is_refused(
    client: APIClient,
    person: Person,
    make_person: Any,
    point_of: Any,
    published: Any,
) -> None:
    foreign = point_of(make_person("Hanna", "Meyer"), "EMAIL", "hanna@havelberg.example")
    body = {
        "text": str(published("newsletter").public_id),
        "ways": [{"contact_point": str(foreign.public_id), "channels": ["email"]}],
    }
    url = f"/api/v1/persons/{person.public_id}/consents/requests"
    assert client.post(url, body, format="json").status_code == 400
    assert outbox.outbox == []


def test_import_over_the_api(
    api: Any,
    privacy: User,
    email: ContactPoint,
    published: Any,
    db: None,
) -> None:
    content = b"value;channel;opt_out\nh.mayer@havelberg.example;email;ja\n"
    body = {"file": SimpleUploadedFile("alt.csv", content), "dry_run": "true"}
    answer = api(privacy).post("/api/v1/consents/imports", body, format="multipart")
    assert answer.status_code == 200
    assert (answer.json()["opted_out"], answer.json()["dry_run"]) == (1, True)
    assert not LedgerEvent.objects.filter(kind=EventKind.SUPPRESSED).exists()


LINE = "h.mayer@havelberg.example;email;newsletter;17.03.2026 09:00;paper;slip/1;zettel-7.pdf\n"
HEAD = "value;channel;purpose;granted_at;method;text;evidence\n"


def scan(name: str, content: bytes = b"%PDF-1.7 scan") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def sent(lines: str, *files: SimpleUploadedFile) -> dict[str, Any]:
    table = SimpleUploadedFile("alt.csv", (HEAD + lines).encode())
    return {"file": table, "evidence": list(files)}


def test_import_takes_the_files_of_proof(
    api: Any, privacy: User, email: ContactPoint, published: Any
) -> None:
    published("slip")
    body = sent(LINE, scan("zettel-7.pdf"))
    answer = api(privacy).post("/api/v1/consents/imports", body, format="multipart")
    assert answer.status_code == 200
    assert (answer.json()["imported"], answer.json()["remarks"]) == (1, [])
    (event,) = LedgerEvent.objects.filter(kind=EventKind.IMPORTED)
    proof = Evidence.objects.get(sha256=event.evidence[0])
    assert (proof.grade, proof.kind, proof.name) == ("A", "SCAN", "zettel-7.pdf")
    with proof.file.open("rb") as file:
        assert file.read() == b"%PDF-1.7 scan"


def test_import_takes_the_files_of_proof_in_one_archive(
    api: Any, privacy: User, email: ContactPoint, published: Any
) -> None:
    published("slip")
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("2025/zettel-7.pdf", b"%PDF-1.7 scan")
    body = sent(LINE, SimpleUploadedFile("nachweise.zip", packed.getvalue()))
    answer = api(privacy).post("/api/v1/consents/imports", body, format="multipart")
    assert (answer.status_code, answer.json()["imported"]) == (200, 1)
    assert Evidence.objects.get().grade == "A"


def test_import_takes_a_robinson_list(api: Any, privacy: User, db: None) -> None:
    file = SimpleUploadedFile("robinson.txt", b"h.mayer@havelberg.example\n0171 3920012\n")
    body = {"file": file, "contents": "robinson"}
    answer = api(privacy).post("/api/v1/consents/imports", body, format="multipart")
    assert (answer.status_code, answer.json()["opted_out"]) == (200, 2)
    assert set(SuppressionEntry.objects.values_list("list", "channel")) == {("robinson_ddv", "*")}


def test_import_tells_the_missing_file_and_writes_nothing(
    api: Any, privacy: User, email: ContactPoint, published: Any
) -> None:
    published("slip")
    before = LedgerEvent.objects.count()
    lines = LINE + LINE.replace("zettel-7", "zettel-8")
    body = sent(lines, scan("zettel-7.pdf"))
    refused = api(privacy).post("/api/v1/consents/imports", body, format="multipart")
    assert (refused.status_code, refused.json()["field"]) == (400, "evidence")
    assert refused.json()["data"] == {
        "rows": [{"row": 3, "column": "evidence", "file": "zettel-8.pdf"}]
    }
    assert refused.json()["errors"]["evidence"] == [
        "Zeile 3, Spalte evidence: Die Datei zettel-8.pdf fehlt."
    ]
    assert (LedgerEvent.objects.count(), Evidence.objects.count()) == (before, 0)


def test_import_refuses_files_that_cannot_be_told_apart_and_too_many(
    api: Any, privacy: User, email: ContactPoint, published: Any
) -> None:
    published("slip")
    same = sent(LINE, scan("zettel-7.pdf"), scan("zettel-7.pdf", b"%PDF-1.7 other"))
    refused = api(privacy).post("/api/v1/consents/imports", same, format="multipart")
    assert refused.json()["errors"] == {
        "evidence": ["Mehrere Dateien heißen zettel-7.pdf. Bitte benennen Sie sie verschieden."]
    }
    many = sent(LINE, *(scan(f"{number}.pdf") for number in range(101)))
    refused = api(privacy).post("/api/v1/consents/imports", many, format="multipart")
    assert (refused.status_code, refused.json()["code"]) == (400, "parse-error")
    assert "zu viele Dateien" in refused.json()["message"]
    assert not LedgerEvent.objects.filter(kind=EventKind.IMPORTED).exists()
