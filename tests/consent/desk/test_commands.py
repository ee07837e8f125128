"""Dossier and report for the operator at the machine."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consent.desk import dossiers, reports
from consent.models import LedgerEvent
from crm.accounts.models import User
from crm.kernel import clock
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
NUMBER = "0171 3920012"


@pytest.fixture(autouse=True)
def _now(monkeypatch: Any, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=10))


def made(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def test_the_dossier_is_that_of_the_desk(
    late_letter: LedgerEvent, privacy: User, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "dossier.json"
    call_command("consent_dossier", NUMBER, "--out", str(file))
    assert capsys.readouterr().out == f"{file}\n"
    desk = dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=clock.now())
    assert file.read_bytes() == reports.as_json(desk)
    assert file.stat().st_mode & 0o077 == 0
    call_command("consent_dossier", NUMBER, "--out", str(tmp_path / "dossier.pdf"))
    assert (tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF-1.7")
    entries = AuditEntry.objects.filter(action="ledger.dossier-made").order_by("pk")
    assert [entry.actor_id for entry in entries] == [None, privacy.pk, None]


@pytest.mark.parametrize(
    ("value", "out", "said"),
    [
        ("0171 3920099", "d.pdf", "hat und hatte hier niemand"),
        (NUMBER, "d.docx", "Die Endung muss eine von diesen sein: .pdf, .zip, .csv, .json."),
        (NUMBER, "nowhere/d.pdf", "No such file or directory"),
        ("keine Nummer", "d.pdf", "keine Nummer"),
    ],
)
def test_what_cannot_be_made_leaves_no_file_and_no_entry(
    late_letter: LedgerEvent, tmp_path: Path, value: str, out: str, said: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CommandError, match=said):
        call_command("consent_dossier", value, "--out", str(tmp_path / out))
    assert sorted(tmp_path.rglob("*")) == before
    assert made("ledger.dossier-made") == 0


def test_the_report_is_drawn_from_the_seed(late_letter: LedgerEvent, tmp_path: Path) -> None:
    file = tmp_path / "bericht.json"
    call_command("consent_report", "--out", str(file), "--seed", "7")
    told = json.loads(file.read_text())
    assert told["sample"]["seed"] == 7
    assert told["findings"][0]["kind"] == "violation"
    assert made("ledger.report-made") == 1
