"""``manage.py import_orders`` and rows that a program sends."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.kernel import errors
from history.commerce import takeovers
from history.models import Order, OrderKind, Takeover, WaitingRow

pytestmark = pytest.mark.django_db
TEXT = (
    "Auftragsnummer;Auftragsdatum;Kundennummer;Netto\n"
    "A-1;28.01.2026;10482;12.345,00\n"
    "A-2;28.01.2026;77;1,00\n"
    "A-3;bald;10482;1,00\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "auftraege.csv"
    path.write_text(TEXT, encoding="cp1252")
    return path


def run(*args, **options):
    out = StringIO()
    call_command("import_orders", *args, stdout=out, **options)
    return out.getvalue()


def test_a_file(file, havelberg, tmp_path):
    report = tmp_path / "fehler.csv"
    told = run(file, kind="orders", report=report)
    assert [line.split()[0] for line in told.splitlines()[:6]] == ["1", "0", "0", "1", "1", "0"]
    assert told.splitlines()[6].startswith("Zeile 4, Auftragsdatum: „bald“ ist kein Datum.")
    assert Order.objects.get().company == havelberg
    assert "A-3;bald" in report.read_text(encoding="utf-8")


def test_as_json_and_dry(file, havelberg):
    told = json.loads(run(file, "--dry-run", "--json"))
    assert {name: told[name] for name in ("rows", "created", "waiting", "refused", "dry_run")} == {
        "rows": 3, "created": 1, "waiting": 1, "refused": 1, "dry_run": True,
    }  # fmt: skip
    assert told["first_refused"][0]["row"] == 4
    assert not Order.objects.exists()


def test_what_waits_is_tried_again(file, havelberg, make_company):
    run(file)
    assert run("--retry").strip() == "0 übernommen"
    make_company("Spät", erp_number="77")
    assert json.loads(run("--retry", "--json")) == {"released": 1}
    assert not WaitingRow.objects.exists()


def test_columns_of_ones_own(tmp_path, havelberg):
    file, columns = tmp_path / "a.csv", tmp_path / "columns.json"
    file.write_text("Vorgang;Tag;Wer;Wieviel\nA-1;01.02.2026;10482;5,00\n")
    with pytest.raises(CommandError, match="Es fehlt eine Spalte für „Auftragsnummer“"):
        run(file)
    chosen = {"Vorgang": "number", "Tag": "ordered_on", "Wer": "customer", "Wieviel": "total"}
    columns.write_text(json.dumps(chosen))
    run(file, columns=columns)
    assert Order.objects.get().number == "A-1"


def test_no_such_file_account_or_mapping(tmp_path, file):
    for args, options in (
        ((tmp_path / "nein.csv",), {}),
        ((file,), {"user": "niemand@einklang.example"}),
        ((file,), {"columns": tmp_path / "nein.json"}),
        ((), {}),
    ):
        with pytest.raises(CommandError):
            run(*args, **options)
    assert not Order.objects.exists()


def test_rows_of_a_program(admin, havelberg, at):
    row = {
        "number": "A-1", "ordered_on": "2026-01-28", "customer": "10482", "total": "1.234",
        "kind": "QUOTE",
    }  # fmt: skip
    sent = {"actor": admin, "kind": "ORDERS", "name": "Shop", "at": at}
    found = takeovers.take_over_rows(rows=[row, {**row, "number": "A-2", "total": "x"}], **sent)
    assert (found.created, found.refused, found.state) == (1, 1, "DONE")
    order = Order.objects.get()
    assert (order.kind, str(order.total)) == (OrderKind.QUOTE, "1.23")
    assert takeovers.take_over_rows(rows=[row], **sent).unchanged == 1


def test_rows_that_are_refused_as_a_whole(admin, at):
    sent = {"actor": admin, "kind": "ORDERS", "name": "Shop", "at": at}
    with pytest.raises(errors.Invalid, match="Das Feld „preis“ gibt es nicht"):
        takeovers.take_over_rows(rows=[{"preis": "1"}], **sent)
    with pytest.raises(errors.Invalid, match=r"höchstens 5\.000"):
        takeovers.take_over_rows(rows=[{}] * 5001, **sent)
    assert not Takeover.objects.exists()
