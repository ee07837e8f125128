"""A run begins, is watched, stopped or breaks; what the last complete one found holds till then."""

import json
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from contacts import merging
from contacts.duplicates import runs, tasks, watching, working
from contacts.duplicates.setup import workspace_of
from contacts.duplicates.steps import STEPS
from contacts.matching.signatures import Facts
from contacts.matching.store import upkeep
from contacts.models import (
    MatchingKind,
    MatchingModel,
    MatchingRun,
    MatchingScope,
    MatchingShard,
    MatchingSnapshot,
    MatchingState,
    MatchingStep,
    Person,
    SuspectGroup,
    SuspectPair,
)
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from tests.contacts.duplicates.conftest import Search, group_rows, pairs, work_off

pytestmark = pytest.mark.django_db
Write = Callable[[Sequence[Facts]], list[int]]


@pytest.fixture
def twice(write: Write, model: MatchingModel) -> list[int]:
    """One person, written down twice, and a stranger."""
    born = date(1964, 4, 17)
    return write(
        [Facts(given_name="Johannes", surname="Petersen", birth_date=born),
         Facts(given_name="Johannes", surname="Petersen", birth_date=born),
         Facts(given_name="Inge", surname="Abel", birth_date=date(1971, 9, 30))]
    )  # fmt: skip


@pytest.fixture
def begin(at, admin, django_capture_on_commit_callbacks) -> Callable[..., MatchingRun]:
    def start(kind: str = "PERSON", scope: str = "FULL", **values: object) -> MatchingRun:
        with django_capture_on_commit_callbacks(execute=True):
            return runs.start(
                kind=MatchingKind(kind), scope=MatchingScope(scope), at=at,
                **{"actor": admin, **values},
            )  # fmt: skip

    return start


def until(run: MatchingRun, step: MatchingStep, *, at) -> MatchingRun:
    """Work on a run until it has come to a step."""
    while run.step != step:
        for shard in run.shards.filter(is_done=False):
            working.work(shard.pk, clock=lambda: at)
        run = MatchingRun.objects.get(pk=run.pk)
    return run


def nothing_left_of(run: MatchingRun) -> bool:
    return not (
        workspace_of_exists(run)
        or MatchingSnapshot.objects.filter(run=run).exists()
        or run.shards.exclude(result=None).exists()
    )


def workspace_of_exists(run: MatchingRun) -> bool:
    space = workspace_of(run)  # makes its folder
    return any(space.folder.iterdir())


def test_a_run_finds_whoever_is_there_twice(twice, search: Search) -> None:
    run = search()

    assert (run.state, run.records, run.pairs_found, run.groups_found) == ("DONE", 3, 1, 1)
    assert [row[1:3] for row in pairs()] == [tuple(twice[:2])]
    assert [row[2] for row in group_rows()] == [twice[:2]]
    assert run.is_current
    assert run.generation == run.pk
    assert runs.progress(run).share == 1
    assert nothing_left_of(run)
    entries = AuditEntry.objects.filter(action__startswith="matching.").order_by("pk")
    assert [(entry.action, entry.context) for entry in entries] == [
        ("matching.started", {"kind": "PERSON", "scope": "FULL", "retrain": False}),
        ("matching.done", {"records": 3, "pairs": 1, "groups": 1}),
    ]


def test_one_at_a_time_of_each_kind(begin, queued: list[int]) -> None:
    run = begin()
    assert queued == [run.shards.get().pk]
    with pytest.raises(runs.Busy) as refusal:
        begin()
    assert refusal.value.message == (
        "Es wird gerade schon nach Dubletten gesucht. Bitte warten Sie, bis das fertig ist."
    )
    assert MatchingRun.objects.count() == 1
    assert AuditEntry.objects.filter(action="matching.started").count() == 1

    assert begin("COMPANY").state == "QUEUED"


def test_only_who_may_starts_and_stops(begin, sales, service, at) -> None:
    for actor in (sales, service):
        with pytest.raises(errors.NotPermitted):
            begin(actor=actor)
    assert not MatchingRun.objects.exists()
    run = begin()
    with pytest.raises(errors.NotPermitted):
        runs.cancel(actor=sales, run=run, at=at)
    with pytest.raises(errors.NotPermitted):
        runs.runs_of(sales)
    run.refresh_from_db()
    assert run.state == "QUEUED"


def test_a_run_can_be_looked_up_by_its_number(begin, admin) -> None:
    run = begin()
    assert runs.run_for(user=admin, public_id=str(run.public_id)) == run
    for unknown in ("0", "01890000-0000-7000-8000-000000000000"):
        with pytest.raises(errors.NotFound):
            runs.run_for(user=admin, public_id=unknown)


@pytest.mark.parametrize("step", [MatchingStep.INDEX, MatchingStep.GROUP, MatchingStep.WRITE])
def test_a_stopped_run_leaves_what_held_before(
    twice, search: Search, write: Write, begin, admin, at, step,
    django_capture_on_commit_callbacks,
) -> None:  # fmt: skip
    before = search()
    held = pairs(), group_rows()
    write([Facts(given_name="Inge", surname="Abel", birth_date=date(1971, 9, 30))])
    run = until(begin(), step, at=at)
    left = list(run.shards.filter(is_done=False).values_list("pk", flat=True))
    if step == MatchingStep.WRITE:
        working.work(left[0], clock=lambda: at)
        assert SuspectPair.objects.filter(generation=run.generation).exists()

    with django_capture_on_commit_callbacks(execute=True):
        run = runs.cancel(actor=admin, run=run, at=at)

    assert (run.state, run.finished_at) == ("CANCELLED", at)
    assert (pairs(), group_rows()) == held
    before.refresh_from_db()
    assert before.is_current
    assert not SuspectPair.objects.filter(generation=run.pk).exists()
    assert nothing_left_of(run)
    for shard_id in left:
        working.work(shard_id, clock=lambda: at)
    run.refresh_from_db()
    assert (run.state, run.shards.filter(step=step, is_done=False).count() > 0) == (
        "CANCELLED", True,
    )  # fmt: skip
    with pytest.raises(runs.NotRunning):
        runs.cancel(actor=admin, run=run, at=at)
    assert AuditEntry.objects.filter(action="matching.cancelled").count() == 1
    assert search().groups_found == 2


@pytest.mark.parametrize("step", list(MatchingStep))
def test_a_run_that_breaks_says_so_and_leaves_what_held_before(
    twice, search: Search, begin, at, step, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    search()
    held = pairs(), group_rows()
    run = until(begin(), step, at=at)

    def broken(_shard: MatchingShard) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(STEPS[step], "do", broken)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
    ):
        working.work(run.shards.filter(is_done=False)[0].pk, clock=lambda: at)

    run.refresh_from_db()
    assert (run.state, run.finished_at) == ("FAILED", at)
    assert run.failure == (
        "Die Suche brach wegen eines unerwarteten Fehlers ab; das letzte vollständige Ergebnis "
        "gilt weiter. Sie können sie noch einmal starten."
    )
    assert (pairs(), group_rows()) == held
    assert nothing_left_of(run)
    monkeypatch.undo()
    assert AuditEntry.objects.filter(action="matching.failed").count() == 1


def test_a_shard_done_twice_is_done_once(twice, begin, at) -> None:
    run = begin()
    shard = run.shards.get()
    working.work(shard.pk, clock=lambda: at)
    working.work(shard.pk, clock=lambda: at)
    assert run.shards.filter(step="READ", is_done=True).count() == 1
    counted = run.shards.filter(step="INDEX").count()
    assert counted == len(STEPS[MatchingStep.INDEX].cut(run))


def test_without_a_run_before_what_has_changed_is_everything(twice, search: Search) -> None:
    assert search(scope="CHANGED").scope == "FULL"
    assert search(scope="CHANGED").scope == "CHANGED"
    assert search(scope="CHANGED", retrain=True).scope == "FULL"


def test_progress_only_grows(twice, begin, at) -> None:
    run, seen = begin(), []
    while run.state in ("QUEUED", "RUNNING"):
        seen.append(runs.progress(run).share)
        shard = run.shards.filter(is_done=False)[0]
        working.work(shard.pk, clock=lambda: at)
        run = MatchingRun.objects.get(pk=run.pk)
    assert seen == sorted(set(seen))
    assert seen[0] == 0
    assert sum(runs.SHARES.values()) == pytest.approx(1)


def test_the_nightly_task_looks_at_both_kinds(queued, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tasks.find_nightly()
        tasks.find_nightly()
    assert sorted(MatchingRun.objects.values_list("kind", flat=True)) == ["COMPANY", "PERSON"]
    assert len(queued) == 2


def test_reviving_queues_what_is_not_done(twice, begin, at, queued) -> None:
    run = until(begin(), MatchingStep.COMPARE, at=at)
    left = set(run.shards.filter(step="COMPARE", is_done=False).values_list("pk", flat=True))
    queued.clear()

    assert tasks.revive() == len(left)
    assert set(queued) == left
    assert work_off(run, at=at).state == MatchingState.DONE
    assert tasks.revive() == 0


@pytest.mark.parametrize("ending", ["done", "cancelled"])
def test_what_a_run_leaves_is_taken_away_though_its_worker_died(
    twice, begin, at, admin, queued, ending: str, django_capture_on_commit_callbacks
) -> None:
    run = until(begin(), MatchingStep.WRITE, at=at)
    with django_capture_on_commit_callbacks(execute=False):  # the worker dies right after
        if ending == "done":
            work_off(run, at=at)
        else:
            runs.cancel(actor=admin, run=run, at=at)
    run.refresh_from_db()
    assert run.state == ending.upper()
    assert not nothing_left_of(run)

    tasks.revive()

    assert nothing_left_of(run)
    assert SuspectPair.objects.filter(generation=run.pk).exists() == (ending == "done")


@pytest.mark.parametrize("scope", ["FULL", "CHANGED"])
def test_who_was_merged_while_a_run_looked_is_no_suspect(
    twice, begin, at, admin, search: Search, scope: str
) -> None:
    if scope == "CHANGED":
        search()
        upkeep.mark_changed(MatchingKind.PERSON, twice)
    run = until(begin(scope=scope), MatchingStep.WRITE, at=at)
    one, other = Person.objects.filter(pk__in=twice[:2]).order_by("pk")
    merging.merge(actor=admin, survivor=one, others=[other], at=at)

    assert work_off(run, at=at).state == MatchingState.DONE
    assert not SuspectPair.objects.filter(generation=run.generation).exists()
    assert not SuspectGroup.objects.filter(generation=run.generation).exists()


def test_what_a_killed_worker_wrote_is_not_written_twice(twice, begin, at) -> None:
    run = until(begin(), MatchingStep.WRITE, at=at)
    for shard in [*run.shards.filter(step=MatchingStep.WRITE)] * 2:
        STEPS[MatchingStep.WRITE].do(shard)
    assert SuspectPair.objects.filter(generation=run.pk).count() == 1
    assert SuspectGroup.objects.filter(generation=run.pk).count() == 1

    assert work_off(run, at=at).state == MatchingState.DONE
    assert SuspectPair.objects.filter(generation=run.pk).count() == 1


@pytest.fixture
def command(monkeypatch, capsys, django_capture_on_commit_callbacks) -> Callable[..., str]:
    """``manage.py find_duplicates`` without a worker; what it writes."""
    monkeypatch.setattr(watching, "has_worker", lambda: False)

    def call(*options: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("find_duplicates", *options)
        return str(capsys.readouterr().out)

    return call


def test_the_command_waits_and_tells(twice, command) -> None:
    assert command("--wait") == (
        "3 Einträge, 1 Paare verglichen, 1 verdächtige Paare in 1 Gruppen.\n"
    )


def test_the_command_tells_programs(twice, command) -> None:
    told = json.loads(command("--wait", "--json"))
    run = MatchingRun.objects.get()
    assert {name: told[name] for name in told if name != "figures"} == {
        "id": str(run.public_id),
        "kind": "PERSON",
        "scope": "FULL",
        "state": "DONE",
        "records": 3,
        "changed": 3,
        "candidates": 1,
        "pairs": 1,
        "groups": 1,
    }
    assert set(told["figures"]) >= {"keys", "fillers", "fillers_told", "histogram", "bands"}
    assert json.loads(command("--changed", "--wait", "--json"))["scope"] == "CHANGED"


def test_the_command_only_queues_without_wait(twice, command, queued) -> None:
    assert command("--companies") == ""
    run = MatchingRun.objects.get()
    assert (run.kind, run.scope, run.state, run.retrain) == ("COMPANY", "FULL", "QUEUED", False)
    assert queued == [run.shards.get().pk]
    with pytest.raises(CommandError, match="schon nach Dubletten gesucht"):
        command("--companies")
    assert command("--retrain", "--changed") == ""
    run = MatchingRun.objects.get(kind="PERSON")
    assert (run.scope, run.retrain) == ("FULL", True)


def test_the_command_takes_one_scope(command) -> None:
    with pytest.raises(CommandError):
        command("--changed", "--full")
    assert not MatchingRun.objects.exists()


def test_the_command_fails_with_the_run(twice, command, monkeypatch) -> None:
    monkeypatch.setattr(STEPS[MatchingStep.LEARN], "do", lambda shard: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        command("--wait")
    assert MatchingRun.objects.get().state == "FAILED"


def test_a_deleted_person_takes_its_suspects_along(write: Write, model, search: Search) -> None:
    born = date(1964, 4, 17)
    four = write([Facts(given_name="Hein", surname="Petersen", birth_date=born) for _ in range(4)])
    two = write(
        [Facts(given_name="Inge", surname="Abel", birth_date=date(1971, 9, 30)) for _ in range(2)]
    )
    search()
    assert sorted(row[2] for row in group_rows()) == [four, two]

    Person.objects.filter(pk__in=(four[1], two[0])).delete()

    ((_kind, _number, members, size, *_rest),) = group_rows()
    assert (members, size) == ([four[0], four[2], four[3]], 3)
    assert [row[1:3] for row in pairs()] == [
        (four[0], four[2]), (four[0], four[3]), (four[2], four[3]),
    ]  # fmt: skip
    assert SuspectGroup.objects.count() == 1
