"""Rows that are prepared in a process of their own: the same results, and every way it can end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from django.db import connection

from contacts.importing import elsewhere, imports, pace, running
from contacts.importing.cleaning.rows import prepare
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers.refusals import UnreadableFile
from contacts.importing.readers.table import Row
from contacts.matching import mailboxes, remembering
from contacts.models import (
    ContactPointHolder,
    Employment,
    ImportRow,
    ImportRun,
    ImportState,
    Person,
    PersonSignature,
)
from crm.kernel.errors import DomainError

ROOT = Path(__file__).resolve().parents[3]
WITHIN = 30  # seconds
HEADER = "AP_NR;VORNAME;NACHNAME;NAME1;PLZ;ORT;STRASSE;TELEFON1;EMAIL;GEBURTSDATUM\n"
ROWS = (
    "1;Hans;Maier;Brandt KG;24103;Kiel;Werftstr. 12a;0431 23125;hans.maier@brandt.example;\n"
    "2;Inge;Abel;Brandt KG;24103;Kiel;Werftstr. 12a;0431 2312x;;31.02.1971\n"
    "3;Jörg;Weiß;Kern AG;;;;;weiss@kern.example;17.04.1964\n"
    "3;Jörg;Weiß;Kern AG;;;;;weiss@kern.example;17.04.1964\n"
    "5;Änne;Müller-Voß;;10997;Berlin;Am Speicher 7;030 23125102;voss@web.example;\n"
    "6;Hans;Maier;;24103;Kiel;Ring 3;;h.maier@web.example;\n"
)


others: set[int] = set()


@pytest.fixture(autouse=True)
def _others():
    """A browser of other tests may run beside."""
    others.clear()
    others.update(children())


def children() -> list[int]:
    """The processes that were begun since the test began."""
    return [each.pid for each in psutil.Process().children() if each.pid not in others]


@pytest.fixture
def apart(monkeypatch):
    """However short a file is, its rows are prepared elsewhere, two at a time."""
    monkeypatch.setattr(pace, "CHUNK", 2)
    monkeypatch.setattr(pace, "OWN_PROCESS_FROM", 0)


@pytest.fixture
def queued(upload, at):
    return imports.start(actor=None, run=upload(HEADER + ROWS), at=at)


def written(run):
    """Everything an import leaves behind, without what differs from run to run."""
    names = dict(Person.objects.values_list("pk", "surname"))
    return {
        "rows": [
            (
                row.number,
                row.outcome,
                row.reason,
                row.raw,
                row.fingerprint,
                names.get(row.person_id),
            )
            for row in ImportRow.objects.filter(run=run).order_by("number")
        ],
        "suspects": [
            len(each)
            for each in ImportRow.objects.filter(run=run)
            .order_by("number")
            .values_list("suspect_ids", flat=True)
        ],
        "keys": list(Person.objects.order_by("pk").values_list("sort_key", "search", "birth_date")),
        "signatures": [
            bytes(data)[8:]
            for data in PersonSignature.objects.order_by("pk").values_list("data", flat=True)
        ],
        "reached": list(
            ContactPointHolder.objects.order_by("pk").values_list(
                "contact_point__normalised", "purpose"
            )
        ),
        "employed": Employment.objects.count(),
        "counts": (run.created_count, run.rejected_count, run.unchanged_count, run.marked_count),
    }


def test_prepared_elsewhere_everything_is_as_if_prepared_here(
    upload, go, take_back, apart, monkeypatch
):
    processes = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: processes.append("one") or fork())
    there = go(upload(HEADER + ROWS))
    found = written(there)
    assert (there.state, processes, children()) == (ImportState.DONE, ["one"], [])
    take_back(there)
    assert Person.objects.count() == 0

    monkeypatch.setattr(pace, "OWN_PROCESS_FROM", 1000)
    here = go(upload(HEADER + ROWS))

    expected = written(here)
    assert processes == ["one"]
    assert found["counts"] == (4, 1, 1, 1)
    employers = {"signatures": None}  # hold the numbers of employers, which differ
    assert found | employers == expected | employers


def test_few_rows_are_prepared_here(upload, go, monkeypatch):
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process for six rows"))

    assert go(upload(HEADER + ROWS)).created_count == 4


def test_what_a_reader_noticed_there_is_told_here(import_file, apart):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Hans Maier\nN:Maier;Hans;;;\nX-SHOE-SIZE:43\nEND:VCARD\n"

    run = import_file(card, file_name="karten.vcf")

    assert run.settings["notices"] == {"X-SHOE-SIZE": 1}


def test_a_killed_process_leaves_a_run_that_can_go_on(queued, go, at, apart, monkeypatch):
    write = running._write_chunk

    def write_and_kill(chunk, context):
        going_on = write(chunk, context)
        (process,) = children()
        os.kill(process, signal.SIGKILL)
        return going_on

    def wait_at_line_4(row, plan):
        time.sleep(WITHIN if row.number == 4 else 0)
        return prepare(row, plan)

    monkeypatch.setattr(pace, "prepare", wait_at_line_4)
    monkeypatch.setattr(running, "_write_chunk", write_and_kill)
    with pytest.raises(elsewhere.Failed, match="ended: -9"):
        running.work(queued.pk, clock=lambda: at)
    queued.refresh_from_db()
    assert (queued.state, queued.position) == (ImportState.FAILED, 3)
    assert queued.failure == (
        "Der Import brach wegen eines unerwarteten Fehlers ab. Alles bis Zeile 3 ist übernommen; "
        "Sie können ihn fortsetzen."
    )
    assert ImportRow.objects.filter(run=queued).count() == 2
    assert children() == []

    monkeypatch.setattr(pace, "prepare", prepare)
    monkeypatch.setattr(running, "_write_chunk", write)
    run = go(queued)

    assert (run.state, run.failure) == (ImportState.DONE, "")
    assert (run.created_count, run.rejected_count, run.unchanged_count) == (4, 1, 1)
    assert ImportRow.objects.filter(run=run).count() == 6


def test_an_error_there_is_told_here(queued, go, at, apart, monkeypatch, caplog):
    def fail_at_line_4(row, plan):
        if row.number == 4:
            raise RuntimeError("Strom weg")
        return prepare(row, plan)

    monkeypatch.setattr(pace, "prepare", fail_at_line_4)
    with pytest.raises(elsewhere.Failed, match="RuntimeError: Strom weg"):
        running.work(queued.pk, clock=lambda: at)
    queued.refresh_from_db()
    assert (queued.state, queued.position) == (ImportState.FAILED, 3)
    assert queued.failure.endswith("bis Zeile 3 ist übernommen; Sie können ihn fortsetzen.")
    assert "fail_at_line_4" in caplog.text
    assert children() == []

    monkeypatch.setattr(pace, "prepare", prepare)
    assert go(queued).created_count == 4


def test_a_refusal_there_is_one_here(queued, at, apart, monkeypatch):
    def gone(path, options):
        raise UnreadableFile("Die Datei ist fort.")

    monkeypatch.setattr(pace, "open_table", gone)
    running.work(queued.pk, clock=lambda: at)

    queued.refresh_from_db()
    assert (queued.state, queued.failure) == (ImportState.FAILED, "Die Datei ist fort.")
    assert Person.objects.count() == 0
    assert children() == []


def test_cancelling_ends_the_process(queued, go, at, apart, monkeypatch):
    write = running._write_chunk

    def write_and_cancel(chunk, context):
        going_on = write(chunk, context)
        if going_on and context.run.position == 3:
            imports.cancel(actor=None, run=context.run, at=at)
        return going_on

    monkeypatch.setattr(running, "_write_chunk", write_and_cancel)
    running.work(queued.pk, clock=lambda: at)

    queued.refresh_from_db()
    assert (queued.state, queued.position) == (ImportState.CANCELLED, 3)
    assert children() == []
    assert go(queued).created_count == 4


def test_a_failing_database_ends_the_process(queued, at, apart, monkeypatch):
    def fail(rows, context):
        raise RuntimeError("Datenbank weg")

    monkeypatch.setattr(running.chunks, "write", fail)
    with pytest.raises(RuntimeError, match="Datenbank weg"):
        running.work(queued.pk, clock=lambda: at)

    assert children() == []


@pytest.mark.django_db
def test_the_process_has_neither_connections_nor_files_of_this_one():
    connection.ensure_connection()
    theirs = connection.connection.fileno()
    os.fstat(theirs)

    def look():
        yield sorted(int(name) for name in os.listdir("/proc/self/fd"))
        yield signal.getsignal(signal.SIGINT)

    with elsewhere.results(look) as results:
        found, interrupted = list(results)

    assert theirs not in found
    assert len([number for number in found if number > 2]) <= 2  # the pipe, the listing itself
    assert interrupted == signal.SIG_IGN
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_no_more_is_worked_out_than_the_pipe_holds_and_one(tmp_path):
    marks = tmp_path / "marks"

    def many():
        for _number in range(1000):
            with marks.open("a") as file:
                file.write("x")
            yield bytes(2 << 20)

    with elsewhere.results(many) as results:  # each more than the pipe holds
        next(results)
        time.sleep(0.5)
        assert len(marks.read_text()) <= 3
    assert children() == []


def test_a_refusal_keeps_its_words():
    def refuse():
        yield 1
        raise DomainError("So nicht.")

    with elsewhere.results(refuse) as results:
        assert next(results) == 1
        with pytest.raises(DomainError) as refusal:
            next(results)
    assert refusal.value.message == "So nicht."


LISTENER = """
import itertools, os, sys, time
from contacts.importing import elsewhere

def work():
    yield os.getpid()
    for number in itertools.count():
        time.sleep(0.05)
        yield number

with elsewhere.results(work) as results:
    print(next(results), flush=True)
    time.sleep(600)
"""


def test_the_process_dies_with_whoever_listens():
    listener = subprocess.Popen(
        [sys.executable, "-c", LISTENER], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert listener.stdout is not None
    speaker = psutil.Process(int(listener.stdout.readline()))

    listener.kill()
    listener.wait()

    speaker.wait(timeout=WITHIN)
    assert not speaker.is_running()


def test_another_process_teaches_what_it_found_out(monkeypatch):
    given = ("k.abel@web.example", "konrad", "abel")
    answer = mailboxes.mailbox(*given)
    asked: list[tuple[str, ...]] = []

    def slow(*words):
        asked.append(words)
        return answer

    known = remembering.Remembered(slow, 2)
    known.recorded = {}
    assert (known(*given), known(*given), asked) == (answer, answer, [given])
    assert known.recorded == {given: answer}

    taught = remembering.Remembered(slow, 2)
    taught.learn({given: answer})
    assert taught(*given) == answer
    for number in range(5):
        taught(str(number))
    assert asked == [given, *((str(number),) for number in range(5))]
    taught(*given)  # forgotten by now
    assert asked[-1] == given


def test_a_row_comes_across_as_it_is(upload, at):
    run = upload(HEADER + ROWS)
    from contacts.importing import plans, settings

    reading = pace.Reading(
        Path(run.file.path), settings.of(run).found, plans.plan_of(run, at=at), behind=0
    )
    here = list(reading.portions())

    with elsewhere.results(reading.portions) as results:
        there = list(results)

    assert there == here
    assert [len(portion.chunk) for portion in there] == [6, 0]
    row, prepared = there[0].chunk[0]
    assert type(row) is Row
    assert type(prepared) is PreparedRow
    assert ImportRun.objects.get(pk=run.pk).position == 0
