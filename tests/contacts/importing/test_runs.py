"""The life of a run: dry runs, refusals, cancel, resume, access, what is told."""

import csv
import io

import pytest

from contacts import criteria, qualification, sources
from contacts.importing import imports, locks, pace, reports, running
from contacts.importing.mapping import BadMapping
from contacts.importing.readers.refusals import EmptyFile, WrongFileType
from contacts.importing.storing import records
from contacts.models import (
    Company,
    ContactPoint,
    CriterionSubject,
    CriterionType,
    CriterionValue,
    ImportRow,
    ImportRun,
    ImportState,
    Person,
    Sensitivity,
    SourceKind,
)
from crm.kernel import errors
from crm.kernel.models import AuditEntry

MIXED = (
    "Vorname;Nachname;PLZ;Telefon;Bemerkung\n"
    "Hans;Maier;24103;030 23125101;\n"
    "Inge;Abel;1067;030 23125102;\n"
    "Uwe;Roth;24103\n"
    "Anna;Kern;24103;030 23125 1o4;=1+1\n"
    "Jörg;Weiß;24103;030 23125105;\n"
)


def test_bad_rows_are_refused_and_the_rest_is_imported(import_file, outcomes):
    run = import_file(MIXED)

    assert run.state == ImportState.DONE
    assert outcomes(run) == [
        (2, "CREATED", ""),
        (3, "REJECTED", "postal-code-short"),
        (4, "REJECTED", "ragged-row"),
        (5, "REJECTED", "phone-letters"),
        (6, "CREATED", ""),
    ]
    assert (run.created_count, run.rejected_count, run.rows_total, run.position) == (2, 3, 5, 6)
    row = ImportRow.objects.get(run=run, number=3)
    assert (row.column, row.raw) == ("PLZ", ["Inge", "Abel", "1067", "030 23125102", ""])
    assert row.reason == (
        "Die Postleitzahl „1067“ hat nur vier Ziffern: wohl ging eine führende Null verloren. "
        "Meinen Sie 01067?"
    )


def test_every_kind_of_bad_input_costs_its_row_and_nothing_else(import_file, outcomes):
    rows = [
        "Hans;Maier;030 23125101;14.02.1971;",
        "Nul\x00l;Byte;;;",
        f"Lang;Text;;;{'x' * 40_000}",
        "Kein;Datum;;31.02.1971;",
        "Keine;Nummer;12o4;;",
        "Zu;wenig",
        "Zu;viel;;;;mehr",
        'Offenes;"Zeichen;;;',
        ";;030 23125102;;",
        "Jörg;Weiß;;;=1+1",
    ]
    content = "\r\n".join(["Unsere Kunden", "", "Vorname;Nachname;Telefon;Geburtstag;Notiz", *rows])

    run = import_file(content.encode("cp1252"))

    assert run.state == ImportState.DONE
    assert outcomes(run) == [
        (4, "CREATED", ""),
        (5, "REJECTED", "nul-character"),
        (6, "REJECTED", "too-long"),
        (7, "REJECTED", "birth-date-impossible"),
        (8, "REJECTED", "phone-letters"),
        (9, "REJECTED", "ragged-row"),
        (10, "REJECTED", "ragged-row"),
        (11, "REJECTED", "unclosed-quote"),
        (12, "REJECTED", "no-name"),
        (13, "CREATED", ""),
    ]
    assert ImportRow.objects.get(run=run, number=6).raw[4] == "x" * 40_000
    assert ImportRow.objects.get(run=run, number=5).raw[0] == "Nul\u2400l"


def test_rejected_rows_can_be_mended_and_imported_again(import_file):
    run = import_file(MIXED)
    report = "".join(reports.rejected(run))

    table = list(csv.reader(io.StringIO(report.lstrip("\ufeff")), delimiter=";"))
    assert table[0] == ["Vorname", "Nachname", "PLZ", "Telefon", "Bemerkung",
                        "Einklang: Zeile", "Einklang: Spalte", "Einklang: Grund"]  # fmt: skip
    assert table[1][:7] == ["Inge", "Abel", "1067", "030 23125102", "", "3", "PLZ"]
    assert table[2][:7] == ["Uwe", "Roth", "24103", "", "", "4", ""]
    assert table[3][4] == "'=1+1"

    mended = report.replace("1067;030", "01067;030").replace("1o4", "104")
    again = import_file(mended, file_name="berichtigt.csv")

    assert (again.created_count, again.rejected_count) == (3, 0)
    assert Person.objects.get(surname="Kern").remark == "=1+1"
    assert Person.objects.count() == 5


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=SUMME(A1)", "'=SUMME(A1)"),
        ("@import", "'@import"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("+49 30 23125-101", "+49 30 23125-101"),
        ("-12,5", "-12,5"),
        ("Maier", "Maier"),
    ],
)
def test_formulas_are_neutralised_on_the_way_out(cell, shown):
    assert reports.plain_text(cell) == shown


def test_a_dry_run_tells_everything_and_keeps_nothing(upload, go, outcomes):
    run = upload(MIXED)
    entries = AuditEntry.objects.exclude(action__startswith="import.").count()
    tried = go(run, dry_run=True)

    assert (tried.state, tried.dry_run) == (ImportState.DONE, True)
    assert (tried.created_count, tried.rejected_count) == (2, 3)
    assert (Person.objects.count(), ContactPoint.objects.count()) == (0, 0)
    assert AuditEntry.objects.exclude(action__startswith="import.").count() == entries

    done = go(tried)

    assert (done.dry_run, done.created_count, Person.objects.count()) == (False, 2, 2)
    assert len(outcomes(done)) == 5


def test_a_dry_run_sees_repetitions_across_chunks(upload, go, monkeypatch):
    monkeypatch.setattr(pace, "CHUNK", 2)
    rows = "Hans;Maier\n" * 5

    tried = go(upload(f"Vorname;Nachname\n{rows}"), dry_run=True)

    assert (tried.created_count, tried.unchanged_count) == (1, 4)


def test_a_file_is_imported_once_at_a_time(upload, at):
    first, second = upload(MIXED), upload(MIXED)
    imports.start(actor=None, run=first, at=at)

    with pytest.raises(imports.Busy) as refusal:
        imports.start(actor=None, run=second, at=at)

    assert refusal.value.message == (
        "Die Datei „liste.csv“ wird gerade schon aus der Herkunft „ERP“ importiert. "
        "Bitte warten Sie, bis dieser Import fertig ist."
    )
    second.refresh_from_db()
    assert second.state == ImportState.UPLOADED


def test_a_run_is_worked_on_by_one_process(upload, at):
    run = imports.start(actor=None, run=upload(MIXED), at=at)

    with locks.working_on(run.pk) as mine:
        assert mine
        assert locks.is_worked_on(run.pk)
    assert not locks.is_worked_on(run.pk)


def test_cancelling_stops_between_chunks_and_starting_goes_on(upload, go, at, monkeypatch):
    monkeypatch.setattr(pace, "CHUNK", 2)
    run = imports.start(actor=None, run=upload(MIXED), at=at)
    write = running._write_chunk

    def write_and_cancel(chunk, context):
        going_on = write(chunk, context)
        if going_on and context.run.position == 3:
            imports.cancel(actor=None, run=context.run, at=at)
        return going_on

    monkeypatch.setattr(running, "_write_chunk", write_and_cancel)
    running.work(run.pk, clock=lambda: at)
    run.refresh_from_db()
    assert (run.state, run.position, Person.objects.count()) == (ImportState.CANCELLED, 3, 1)

    run = go(run)

    assert (run.state, run.created_count, run.rejected_count) == (ImportState.DONE, 2, 3)
    assert ImportRow.objects.filter(run=run).count() == 5


def test_a_waiting_run_is_cancelled_at_once(upload, at):
    run = imports.start(actor=None, run=upload(MIXED), at=at)

    assert imports.cancel(actor=None, run=run, at=at).state == ImportState.CANCELLED
    running.work(run.pk, clock=lambda: at)
    assert Person.objects.count() == 0


def test_an_unexpected_error_leaves_a_run_that_can_go_on(upload, go, at, monkeypatch):
    monkeypatch.setattr(pace, "CHUNK", 2)
    run = imports.start(actor=None, run=upload(MIXED), at=at)
    write = running.chunks.write

    def fail_at_line_4(rows, context):
        if rows[0].number == 4:
            raise RuntimeError("Strom weg")
        return write(rows, context)

    monkeypatch.setattr(running.chunks, "write", fail_at_line_4)
    with pytest.raises(RuntimeError):
        running.work(run.pk, clock=lambda: at)
    run.refresh_from_db()
    assert (run.state, run.position) == (ImportState.FAILED, 3)
    assert run.failure == (
        "Der Import brach wegen eines unerwarteten Fehlers ab. Alles bis Zeile 3 ist übernommen; "
        "Sie können ihn fortsetzen."
    )

    monkeypatch.setattr(running.chunks, "write", write)
    run = go(run)
    assert (run.state, run.created_count, run.failure) == (ImportState.DONE, 2, "")


def test_a_row_that_the_database_refuses_costs_only_itself(upload, go, monkeypatch):
    from django.db import DataError

    write = running.chunks.write

    def refuse_maier(rows, context):
        results = write(rows, context)
        if any(row.person and row.person.surname == "Maier" for row in rows):
            raise DataError("value too long")
        return results

    monkeypatch.setattr(running.chunks, "write", refuse_maier)
    run = go(upload(MIXED))

    assert (run.state, run.created_count, run.rejected_count) == (ImportState.DONE, 1, 4)
    assert ImportRow.objects.get(run=run, number=2).reason_code == "database"


@pytest.mark.parametrize(("column", "value"), [("salutation", "HERZOG"), ("owner_id", 987654321)])
def test_a_row_that_breaks_a_constraint_costs_only_itself(
    upload, go, outcomes, monkeypatch, column, value
):
    person_row = records.person_row

    def broken(pk, row, *rest, **more):
        made = list(person_row(pk, row, *rest, **more))
        if row.person.surname == "Maier":
            made[records.PERSON_COLUMNS.index(column)] = value
        return tuple(made)

    monkeypatch.setattr(records, "person_row", broken)
    run = go(upload(MIXED))

    assert (run.state, run.created_count, run.rejected_count) == (ImportState.DONE, 1, 4)
    assert outcomes(run)[0] == (2, "REJECTED", "database")
    assert [person.surname for person in Person.objects.all()] == ["Weiß"]
    assert not ContactPoint.objects.filter(normalised="+493023125101").exists()
    assert AuditEntry.objects.filter(action="person.created").count() == 1


def test_nothing_unreadable_is_kept(upload, source, settings):
    with pytest.raises(EmptyFile):
        upload(b"")
    with pytest.raises(WrongFileType):
        upload(b"%PDF-1.7 und so weiter", file_name="kunden.csv")

    assert ImportRun.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_source_that_expired_gives_nothing_any_more(upload, at):
    expired = sources.create(
        actor=None,
        kind=SourceKind.SUPPLIER,
        name="Falk",
        licence="Post",
        use_until=at.date().replace(year=2025),
        at=at,
    )

    with pytest.raises(imports.SourceExpired) as refusal:
        upload(MIXED, source=expired)

    assert refusal.value.message == "Daten aus „Falk“ durften nur bis 17.03.2025 genutzt werden."


def test_channels_beyond_the_licence_stay_out(import_file, at):
    falk = sources.create(
        actor=None,
        kind=SourceKind.SUPPLIER,
        name="Falk",
        licence="Post und Telefon",
        licensed_channels=["POSTAL", "PHONE"],
        use_until=at.date().replace(year=2027),
        at=at,
    )
    run = import_file("Nachname;Telefon;E-Mail\nMaier;030 23125101;m@x.example", source=falk)

    assert [point.kind for point in ContactPoint.objects.all()] == ["PHONE"]
    row = ImportRow.objects.get(run=run)
    assert (row.outcome, row.reason_code, row.column) == (
        "CREATED",
        "channel-not-licensed",
        "E-Mail",
    )


def test_who_may_not_import_cannot(upload, sales, at):
    with pytest.raises(errors.NotPermitted):
        upload(MIXED, actor=sales)
    run = upload(MIXED)
    for act in (imports.start, imports.cancel, imports.revert, imports.discard):
        with pytest.raises(errors.NotPermitted):
            act(actor=sales, run=run, at=at)


def test_new_records_belong_to_the_importer_or_the_owner_named(import_file, team_lead, sales, team):
    content = f"Nachname;Betreuer\nMaier;\nAbel;{sales.email.upper()}\n"
    import_file(content, actor=team_lead)

    found = Person.objects.order_by("pk").values_list("surname", "owner", "team")
    assert list(found) == [("Maier", team_lead.pk, team.pk), ("Abel", sales.pk, team.pk)]


def test_criteria_are_filled_and_sensitive_ones_are_not(import_file, upload, at):
    make = {"actor": None, "at": at}
    criteria.create(
        label="Potenzial",
        subject=CriterionSubject.PERSON,
        type=CriterionType.CHOICE,
        choices=["A", "B"],
        **make,
    )
    criteria.create(
        label="Bonität", subject=CriterionSubject.COMPANY, type=CriterionType.NUMBER, **make
    )
    club = criteria.create(
        label="Lieblingsverein",
        subject=CriterionSubject.PERSON,
        type=CriterionType.TEXT,
        sensitivity=Sensitivity.PERSONALITY,
        **make,
    )
    header = "Nachname;Firma;Potenzial;Bonität;Lieblingsverein"
    run = import_file(f"{header}\nMaier;Brandt KG;b;2,5;Kiel\nAbel;Brandt KG;C;;\n")

    values = CriterionValue.objects.order_by("criterion__label")
    assert [(value.criterion.label, value.value) for value in values] == [
        ("Bonität", 2.5),
        ("Potenzial", "b"),
    ]
    assert values[0].company == Company.objects.get()
    assert ImportRow.objects.get(run=run, number=3).reason_code == "criterion"
    columns = {"Nachname": "person.surname", "Lieblingsverein": f"criterion.{club.code}"}
    with pytest.raises(qualification.SensitiveValueRefused):
        upload(f"{header}\nMaier;;;;Kiel\n", mapping={"columns": columns})


def test_reading_can_be_changed_until_the_import_begins(upload, go, at):
    run = upload(MIXED.encode("cp1252"))
    assert run.settings["found"] == {"encoding": "cp1252", "delimiter": ";", "header_row": 1}

    run = imports.configure(actor=None, run=run, reading={"delimiter": ","}, at=at)
    assert run.settings["header"] == ["Vorname;Nachname;PLZ;Telefon;Bemerkung"]
    with pytest.raises(BadMapping):
        imports.start(actor=None, run=run, at=at)

    run = imports.configure(actor=None, run=run, reading={}, at=at)
    assert run.settings["mapping"]["columns"]["PLZ"] == "address.business.postal_code"
    run = go(run)
    assert Person.objects.filter(surname="Weiß").exists()
    with pytest.raises(imports.WrongState):
        imports.configure(actor=None, run=run, reading={"delimiter": ","}, at=at)


def test_an_upload_can_be_thrown_away(upload, go, at, settings, django_capture_on_commit_callbacks):
    run = upload(MIXED)
    with django_capture_on_commit_callbacks(execute=True):
        imports.discard(actor=None, run=run, at=at)

    assert ImportRun.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    with pytest.raises(imports.WrongState):
        imports.discard(actor=None, run=go(upload(MIXED)), at=at)


def test_statements_do_not_grow_with_rows(upload, go, django_assert_max_num_queries):
    def content(count: int) -> str:
        rows = (
            f"{n};{n % 7};Brandt {n % 7} KG;Hans{n};Maier{n};24103;Kiel;030 23125{n:03};"
            f"m{n}@x.example;14.02.1971"
            for n in range(count)
        )
        return "\n".join(
            [
                "Personennummer;Kundennummer;Firma;Vorname;Nachname;PLZ;Ort;Telefon;E-Mail;Geburtsdatum",
                *rows,
            ]
        )

    few, many = upload(content(3)), upload(content(900), file_name="viele.csv")
    with django_assert_max_num_queries(66):
        assert go(few).created_count == 3
    with django_assert_max_num_queries(78):
        assert go(many).created_count == 897
    again = upload(content(900).replace("Hans", "Hanna"), update_existing=True)
    with django_assert_max_num_queries(78):
        assert go(again).updated_count == 900
