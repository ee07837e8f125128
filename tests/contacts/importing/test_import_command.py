"""``manage.py import_contacts``."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contacts import sources
from contacts.models import ImportRun, Person, Source, SourceKind

LIST = "Vorname;Nachname;PLZ\nHans;Maier;24103\nInge;Abel;1067\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "kunden.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch):
    monkeypatch.setattr("contacts.importing.watching.has_worker", lambda: False)


def run_command(*arguments: object) -> str:
    out = StringIO()
    call_command("import_contacts", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_imported_and_reported(path, source, tmp_path):
    report = tmp_path / "fehler.csv"

    out = run_command(path, "--source", "erp", "--json", "--report", report)

    result = json.loads(out)
    assert result["state"] == "DONE"
    assert (result["created_count"], result["rejected_count"], result["rows"]) == (1, 1, 2)
    assert result["reading"] == {"encoding": "utf-8", "delimiter": ";", "header_row": 1}
    table = list(csv.reader(report.open(encoding="utf-8-sig"), delimiter=";"))
    assert table[1][:5] == ["Inge", "Abel", "1067", "3", "PLZ"]
    assert Person.objects.get().source == source


@pytest.mark.django_db(transaction=True)
def test_the_result_is_told_in_words(path, source):
    out = run_command(path, "--source", "ERP")

    assert [line.split(maxsplit=1) for line in out.splitlines()] == [
        ["1", "neu angelegt"],
        ["0", "ergänzt"],
        ["0", "unverändert"],
        ["1", "zurückgewiesen"],
        ["0", "für die Dublettenprüfung markiert"],
    ]


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_keeps_nothing(path, source):
    result = json.loads(run_command(path, "--source", "ERP", "--dry-run", "--json"))

    assert (result["dry_run"], result["created_count"]) == (True, 1)
    assert Person.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_mapping_and_reading_of_ones_own(tmp_path, source):
    path, mapping = tmp_path / "liste.txt", tmp_path / "zuordnung.json"
    path.write_bytes("A|B\nJörg|Weiß\n".encode("cp1252"))
    mapping.write_text('{"columns": {"A": "person.given_name", "B": "person.surname"}}')

    run_command(path, "--source", "ERP", "--mapping", mapping, "--encoding", "cp1252",
                "--delimiter", "|")  # fmt: skip

    assert str(Person.objects.get()) == "Jörg Weiß"


@pytest.mark.django_db(transaction=True)
def test_a_source_is_created_when_asked_to(path):
    with pytest.raises(CommandError, match="Die Herkunft „Falk“ gibt es nicht"):
        run_command(path, "--source", "Falk")
    with pytest.raises(CommandError, match="Gekaufte Adressen brauchen"):
        run_command(path, "--source", "Falk", "--source-kind", "supplier")

    run_command(path, "--source", "Falk", "--source-kind", "supplier", "--licence", "Post",
                "--use-until", "2099-12-31")  # fmt: skip

    source = Source.objects.get()
    assert (source.kind, source.licence, str(source.use_until)) == (
        "SUPPLIER",
        "Post",
        "2099-12-31",
    )
    assert Person.objects.get().source == source


@pytest.mark.django_db(transaction=True)
def test_refusals_have_a_code_for_programs(tmp_path, at):
    sources.create(actor=None, kind=SourceKind.ERP, name="ERP", at=at)
    path = tmp_path / "kunden.csv"
    path.write_bytes(b"%PDF-1.7")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command(
            "import_contacts", str(path), "--source", "ERP", "--json", stdout=out, stderr=StringIO()
        )

    assert json.loads(out.getvalue()) == {
        "error": "import-file-type",
        "message": "Das ist eine PDF-Datei, keine Adressliste. "
        "Bitte wählen Sie eine CSV-, Excel-, OpenDocument- oder vCard-Datei.",
    }
    assert ImportRun.objects.count() == 0
