"""What a spreadsheet could compute is made harmless, and is itself again when it comes back."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts import tables
from contacts.importing.readers import open_table


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+43 1 5870", "'+43 1 5870"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'t Hooft", "'t Hooft"),
        ("Maier", "Maier"),
        ("", ""),
    ],
)
def test_the_dangerous_gets_an_apostrophe(text: str, written: str) -> None:
    assert tables.harmless(text) == written
    assert tables.restored(written) == text


@given(st.text().filter(lambda text: tables.restored(text) == text))
def test_harmless_and_back(text: str) -> None:
    assert tables.restored(tables.harmless(text)) == text


def test_an_export_is_read_back_as_it_was(tmp_path) -> None:
    file = BytesIO()
    table = tables.open_table(format=tables.Format.CSV, to=file, header=["Name", "Telefon"])
    table.write(["Maier", "+43 1 5870"])
    table.close()
    path = tmp_path / "export.csv"
    path.write_bytes(file.getvalue())
    assert [list(row.values) for row in open_table(path).rows] == [["Maier", "+43 1 5870"]]
