"""CSV and its relatives: encoding, delimiter, header and rows found without being told."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.importing.readers import ReadOptions, open_table, preview
from contacts.importing.readers.options import from_json
from contacts.importing.readers.refusals import BadReadOptions

Write = Callable[..., Path]
PEOPLE = (
    "Vorname;Nachname;Straße;Ort\nÄnne;Müller-Voß;Größenweg 3;Köln\nJosé;Weiß;Übergasse 1;Fürth\n"
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write("text", encoding="cp1252")`` or bytes."""

    def make(content: str | bytes, *, encoding: str = "utf-8", name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return make


def rows_of(path: Path, options: ReadOptions | None = None) -> list[list[str]]:
    with open_table(path, options or ReadOptions()) as table:
        return [list(row.values) for row in table.rows]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp850", "cp850"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_german_text_is_read_in_every_encoding(write: Write, encoding: str, found: str) -> None:
    path = write(PEOPLE, encoding=encoding)

    with open_table(path) as table:
        assert table.options.encoding == found
        assert table.header == ("Vorname", "Nachname", "Straße", "Ort")
        assert [row.values[1] for row in table.rows] == ["Müller-Voß", "Weiß"]


def test_the_first_umlaut_may_come_late(write: Write) -> None:
    plain = "Vorname;Nachname\n" + "Hans;Maier\n" * 40_000

    assert preview(write(plain + "Jörg;Weiß\n", encoding="cp1252")).options.encoding == "cp1252"
    assert preview(write(plain + "Jörg;Weiß\n", encoding="utf-8")).options.encoding == "utf-8"


def test_one_damaged_place_does_not_change_the_encoding_of_all(write: Write) -> None:
    good = PEOPLE.encode() * 20
    path = write(good + b"Vorname;M\xfcller;x;y\n")

    assert preview(path).options.encoding == "utf-8"
    assert rows_of(path)[-1][1] == "M\ufffdller"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(write: Write, delimiter: str) -> None:
    path = write(PEOPLE.replace(";", delimiter))

    assert preview(path).options.delimiter == delimiter
    assert rows_of(path)[0] == ["Änne", "Müller-Voß", "Größenweg 3", "Köln"]


def test_commas_and_semicolons_inside_cells_do_not_mislead(write: Write) -> None:
    lines = ["Name,Interessen,Ort", *(f"Maier{i},a;b;c;d;e,Köln" for i in range(50))]
    assert preview(write("\n".join(lines))).options.delimiter == ","

    lines = ["Name;Umsatz;Ort", *(f"Maier{i};12,50;Köln" for i in range(50))]
    assert preview(write("\n".join(lines))).options.delimiter == ";"


def test_excels_own_word_on_the_delimiter_counts(write: Write) -> None:
    path = write("sep=|\nVorname|Nachname\nHans|Maier\n")

    with open_table(path) as table:
        assert table.options.delimiter == "|"
        assert [(row.number, row.values) for row in table.rows] == [(3, ["Hans", "Maier"])]


def test_options_override_what_was_found(write: Write) -> None:
    path = write(PEOPLE, encoding="cp1252")

    wrong = preview(path, ReadOptions(delimiter=","))
    assert wrong.header == ("Vorname;Nachname;Straße;Ort",)
    assert preview(path, ReadOptions(encoding="cp850")).rows[0].values[0] != "Änne"
    assert preview(path, ReadOptions(delimiter=";")).header[0] == "Vorname"


@pytest.mark.parametrize(
    ("text", "row", "header"),
    [
        ("Vorname;Nachname;Ort\nHans;Maier;Kiel\n", 1, ("Vorname", "Nachname", "Ort")),
        ("Adressliste 2026;;\n\nVorname;Nachname;Ort\nHans;Maier;Kiel\n", 3,
         ("Vorname", "Nachname", "Ort")),
        ("Hans;hans@maier.example;24103\nInge;inge@x.example;24105\n", 0,
         ("Spalte 1", "Spalte 2", "Spalte 3")),
        ("Alpha;Beta\nrot;blau\n", 1, ("Alpha", "Beta")),
        ("Telefon;Telefon;;Ort\n1;2;3;4\n", 1, ("Telefon", "Telefon (2)", "Spalte 3", "Ort")),
    ],
)  # fmt: skip
def test_the_header_is_found(write: Write, text: str, row: int, header: tuple[str, ...]) -> None:
    found = preview(write(text))

    assert (found.options.header_row, found.header) == (row, header)


def test_a_header_row_can_be_chosen_or_denied(write: Write) -> None:
    path = write("Vorname;Nachname\nHans;Maier\nInge;Abel\n")

    assert preview(path, ReadOptions(header_row=2)).header == ("Hans", "Maier")
    assert len(preview(path, ReadOptions(header_row=0)).rows) == 3


def test_ragged_rows_are_told_and_the_rest_is_read(write: Write) -> None:
    path = write("A;B;C\n1;2;3\n1;2\n1;2;3;4\n1;2;3;;\n\n;;\n4;5;6\n")

    with open_table(path, ReadOptions(header_row=1)) as table:
        rows = list(table.rows)

    assert [(row.number, row.problem.code if row.problem else "") for row in rows] == [
        (2, ""),
        (3, "ragged-row"),
        (4, "ragged-row"),
        (5, ""),
        (8, ""),
    ]
    assert rows[1].problem is not None
    assert rows[1].problem.message == "Die Zeile hat 2 statt 3 Spalten."
    assert rows[2].values == ["1", "2", "3", "4"]


def test_a_quote_that_nobody_closes_costs_one_row(write: Write) -> None:
    path = write('A;B\n1;2\n3;"offen\n' + "5;6\n" * 3000)

    with open_table(path) as table:
        rows = list(table.rows)

    assert [row.number for row in rows[:4]] == [2, 3, 4, 5]
    assert rows[1].problem is not None
    assert rows[1].problem.code == "unclosed-quote"
    assert len(rows) == 3002


def test_a_cell_may_span_lines(write: Write) -> None:
    path = write('A;B\r\n"eins\r\nzwei";"sagt ""ja"""\r\n3;4\r\n')

    with open_table(path) as table:
        assert [(row.number, row.values) for row in table.rows] == [
            (2, ["eins\r\nzwei", 'sagt "ja"']),
            (4, ["3", "4"]),
        ]


def test_a_huge_cell_is_read_whole(write: Write) -> None:
    path = write(f"A;B\n{'x' * 400_000};2\n")

    assert len(rows_of(path)[0][0]) == 400_000


@pytest.mark.parametrize(
    "data", [{"encoding": "klingon"}, {"delimiter": ";;"}, {"header_row": -1}, {"colour": "red"}]
)
def test_impossible_options_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(BadReadOptions):
        from_json(data)


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
    | st.sampled_from('\n\t";,|'),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.strip()))


@given(
    rows=st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=15),
    delimiter=st.sampled_from([";", ",", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
) -> None:
    path = tmp_path_factory.mktemp("csv") / "liste.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerow(["Vorname", "Nachname", "Straße", "Ort"])
        writer.writerows(rows)

    assert rows_of(path, ReadOptions(header_row=1)) == rows
