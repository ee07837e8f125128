"""Checkpoints, the check, and its commands."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from consent import checkpoints, keys, reading, tasks, verifying
from consent.ledger import verifier
from consent.models import Checkpoint, LedgerEvent
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> Any:
    """Keys and checkpoints of this test alone."""
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    settings.KEY_DIR = tmp_path / "keys"
    keys.signing_key.cache_clear()
    keys.suppression_key.cache_clear()
    yield
    keys.signing_key.cache_clear()
    keys.suppression_key.cache_clear()


def run(command: str, *words: object) -> str:
    out = StringIO()
    call_command(command, *map(str, words), stdout=out)
    return out.getvalue()


def test_a_checkpoint_goes_on_from_the_last_one(
    give_consent: Gives, at: datetime, settings: Any
) -> None:
    give_consent()
    first = checkpoints.make(at=at)
    assert first is not None
    assert first.size == 2
    assert checkpoints.make(at=at) is None
    give_consent()
    second = checkpoints.make(at=at + timedelta(hours=1))
    assert second is not None
    assert second.size == 3
    files = sorted(Path(settings.CHECKPOINT_DIR).iterdir())
    assert [path.name for path in files] == [
        "pruefpunkt-000000000002.txt",
        "pruefpunkt-000000000003.txt",
    ]
    assert [path.read_text("utf-8") for path in files] == [first.note, second.note]
    signed = verifier.read_checkpoint(second.note)
    assert verifier.is_signed(signed, [keys.signing_key().public])
    assert signed.text.decode().splitlines()[3] == "erstellt 2026-03-17T10:12:00.000000Z"


def test_a_lost_file_is_written_again(give_consent: Gives, at: datetime, settings: Any) -> None:
    give_consent()
    made = checkpoints.make(at=at)
    assert made is not None
    path = Path(settings.CHECKPOINT_DIR) / "pruefpunkt-000000000002.txt"
    path.unlink()
    assert checkpoints.make(at=at) is None
    assert path.read_text("utf-8") == made.note


def test_a_checkpoint_is_sent_to_whoever_keeps_it(
    give_consent: Gives, at: datetime, settings: Any
) -> None:
    settings.CHECKPOINT_MAIL = "pruefer@kanzlei.example"
    give_consent()
    made = checkpoints.make(at=at)
    assert made is not None
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (
            ["pruefer@kanzlei.example"],
            "Prüfpunkt des Einwilligungsprotokolls über 2 Ereignisse",
            made.note,
        )
    ]


def test_the_nightly_check_is_noted(give_consent: Gives, monkeypatch: Any, at: datetime) -> None:
    give_consent()
    tasks.make_checkpoint()
    tasks.verify_ledger()
    noted = AuditEntry.objects.get(action="ledger.verified")
    assert noted.context["valid"] is True
    assert noted.context["size"] == 2
    assert noted.context["root"] == bytes(Checkpoint.objects.get().root).hex()


def test_the_command_tells_and_fails(
    give_consent: Gives, at: datetime, tmp_path: Path, slip: Any
) -> None:
    give_consent()
    made = checkpoints.make(at=at)
    assert made is not None
    told = run("verify_ledger")
    assert told.startswith("2 Ereignisse, 1 Prüfpunkte; Nutzdaten: 1 unverändert, 0 nachweislich")
    assert told.endswith("Unverändert.\n")
    assert json.loads(run("verify_ledger", "--json"))["decision"] == "VALID"
    mailed = tmp_path / "mailed.txt"
    mailed.write_text("\ufeff" + made.note.replace("\n", "\r\n"), "utf-8")
    assert run("verify_ledger", "--checkpoint", mailed).endswith("Unverändert.\n")
    mailed.write_text(made.note.replace("erstellt 2026", "erstellt 2025"), "utf-8")
    with pytest.raises(CommandError, match="Das Protokoll wurde verändert"):
        run("verify_ledger", "--checkpoint", mailed)
    Path(slip.file.path).write_bytes(b"forged")
    with pytest.raises(CommandError, match="Das Protokoll wurde verändert"):
        run("verify_ledger")
    with pytest.raises(CommandError, match="nowhere"):
        run("verify_ledger", "--checkpoint", tmp_path / "nowhere")


def test_an_export_is_checked_by_what_lies_beside_it(give_consent: Gives, tmp_path: Path) -> None:
    give_consent(at=timezone.now())
    folder = tmp_path / "auszug"
    folder.mkdir()
    told = run("export_ledger", folder / "protokoll.jsonl")
    assert told.splitlines()[0] == "2 Ereignisse in:"
    assert sorted(path.name for path in folder.iterdir()) == [
        "protokoll.jsonl",
        "protokoll.pruefpunkt.txt",
        "pruefschluessel.txt",
        "verifier.py",
    ]
    checked = subprocess.run(
        [
            *(sys.executable, "-I", "verifier.py", "protokoll.jsonl"),
            *("--checkpoint", "protokoll.pruefpunkt.txt", "--key", "pruefschluessel.txt"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout.splitlines()[-1] == "GÜLTIG."
    assert checked.returncode == 0
    assert AuditEntry.objects.get(action="ledger.exported").context["rows"] == 2


def test_keys_are_made_once(settings: Any) -> None:
    told = run("make_ledger_keys", "--name", "crm.beispiel.example/einwilligungen")
    assert [path.name for path in sorted(Path(settings.KEY_DIR).iterdir())] == [
        "checkpoint.key",
        "checkpoint.pub",
        "suppression.key",
        "visitors.key",
    ]
    key = keys.signing_key().public
    assert key.name == "crm.beispiel.example/einwilligungen"
    assert told.splitlines()[-1] == f"Prüfschlüssel: {key}"
    assert run("make_ledger_keys") == f"Prüfschlüssel: {key}\n"


def test_production_makes_no_key_by_itself(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="make_ledger_keys"):
        keys.signing_key()
    assert not Path(settings.KEY_DIR).exists()


@pytest.mark.django_db(transaction=True)
def test_the_check_sees_one_instant(give_consent: Gives, monkeypatch: Any) -> None:
    """What is recorded while it runs is not half of what it sees."""
    give_consent()
    isolation = []

    def lines() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            isolation.append(cursor.fetchone()[0])
        return real()

    real = reading.lines
    monkeypatch.setattr(reading, "lines", lines)
    assert bool(verifying.verify()) is True
    assert isolation == ["repeatable read"]
