"""What does a mapping make of the first rows?"""

from datetime import date

from contacts.importing import survey
from contacts.importing.cleaning.cells import columns_of
from contacts.importing.cleaning.rows import Plan
from contacts.importing.mapping import Mapping
from contacts.importing.readers.table import Problem, Row

HEADER = ("NAME1", "TEL", "EMAIL", "KZ")
MAPPING = Mapping(
    columns={
        "NAME1": "person.surname_given",
        "TEL": "phone.business",
        "EMAIL": "email.business",
        "KZ": None,
    }
)
ROWS = [
    Row(2, ["Maier, Johannes", "030 23125 101", "maier@havelberg.example", "J"]),
    Row(3, ["Müller-Voß, Änne", "030 23125 1o2", "", "N"]),
    Row(4, ["", "", "", ""]),
    Row(5, ["Abel"], Problem("ragged-row", "Die Zeile hat 1 statt 4 Spalten.")),
]


def plan(**values: object) -> Plan:
    return Plan(columns=columns_of(MAPPING, HEADER), today=date(2026, 3, 17), **values)  # type: ignore[arg-type]


def test_each_column_tells_how_much_of_it_was_read() -> None:
    found = survey.take(rows=ROWS, header=HEADER, plan=plan())

    name, phone, email, sign = found.findings
    assert (name.read, name.empty, name.refused) == (2, 1, 0)
    assert (phone.read, phone.empty, phone.refused) == (1, 1, 1)
    assert phone.problem is not None
    assert phone.problem.column == "TEL"
    assert (email.read, email.empty) == (1, 2)
    assert (sign.target, sign.words) == ("", ["J", "N"])
    assert name.examples == ["Maier, Johannes", "Müller-Voß, Änne"]


def test_rows_that_would_be_refused_are_named_with_the_cell_in_question() -> None:
    found = survey.take(rows=ROWS, header=HEADER, plan=plan())

    assert (found.rows, found.ready, found.complete) == (4, 1, True)
    assert [(question.number, question.cell) for question in found.questions] == [
        (3, "030 23125 1o2"),
        (4, ""),
        (5, ""),
    ]
    assert found.questions[2].problem.code == "ragged-row"


def test_channels_beyond_the_licence_are_told() -> None:
    found = survey.take(rows=ROWS, header=HEADER, plan=plan(licensed=frozenset({"POSTAL"})))

    unlicensed = [finding.name for finding in found.findings if finding.is_unlicensed]
    assert unlicensed == ["TEL", "EMAIL"]


def test_only_the_first_rows_are_looked_at() -> None:
    found = survey.take(rows=ROWS, header=HEADER, plan=plan(), limit=2)

    assert (found.rows, found.complete) == (2, False)
    assert len(found.questions) == 1


def test_many_different_cells_are_not_offered_for_translation() -> None:
    rows = [Row(number, [f"Name {number}", "", "", "J"]) for number in range(2, 20)]

    found = survey.take(rows=rows, header=HEADER, plan=plan())

    assert found.findings[0].words == []
    assert found.findings[3].words == ["J"]


def test_one_row_is_shown_as_it_will_be() -> None:
    first = survey.take(rows=ROWS, header=HEADER, plan=plan())
    second = survey.take(rows=ROWS, header=HEADER, plan=plan(), focus=3)

    assert first.focused is not None
    assert first.focused.person is not None
    assert first.focused.person.surname == "Maier"
    assert second.focused is not None
    assert second.focused.number == 3
    assert second.numbers == [2, 3, 4, 5]
