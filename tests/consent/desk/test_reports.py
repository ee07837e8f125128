"""Dossier and audit report: what they tell, and that strangers can check them."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from consent import checkpoints, erasing, keys
from consent.desk import audits, dossiers, files, questions, receipts, reports
from consent.ledger import verifier
from consent.models import LedgerEvent
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
NUMBER = "0171 3920012"


@pytest.fixture
def dossier(late_letter: LedgerEvent, privacy: User, at: datetime) -> reports.Report:
    checkpoints.make(at=at)
    return dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=at + timedelta(days=10))


def test_a_dossier_has_everything_in_it(
    dossier: reports.Report, consent_of_call: LedgerEvent, call: LedgerEvent
) -> None:
    (person,) = dossier.data["persons"]
    (consent,) = person["consents"]
    assert person["name"] == "Johanna Maier"
    assert consent["text"] == "Ich willige ein, dass …"
    assert consent["keep_until"] == "2031-03-17"
    assert [event["kind"] for event in consent["events"]] == ["granted", "used", "withdrawn"]
    assert consent["evidence"] == [
        {"kind": "SCAN", "grade": "A", "sha256": consent_of_call.evidence[0]}
    ]
    assert [row[1] for row in dossier.rows] == ["2", "3", "4"]
    assert AuditEntry.objects.get(action="ledger.dossier-made").context["consents"] == 1


def test_a_dossier_is_for_the_desk_alone(
    late_letter: LedgerEvent, sales: User, at: datetime
) -> None:
    with pytest.raises(errors.NotPermitted):
        dossiers.make(actor=sales, value=NUMBER, channel="phone", at=at)
    assert not AuditEntry.objects.filter(action="ledger.dossier-made").exists()


def test_a_strange_number_has_no_dossier(privacy: User, at: datetime) -> None:
    with pytest.raises(questions.Unknown):
        dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=at)


def test_the_pdf_is_an_archive_with_its_proof_inside(dossier: reports.Report) -> None:
    content = reports.pdf(dossier)
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content
    assert b"nachweis.json" in content
    assert b"/FontFile2" in content
    assert b"/AFRelationship /Data" in content


def test_a_package_can_be_checked_by_a_stranger(dossier: reports.Report, tmp_path: Path) -> None:
    with ZipFile(BytesIO(reports.package(dossier))) as archive:
        archive.extractall(tmp_path)
        names = sorted(archive.namelist())
    assert names == [
        "dossier-2026-03-27.csv",
        "dossier-2026-03-27.json",
        "dossier-2026-03-27.pdf",
        "nachweis.json",
        "pruefpunkt.txt",
        "pruefschluessel.txt",
        "quittung-1.json",
        "unterschrift.txt",
        "verifier.py",
    ]
    checked = subprocess.run(
        [
            *(sys.executable, "-I", "verifier.py", "--proof", "nachweis.json"),
            *("--key", "pruefschluessel.txt", "--json"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(checked.stdout)
    assert (checked.returncode, told["decision"], told["size"]) == (0, "VALID", 3)
    text, signatures = verifier.read_note((tmp_path / "unterschrift.txt").read_text("utf-8"))
    key = keys.signing_key().public
    assert verifier.ed25519_valid(key.public, text, signatures[0].raw)
    sums = subprocess.run(
        ["sha256sum", "--check", "--ignore-missing", "-"],
        input="\n".join(line for line in text.decode().splitlines() if "  " in line),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert sums.stdout.count(": OK") == 5


def test_a_table_opens_in_a_spreadsheet(dossier: reports.Report) -> None:
    told = reports.table(dossier).decode("utf-8-sig").splitlines()
    assert told[0] == "Person;Ereignis;Was;Wirksam;Erfasst;Einzelheiten"
    assert told[1].startswith("Johanna Maier;2;Einwilligung erteilt;17.03.2026, 10:12:00;")
    assert "0171 3920012" in told[1]


def test_a_receipt_after_the_standard(
    consent_of_call: LedgerEvent, late_letter: LedgerEvent
) -> None:
    (file,) = files.of([consent_of_call])
    told = receipts.receipt(file)
    assert told["header"]["schemaVersion"] == "ISO/IEC TS 27560:2023"
    assert told["header"]["receiptId"] == str(consent_of_call.public_id)
    assert [event["eventState"] for event in told["eventSchema"]] == [
        "consentGiven",
        "consentWithdrawn",
    ]
    assert told["processing"]["purposes"][0]["purpose"] == "sales_call"
    assert "Maier" not in json.dumps(told)


def test_an_erased_consent_still_has_a_file(
    consent_of_call: LedgerEvent, late_letter: LedgerEvent, privacy: User, at: datetime
) -> None:
    erasing.erase(actor=privacy, events=LedgerEvent.objects.all(), reason="art-17", at=at)
    report = dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=at)
    assert reports.pdf(report).startswith(b"%PDF")


def test_the_audit_report(
    late_letter: LedgerEvent, call: LedgerEvent, privacy: User, at: datetime
) -> None:
    report = audits.make(actor=privacy, at=at + timedelta(days=10), seed=7)
    assert [(each["kind"], each["count"]) for each in report.data["findings"]] == [
        ("violation", 1),
        ("slow", 1),
    ]
    assert report.data["grounds"] == {"CONSENT": 1}
    assert report.data["sample"]["drawn"] == [{"seq": call.seq, "is_violation": True}]
    assert reports.pdf(report).startswith(b"%PDF-1.7")
    assert report.data["ledger"]["valid"] is False
    assert AuditEntry.objects.get(action="ledger.report-made").context == {"seed": 7}
