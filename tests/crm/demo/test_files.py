"""The files are what their programs would write, readable by the import, and the truth fits."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from contacts.importing import suggestions
from contacts.importing.readers import open_table
from contacts.importing.readers.table import Row
from crm.demo import cast, files
from crm.demo.formats import erp, outlook
from crm.demo.generating import generate
from crm.demo.records import Origin


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    files.write_demo(path, persons=1200, companies=280)
    return path


def rows_of(path: Path) -> tuple[tuple[str, ...], list[Row]]:
    with open_table(path) as table:
        return table.header, list(table.rows)


def test_the_demo_has_its_size_with_the_cast_in_it(tmp_path: Path) -> None:
    written = files.write_demo(tmp_path)
    with (tmp_path / files.TRUTH).open(encoding="utf-8", newline="") as truth:
        rows = list(csv.DictReader(truth))
    assert sum(file.records for file in written) == len(rows)
    assert sum(1 for row in rows if row["entity_id"] != "0") == 5000
    firms = {row["company_id"] for row in rows if row["errors"] != "second-account"} - {"0"}
    second_accounts = [row for row in rows if row["errors"] == "second-account"]
    assert len(firms) + len(second_accounts) == 1200
    people = Counter(row["entity_id"] for row in rows if row["entity_id"] != "0")
    assert people[str(cast.FIRST_ENTITY)] == 3
    repeated = sum(1 for count in people.values() if count > 1)
    assert 0.115 < repeated / len(people) < 0.125


def test_writing_twice_writes_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        files.write_demo(tmp_path / name, persons=400, companies=90)
    for name in (Origin.ERP.value, Origin.OUTLOOK.value, Origin.FAIR.value, files.TRUTH):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_erp_export(folder: Path) -> None:
    raw = (folder / Origin.ERP).read_bytes()
    assert raw.startswith(b"KUNDENNR;NAME1;NAME2;STRASSE")
    assert "Müller".encode("cp1252") in raw
    header, rows = rows_of(folder / Origin.ERP)
    assert header == erp.HEADER
    assert [row for row in rows if row.problem] == []
    assert all(len(row.values[1]) <= erp.NAME_WIDTH for row in rows)
    assert suggestions.recognise(header) == "erp"


def test_the_outlook_export(folder: Path) -> None:
    header, rows = rows_of(folder / Origin.OUTLOOK)
    assert header == outlook.HEADER
    assert [row for row in rows if row.problem] == []
    assert suggestions.recognise(header) == "outlook"


def test_the_excel_list_has_its_header_in_the_third_line(folder: Path) -> None:
    with open_table(folder / Origin.LIST) as table:
        assert table.options.header_row == 3
        rows = list(table.rows)
    places = {(row.values[11], row.values[12]) for row in rows}
    assert ("1067", "Dresden") in places


def test_the_cards_come_in_three_versions_with_photos(folder: Path) -> None:
    text = (folder / Origin.FAIR).read_bytes().decode()
    for version in ("2.1", "3.0", "4.0"):
        assert f"VERSION:{version}\r\n" in text
    assert "ENCODING=QUOTED-PRINTABLE:" in text
    with open_table(folder / Origin.FAIR) as table:
        rows = list(table.rows)
        assert table.notices["PHOTO"] > 3
        assert table.notices["X-SCANNER-STAND"] > 100
    assert sum(1 for row in rows if row.problem) == 1


def test_the_truth_names_the_rows_as_the_reader_counts_them(tmp_path: Path) -> None:
    records = list(generate(persons=300, companies=70, seed=5))
    files.write(tmp_path, records, seed=5)
    surnames: dict[str, set[str]] = {}
    for record in records:
        surnames.setdefault(str(record.entity), set()).add(erp.encodable(record.surname).casefold())
    header, rows = rows_of(tmp_path / Origin.OUTLOOK)
    by_number = {row.number: row.values[header.index("Nachname")].casefold() for row in rows}
    with (tmp_path / files.TRUTH).open(encoding="utf-8", newline="") as truth:
        told = [row for row in csv.DictReader(truth) if row["file"] == Origin.OUTLOOK]
    assert len(told) == len(rows)
    for row in told:
        assert any(by_number[int(row["row"])].endswith(n) for n in surnames[row["entity_id"]])
