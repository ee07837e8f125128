"""Consents from files: proven, disputed or left out; opt-outs first, whatever else is wrong."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent import gate, importing
from consent.models import (
    Controller,
    EventKind,
    Evidence,
    LedgerEvent,
    SuppressionEntry,
    SuppressionList,
)
from contacts import contact_points
from contacts.models import ContactPoint, Person, Source
from crm.accounts.models import User
from crm.kernel import errors

HEAD = "Kontakt;Kanal;Zweck;Erteilt am;Art;Quelle;Text;Nachweis;Opt_out\n"
GOOD = (
    "h.mayer@havelberg.example;email;newsletter;17.03.2026 09:00;paper;Altsystem;slip/1;"
    "zettel-7.pdf;\n"
)


@pytest.fixture
def bring_in(controller: Controller, published: Any, email: ContactPoint, at: datetime) -> Any:
    """``bring_in(lines)`` for the controller, with a scan for zettel-7.pdf."""
    published("slip")

    def run(lines: str, **other: Any) -> importing.Report:
        values = {
            "actor": None,
            "content": (HEAD + lines).encode(),
            "file_name": "alt.csv",
            "controller": controller,
            "at": at,
            "proofs": {"zettel-7.pdf": b"%PDF-1.7 scan"},
        }
        return importing.import_consents(**{**values, **other})

    return run


def counts(report: importing.Report) -> tuple[int, int, int, int]:
    return report.imported, report.disputed, report.opted_out, report.refused


def may_mail(person: Person, email: ContactPoint, at: datetime) -> bool:
    asked = {"person": person, "point": email, "channel": "email", "purpose": "newsletter"}
    return bool(gate.may_contact(**asked, at=at))


def test_a_proven_consent_counts(
    bring_in: Any, person: Person, email: ContactPoint, at: datetime
) -> None:
    report = bring_in(GOOD)
    assert counts(report) == (1, 0, 0, 0)
    (event,) = LedgerEvent.objects.filter(kind=EventKind.IMPORTED)
    assert Evidence.objects.get(sha256=event.evidence[0]).grade == "A"
    assert may_mail(person, email, at)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (3, "wann sie erteilt wurde"),
        (4, "wie sie erteilt wurde"),
        (6, "Textfassung"),
        (7, "Nachweis"),
    ],
)
def test_what_lacks_its_proof_is_disputed_and_never_usable(
    bring_in: Any, person: Person, email: ContactPoint, column: int, said: str, at: datetime
) -> None:
    cells = GOOD.rstrip("\n").split(";")
    cells[column] = ""
    report = bring_in(";".join(cells) + "\n")
    assert counts(report) == (0, 1, 0, 0)
    (remark,) = report.remarks
    assert (remark.row, remark.is_refused) == (2, False)
    assert said in remark.message
    assert [event.kind for event in LedgerEvent.objects.filter(person__isnull=False)] == [
        "disputed"
    ]
    assert not may_mail(person, email, at)


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("nobody@havelberg.example;email;newsletter;;;;;;", "value", "Niemand hat"),
        ("kein Wert@@;email;newsletter;;;;;;", "value", ""),
        ("h.mayer@havelberg.example;brieftaube;newsletter;;;;;;", "channels", "Möglich sind"),
        ("h.mayer@havelberg.example;sms;newsletter;;;;;;", "channels", "geht nicht über"),
        ("h.mayer@havelberg.example;email;alles;;;;;;", "purposes", "Möglich sind"),
        (
            "h.mayer@havelberg.example;email;newsletter;31.02.2026;;;;;",
            "granted_at",
            "kein Zeitpunkt",
        ),
        ("h.mayer@havelberg.example;email;newsletter;01.01.2030;;;;;", "granted_at", "Zukunft"),
        ("h.mayer@havelberg.example;email", "purposes", "ausfüllen"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_rest_is_not(
    bring_in: Any, line: str, column: str, said: str
) -> None:
    report = bring_in(f"{line}\n{GOOD}")
    assert counts(report) == (1, 0, 0, 1)
    (remark,) = report.remarks
    assert (remark.row, remark.column, remark.is_refused) == (2, column, True)
    assert said in remark.message


def test_opt_outs_come_first_and_need_nobody_to_have_the_value(
    bring_in: Any, person: Person, email: ContactPoint, at: datetime
) -> None:
    out = (
        "h.mayer@havelberg.example;email;;;;;;;ja\nnobody@havelberg.example;alle;;;;;;;01.03.2026\n"
    )
    report = bring_in(GOOD + out)
    assert counts(report) == (1, 0, 2, 0)
    kinds = list(
        LedgerEvent.objects.filter(kind__in=["suppressed", "imported"]).values_list(
            "kind", flat=True
        )
    )
    assert kinds == ["suppressed", "suppressed", "imported"]
    assert not may_mail(person, email, at)
    assert SuppressionEntry.objects.filter(channel="*").count() == 1


def test_a_dry_run_reports_the_same_and_writes_nothing(bring_in: Any) -> None:
    before = LedgerEvent.objects.count()
    lines = GOOD + "h.mayer@havelberg.example;email;;;;;;;ja\n"
    trial = bring_in(lines, is_dry_run=True)
    assert counts(trial) == (1, 0, 1, 0)
    assert LedgerEvent.objects.count() == before
    assert not SuppressionEntry.objects.exists()
    assert counts(bring_in(lines)) == counts(trial)


def kept_files(settings: Any) -> list[str]:
    return sorted(each.name for each in Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_rows_take_few_statements_and_lock_the_ledger_last(
    bring_in: Any, make_person: Any, admin: User, source: Source, at: datetime
) -> None:
    """Nobody else can write into the ledger while it is locked, and files are long."""
    lines = []
    for number in range(30):
        value = f"n{number}@havelberg.example"
        contact_points.add(
            actor=admin, record=make_person("Ina", f"Nr {number}"), kind="EMAIL", value=value,
            source=source, at=at,
        )  # fmt: skip
        lines.append(GOOD.replace("h.mayer@havelberg.example", value))
    bring_in(lines[0])
    taken = {}
    for first, last in ((1, 10), (10, 30)):
        with CaptureQueriesContext(connection) as queries:
            assert counts(bring_in("".join(lines[first:last]))) == (last - first, 0, 0, 0)
        told = [each["sql"] for each in queries.captured_queries]
        (locked,) = [at for at, sql in enumerate(told) if "pg_advisory_xact_lock" in sql]
        assert len(told) - locked < 10
        taken[last - first] = len(told)
    assert taken[20] - taken[9] <= 11 * 6


def test_a_missing_file_of_proof_is_told_with_row_and_column_and_nothing_is_written(
    bring_in: Any, settings: Any
) -> None:
    before = LedgerEvent.objects.count()
    lines = (
        GOOD
        + GOOD.replace("zettel-7.pdf", "scans/zettel-8.pdf")
        + "h.mayer@havelberg.example;email;;;;;;;ja\n"
        + GOOD.replace("zettel-7.pdf", "zettel-9.tiff")
    )
    for is_dry_run in (True, False):
        with pytest.raises(errors.Invalid) as refused:
            bring_in(lines, is_dry_run=is_dry_run)
        assert refused.value.errors == {
            "evidence": [
                "Zeile 3, Spalte evidence: Die Datei zettel-8.pdf fehlt.",
                "Zeile 5, Spalte evidence: Die Datei zettel-9.tiff fehlt.",
            ]
        }
        assert refused.value.data["rows"][0] == {
            "row": 3, "column": "evidence", "file": "zettel-8.pdf",
        }  # fmt: skip
    assert LedgerEvent.objects.count() == before
    assert not SuppressionEntry.objects.exists()
    assert not Evidence.objects.exists()
    assert kept_files(settings) == []


@pytest.mark.parametrize("reference", ["Ordner 3, Blatt 17", "Akte Nr.12", "Vertrag"])
def test_what_is_no_name_of_a_file_is_noted_alone(bring_in: Any, reference: str) -> None:
    assert counts(bring_in(GOOD.replace("zettel-7.pdf", reference))) == (1, 0, 0, 0)
    assert Evidence.objects.get().grade == "C"


def test_without_files_a_name_is_noted_alone(bring_in: Any) -> None:
    assert counts(bring_in(GOOD, proofs=None)) == (1, 0, 0, 0)
    assert Evidence.objects.get().grade == "C"


def test_a_trial_and_a_row_that_is_left_out_leave_no_file_behind(
    bring_in: Any, settings: Any
) -> None:
    bring_in(GOOD, is_dry_run=True)
    assert kept_files(settings) == []
    wrong = bring_in(GOOD, proofs={"zettel-7.pdf": b"MZ, no PDF"})
    (remark,) = wrong.remarks
    assert (counts(wrong), remark.column) == ((0, 0, 0, 1), "evidence")
    assert kept_files(settings) == []
    assert not Evidence.objects.exists()
    bring_in(GOOD)
    assert kept_files(settings) == [f"{Evidence.objects.get().sha256}.pdf"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "keine Zeile"),
        (b"Kontakt;Kanal\n", "keine Zeile"),
        (b"Name;Ort\na;b\n", "Es fehlt die Spalte value, channels"),
        (b"Kontakt;Kanal\n\0\0;b\n", "keine Textdatei"),
        (b'Kontakt;Kanal\n"a;b\n', "nicht als CSV"),
    ],
)
def test_a_file_that_is_none_is_refused(bring_in: Any, content: bytes, said: str) -> None:
    with pytest.raises(errors.Invalid, match=said):
        bring_in("", content=content)
    assert not LedgerEvent.objects.filter(person__isnull=False).exists()


def test_only_who_manages_consents_may_import(bring_in: Any, sales: User, privacy: User) -> None:
    with pytest.raises(errors.NotPermitted):
        bring_in(GOOD, actor=sales)
    assert counts(bring_in(GOOD, actor=privacy)) == (1, 0, 0, 0)


def test_a_robinson_list_suppresses_everywhere(
    person: Person, email: ContactPoint, at: datetime
) -> None:
    content = b"# DDV\nh.mayer@havelberg.example\n030 23125 199\nkein Wert@\n"
    known = {"actor": None, "content": content, "file_name": "robinson.txt"}
    report = importing.import_robinson(**known, at=at)
    assert (report.rows, report.opted_out, report.refused) == (3, 2, 1)
    again = importing.import_robinson(**known, at=at + timedelta(days=1))
    assert again.opted_out == 0
    lists = set(SuppressionEntry.objects.values_list("list", flat=True))
    assert lists == {SuppressionList.ROBINSON}


def test_the_command_reports_and_refuses_clearly(
    bring_in: Any, tmp_path: Path, controller: Controller
) -> None:
    file = tmp_path / "alt.csv"
    file.write_text(HEAD + GOOD.replace("17.03.2026", "16.03.2026"))
    (tmp_path / "zettel-7.pdf").write_bytes(b"%PDF-1.7 scan")
    out = StringIO()
    call_command(
        "import_consents",
        file,
        "--controller",
        "nordlicht gmbh",
        "--evidence",
        tmp_path,
        "--dry-run",
        stdout=out,
    )
    assert "Probelauf, nichts geschrieben. 1 Zeilen: 0 eingelesen, 1 nicht belegt" in out.getvalue()
    empty = tmp_path / "leer"
    empty.mkdir()
    for arguments, said in (
        ([tmp_path / "fehlt.csv"], "lässt sich nicht lesen"),
        ([file, "--controller", "Wer"], "gibt es nicht. Es gibt: Nordlicht GmbH"),
        ([file, "--evidence", tmp_path / "nirgends"], "Den Ordner"),
        ([file, "--evidence", empty], "alt.csv: Zeile 2, Spalte evidence: Die Datei zettel-7.pdf"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("import_consents", *arguments)
