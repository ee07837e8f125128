"""Exports: what is on the list comes out, harmless, with an audit row; nothing without one."""

import csv
import io
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from contacts import exporting, tables
from contacts.listing import ListName, ListQuery, Scope
from contacts.listing import query as queries
from contacts.listing.selecting import Selection
from contacts.models import Person
from contacts.tables import Format
from crm.kernel import errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


def export(actor, at, text="", *, format=Format.CSV, public_ids=None, **more):
    scope = Scope(ListName.PERSONS, actor, at)
    query = queries.parse_string(scope=scope, text=text)
    to = io.BytesIO()
    count = exporting.export(
        actor=actor,
        list_name=ListName.PERSONS,
        selection=Selection(query, public_ids),
        format=format,
        to=to,
        at=at,
        **more,
    )
    return count, to.getvalue()


def cells(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_opens_in_a_german_spreadsheet(make_person, admin, at):
    make_person("Änne", "Groß")
    count, data = export(admin, at, "columns=name,completeness,confirmed,changed")
    assert count == 1
    assert data.startswith("\ufeff".encode())
    assert data.decode("utf-8-sig") == (
        "Name;Vollständig;Bestätigt;Geändert\r\nGroß, Änne;20;;17.03.2026 10:12\r\n"
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_made_harmless(make_person, admin, at, sign):
    Person.objects.filter(pk=make_person("", "x").pk).update(surname=f"{sign}1+1", remark="a=b")
    _, data = export(admin, at, "columns=surname,remark")
    assert cells(data)[1] == [f"'{sign}1+1", "a=b"]
    _, data = export(admin, at, "columns=surname,remark", format=Format.XLSX)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [f"{sign}1+1", "a=b"]
    assert b"<f>" not in data


def test_xlsx_holds_days_and_numbers_as_such(make_person, admin, at):
    Person.objects.filter(pk=make_person("Anna", "Maier").pk).update(confirmed_on=date(2026, 1, 2))
    _, data = export(admin, at, "columns=name,completeness,confirmed,changed", format=Format.XLSX)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows == [
        ["Name", "Vollständig", "Bestätigt", "Geändert"],
        ["Maier, Anna", 20.0, date(2026, 1, 2), datetime(2026, 3, 17, 10, 12)],  # noqa: DTZ001
    ]


def test_rows_come_in_the_order_of_the_list_whatever_their_number(make_person, admin, at, source):
    names = [f"N{n:04}" for n in range(2500)]
    Person.objects.bulk_create(
        Person(
            surname=name,
            sort_key=name,
            source=source,
            owner=admin,
            confirmed_on=None if n % 2 else date(2026, 1, 1),
            created_at=at,
            updated_at=at,
        )
        for n, name in enumerate(names)
    )
    assert [row[0] for row in cells(export(admin, at, "columns=name")[1])[1:]] == names
    by_day = [row[0] for row in cells(export(admin, at, "columns=name&sort=confirmed")[1])[1:]]
    assert by_day == names[1::2] + names[::2]


def test_a_chunk_costs_the_same_however_many_rows_it_has(make_person, admin, at):
    spent = []
    for number in range(2):
        make_person("", f"N{number}")
        with CaptureQueriesContext(connection) as captured:
            export(admin, at)
        spent.append(len(captured))
    assert spent[0] == spent[1]


def test_conditions_and_chosen_rows(make_person, admin, at):
    first, second = make_person("", "Erste"), make_person("", "Zweite")
    assert export(admin, at, "q=zweite")[0] == 1
    count, data = export(
        admin, at, "columns=name", public_ids=frozenset({str(first.public_id), "unsinn"})
    )
    assert (count, cells(data)[1:]) == (1, [["Erste"]])
    assert second.pk


def test_all_columns_hold_the_parts_of_what_is_shown_whole(make_person, admin, at):
    make_person("Anna", "Heide", particle="von der", title="Dr.")
    header, row = cells(export(admin, at, all_columns=True)[1])
    found = dict(zip(header, row, strict=True))
    assert [found[name] for name in ("Titel", "Vorname", "Namenszusatz", "Nachname")] == [
        "Dr.",
        "Anna",
        "von der",
        "Heide",
    ]


def test_the_audit_row_says_who_took_what_and_how_many(make_person, team_lead, team, at):
    make_person("", "Berliner", team=team)
    export(team_lead, at, "q=berl&columns=name&sort=-changed")
    entry = AuditEntry.objects.get(action="persons.exported")
    assert (entry.actor_id, entry.at) == (team_lead.pk, at)
    assert entry.context == {
        "rows": 1,
        "format": "csv",
        "query": "q=berl&sort=-changed&columns=name",
        "conditions": [],
        "chosen_by_hand": False,
        "columns": ["name"],
    }


def test_without_permission_nothing_is_written(make_person, sales, at):
    make_person("", "Meiner", owner=sales)
    to = io.BytesIO()
    with pytest.raises(errors.NotPermitted):
        exporting.export(
            actor=sales,
            list_name=ListName.PERSONS,
            selection=Selection(ListQuery()),
            format=Format.CSV,
            to=to,
            at=at,
        )
    assert to.getvalue() == b""
    assert not AuditEntry.objects.filter(action="persons.exported").exists()


def test_only_visible_rows_come_out(make_person, team_lead, team, other_team, at):
    make_person("", "Nord", team=team)
    foreign = make_person("", "Süd", team=other_team)
    assert [row[0] for row in cells(export(team_lead, at, "columns=name")[1])[1:]] == ["Nord"]
    assert export(team_lead, at, public_ids=frozenset({str(foreign.public_id)}))[0] == 0


def test_a_sheet_that_is_too_long_is_refused(make_person, admin, at, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS_IN_A_SHEET", 2)
    make_person("", "Eins")
    assert export(admin, at, format=Format.XLSX)[0] == 1
    make_person("", "Zwei")
    with pytest.raises(errors.Invalid) as refused:
        export(admin, at, format=Format.XLSX)
    assert list(refused.value.errors) == ["format"]
    assert AuditEntry.objects.filter(action="persons.exported").count() == 1


def test_numbers_in_csv_have_a_decimal_comma():
    to = io.BytesIO()
    tables.write_all(format=Format.CSV, to=to, header=["a", "b"], rows=[[-1.5, None], [2, "x"]])
    assert to.getvalue().decode("utf-8-sig") == "a;b\r\n-1,5;\r\n2;x\r\n"
