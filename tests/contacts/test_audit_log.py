"""The audit log: everything in words, in pages, as far as the reader may know it."""

import ast
import csv
import io
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import (
    act_kinds,
    act_names,
    audit_files,
    audit_log,
    audit_query,
    companies,
    criteria,
    exporting,
    persons,
    qualification,
    sources,
)
from contacts.act_kinds import Kind
from contacts.audit_query import Query
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.listing.selecting import Selection
from contacts.models import CriterionSubject, CriterionType, SourceKind
from contacts.tables import Format
from crm.accounts import tokens, users
from crm.accounts.models import RoleCode, Visibility
from crm.kernel import audit, errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent.parent


def log(reader, **conditions):
    query = audit_query.of(reader=reader, **conditions)
    return audit_log.page(reader=reader, query=query).entries


def titles(entries):
    return [entry.title for entry in entries]


def in_words(entry):
    return [audit_files.in_words(each) for each in entry.details]


@pytest.fixture
def narrow_privacy(privacy, admin, at):
    """A privacy officer who sees only what is their team's."""
    role = privacy.roles.get(code=RoleCode.PRIVACY)
    users.set_role_visibility(actor=admin, role=role, visibility=Visibility.TEAM, at=at)
    privacy.__dict__.pop("access", None)
    return privacy


def test_every_act_that_is_recorded_anywhere_has_a_title():
    found = set()
    for package in ("contacts", "crm"):
        for path in (ROOT / package).rglob("*.py"):
            found.update(_recorded(ast.parse(path.read_text())))
    assert len(found) > 30
    assert found - set(act_names.TITLES) == set()


def _recorded(module):
    """Values of ``action=`` and first arguments of ``Act`` that stand there as they are."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        given = [each.value for each in node.keywords if each.arg == "action"]
        if getattr(node.func, "id", "") == "Act" and node.args:
            given.append(node.args[0])
        for value in given:
            if isinstance(value, ast.Constant) and "." in str(value.value):
                yield value.value


def test_every_title_is_of_one_kind_and_every_kind_has_titles():
    assert sorted(a for kind in Kind for a in act_kinds.actions_of(kind)) == sorted(
        act_names.TITLES
    )
    assert all(act_kinds.actions_of(kind) for kind in Kind)
    assert set(act_kinds.WORDS) == set(Kind)


def test_a_change_tells_who_what_and_both_values(make_person, admin, source, at):
    person = make_person("Johannes", "Maier")
    persons.update(
        actor=admin,
        person=person,
        values={"surname": "Mayer"},
        source=source,
        at=at + timedelta(hours=1),
    )

    entry = log(admin, object=f"person:{person.public_id}")[0]

    assert (entry.actor, entry.title) == (str(admin), "Nachname geändert")
    assert (entry.subject.kind, entry.subject.key) == ("person", str(person.public_id))
    assert in_words(entry) == ["Nachname: Maier → Mayer"]


def test_an_export_tells_list_conditions_rows_and_file(make_person, admin, at):
    make_person("Anna", "Nord")
    scope = Scope(ListName.PERSONS, admin, at)
    query = queries.parse_string(scope=scope, text="q=Nord&columns=name")
    exporting.export(
        actor=admin,
        list_name=ListName.PERSONS,
        selection=Selection(query),
        format=Format.XLSX,
        to=io.BytesIO(),
        at=at,
    )

    (entry,) = log(admin, kind="export")

    assert entry.title == "Ansprechpartner ausgeleitet"
    assert entry.subject is None
    told = in_words(entry)
    assert told == ["Bedingungen: Suche: Nord", "Zeilen: 1", "Dateiart: XLSX", "Spalten: 1"]


def test_accounts_are_told_in_words(admin, sales, at):
    users.set_roles(actor=admin, user=sales, roles=[RoleCode.SERVICE], at=at)
    tokens.create(actor=admin, user=admin, name="Abgleich", at=at)

    key, roles = log(admin, kind="accounts")[:2]

    assert (key.title, key.subject.name) == ("Schlüssel für ein Programm angelegt", "Abgleich")
    assert roles.title == "Rollen eines Kontos geändert"
    assert in_words(roles) == ["Rollen: Vertrieb → Service"]


def test_answers_to_questions_of_both_kinds_of_records(make_person, admin, source, at):
    person = make_person("Anna", "Nord")
    company = companies.create(actor=admin, values={"name": "Nord"}, source=source, at=at)
    for record, subject in ((person, CriterionSubject.PERSON), (company, CriterionSubject.COMPANY)):
        criterion = criteria.create(
            actor=admin,
            label="Newsletter",
            subject=subject,
            type=CriterionType.BOOLEAN,
            code=f"n-{subject.lower()}",
            at=at,
        )
        qualification.set_value(
            actor=admin, record=record, criterion=criterion, value="ja", source=source, at=at
        )
    found = log(admin, kind="qualification")
    assert [in_words(entry) for entry in found] == [["Newsletter: ja"]] * 2


def test_conditions_hold_together(make_person, admin, sales, source, at):
    person = make_person("Anna", "Nord")
    other = make_person("Berta", "Süd", owner=sales)
    later = at + timedelta(days=3)
    for each in (person, other):
        persons.update(actor=admin, person=each, values={"remark": "neu"}, source=source, at=later)
    sources.create(actor=admin, kind=SourceKind.LIST, name="Liste", at=later)

    assert titles(log(admin, since=later.date())) == [
        "Herkunft angelegt",
        "Bemerkung geändert",
        "Bemerkung geändert",
    ]
    assert titles(log(admin, since=later.date(), kind="record")) == ["Bemerkung geändert"] * 2
    assert titles(log(admin, object=f"person:{person.public_id}", until=at.date())) == ["Angelegt"]
    assert log(admin, actor=str(sales.public_id)) == []
    assert {entry.actor for entry in log(admin, actor="installation")} == {""}


@pytest.mark.parametrize(
    ("conditions", "field"),
    [
        ({"actor": "nobody"}, "actor"),
        ({"kind": "gossip"}, "kind"),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 1)}, "until"),
        ({"since": date.min}, "since"),
        ({"until": date.max}, "until"),
    ],
)
def test_wrong_conditions_are_refused(admin, conditions, field):
    with pytest.raises(errors.Invalid) as refused:
        log(admin, **conditions)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("text", ["person:x", "person:", "role:1", "x", "criterion:nichts"])
def test_an_unknown_object_is_not_found(admin, text):
    with pytest.raises(errors.NotFound):
        log(admin, object=text)


def test_pages_forth_and_back(admin, at):
    with connection.cursor():
        for number in range(7):
            audit.record(actor=admin, action="persons.exported", at=at, context={"rows": number})
    query = Query(kind=Kind.EXPORT)

    def rows(page):
        return [entry.details[0].new for entry in page.entries]

    first = audit_log.page(reader=admin, query=query, size=3)
    second = audit_log.page(reader=admin, query=query, size=3, after=first.older)
    third = audit_log.page(reader=admin, query=query, size=3, after=second.older)
    back = audit_log.page(reader=admin, query=query, size=3, before=third.newer)
    start = audit_log.page(reader=admin, query=query, size=3, before=back.newer)

    assert [rows(page) for page in (first, second, third)] == [
        ["6", "5", "4"],
        ["3", "2", "1"],
        ["0"],
    ]
    assert (first.newer, third.older) == (0, 0)
    assert back == second
    assert (rows(start), start.newer) == (["6", "5", "4"], 0)


def test_what_the_reader_may_not_see_has_neither_name_nor_details(
    make_person, narrow_privacy, admin, team, at
):
    person = make_person("Anna", "Geheim", team=team)

    entry = next(e for e in log(narrow_privacy) if e.subject and e.subject.kind == "person")

    assert (entry.subject.name, entry.subject.key, entry.details) == ("", "", ())
    assert "Geheim" not in str(log(narrow_privacy))
    with pytest.raises(errors.NotFound):
        log(narrow_privacy, object=f"person:{person.public_id}")


def test_of_a_record_that_is_gone_only_those_who_see_everything_learn_the_name(
    narrow_privacy, admin, at
):
    audit.record(
        actor=admin, action="person.removed", at=at, target=("contacts.person", 4711, "Anna Weg")
    )
    assert log(admin)[0].subject.name == "Anna Weg"
    assert log(admin)[0].subject.key == ""
    assert not log(narrow_privacy)[0].subject.is_visible


def test_the_number_of_queries_does_not_grow(make_person, privacy, admin, source, at):
    def cost():
        with CaptureQueriesContext(connection) as queries_:
            entries = audit_log.page(reader=privacy, query=Query()).entries
        return len(entries), len(queries_)

    make_person("Anna", "Nord")
    companies.create(actor=admin, values={"name": "Nord"}, source=source, at=at)
    few, least = cost()
    for number in range(30):
        make_person("Anna", f"Nord{number}")
        companies.create(actor=admin, values={"name": f"Nord{number}"}, source=source, at=at)
    many, most = cost()
    assert (few < many, many) == (True, audit_log.PAGE)
    assert most <= least <= 12


def test_the_file_holds_what_the_screen_shows_and_leaves_an_entry(make_person, privacy, at):
    make_person("Anna", "=Nord")
    to = io.BytesIO()
    query = audit_query.of(reader=privacy, kind="record", since=at.date())

    count = audit_files.export(actor=privacy, query=query, to=to, at=at)

    lines = list(csv.reader(io.StringIO(to.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert count == 1
    assert lines[0] == ["Zeit", "Wer", "Was", "Art", "Gegenstand", "Einzelheiten"]
    assert lines[1][:1] + lines[1][2:5] == [
        "17.03.2026 10:12:00",
        "Angelegt",
        "Ansprechpartner",
        "Anna =Nord",
    ]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor_id, entry.context) == (
        "audit.exported",
        privacy.pk,
        {
            "rows": 1,
            "format": "csv",
            "query": {"kind": "record", "since": "2026-03-17"},
            "conditions": ["Was: Stammdaten", "ab 17.03.2026"],
        },
    )


def test_only_who_may_read_the_log_reads_it(sales, team_lead, at):
    for user in (sales, team_lead):
        with pytest.raises(errors.NotPermitted):
            audit_log.page(reader=user, query=Query())
        with pytest.raises(errors.NotPermitted):
            list(audit_log.stream(reader=user, query=Query()))
        with pytest.raises(errors.NotPermitted):
            audit_files.export(actor=user, query=Query(), to=io.BytesIO(), at=at)


def command(*arguments):
    out = StringIO()
    call_command("audit_log", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_tells_it_in_lines_and_as_json(make_person, admin, at):
    make_person("Anna", "Nord")
    (line,) = command("--actor", admin.email, "--kind", "record", "--since", "2026-03-17")
    assert line.startswith(f"17.03.2026 10:12:00  {admin}  Angelegt  Ansprechpartner  Anna Nord")
    (text,) = command("--actor", admin.email, "--kind", "record", "--json")
    entry = json.loads(text)
    assert (entry["action"], entry["at"]) == ("person.created", "2026-03-17T10:12:00+01:00")
    assert entry["object"]["name"] == "Anna Nord"
    assert {"label": "Nachname", "old": "", "new": "Nord"} in entry["details"]
    assert len(command("--limit", "1")) == 1


def test_the_command_sees_with_the_eyes_it_is_given(make_person, narrow_privacy, sales, team):
    make_person("Anna", "Geheim", team=team)
    assert "Geheim" not in " ".join(command("--as", narrow_privacy.email))
    with pytest.raises(CommandError, match="Ihre Rolle erlaubt das nicht"):
        command("--as", sales.email)
    with pytest.raises(CommandError, match="Ein Konto niemand@x gibt es nicht"):
        command("--actor", "niemand@x")
