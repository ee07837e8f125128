"""The result follows from the stock: not from when, where or in how many parts it is found."""

from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.duplicates.steps import comparing, writing
from contacts.matching.signatures import Facts
from contacts.models import MatchingModel, MatchingRun, SuspectGroup, SuspectPair
from tests.contacts.duplicates.conftest import (
    Search,
    copies,
    figures,
    group_rows,
    groups,
    pairs,
)
from tests.contacts.matching import stocks as memory

pytestmark = pytest.mark.django_db
Write = Callable[[Sequence[Facts]], list[int]]


@pytest.fixture
def stock(write: Write) -> list[int]:
    """900 persons."""
    return write(copies(memory.people(900, seed=21)))


def test_a_second_run_finds_the_same_with_the_same_numbers(stock, search: Search) -> None:
    first = search()
    found = pairs(), group_rows()
    assert (len(found[0]), len(found[1])) == (first.pairs_found, first.groups_found)
    assert first.pairs_found > 150
    assert first.records == len(stock)

    second = search()

    assert (pairs(), group_rows()) == found
    assert second.model == first.model, "a model is kept until the stock has changed much"
    assert figures(second)["keys"] == figures(first)["keys"]
    assert SuspectPair.objects.count() == second.pairs_found, "what the first found is gone"
    assert SuspectGroup.objects.count() == second.groups_found

    third = search(retrain=True)

    assert third.model != first.model
    assert third.model.data == first.model.data
    assert (pairs(), group_rows()) == found


def test_many_shards_find_what_one_finds(stock, search: Search, monkeypatch) -> None:
    first = search()
    found = pairs(), group_rows()
    monkeypatch.setattr(comparing, "_MOST", 40)
    monkeypatch.setattr(writing, "_MOST", 7)

    second = search(retrain=True)

    assert second.shards.filter(step="COMPARE").count() > 30
    assert second.shards.filter(step="WRITE").count() > 30
    assert first.shards.filter(step="COMPARE").count() < 8
    assert (pairs(), group_rows()) == found
    assert second.candidates == first.candidates
    assert figures(second)["keys"] == figures(first)["keys"]
    assert figures(second)["histogram"] == figures(first)["histogram"]
    assert second.model.data == first.model.data


def test_pairs_and_groups_say_the_same(stock, search: Search) -> None:
    run = search()
    group_of = {pk: number for number, members in groups().items() for pk in members}
    assert sum(map(len, groups().values())) == len(group_of), "nobody is in two groups"
    for _kind, first, second, weight, _pattern, group in pairs():
        assert weight >= 0
        same = group_of.get(first) is not None and group_of.get(first) == group_of.get(second)
        assert group == (group_of[first] if same else None)
    for _kind, number, members, size, strength, weakest in group_rows():
        inside = [row[3] for row in pairs() if row[5] == number] if size > 3 else None
        assert (size, members) == (len(members), sorted(members))
        if inside:
            assert (strength, weakest) == (max(inside), min(inside))
    assert sum(run.figures["bands"].values()) == run.pairs_found
    assert sum(run.figures["histogram"]["counts"]) == run.candidates


def test_the_run_tells_what_each_key_brought_and_dropped(stock, search: Search) -> None:
    run = search()
    keys = run.figures["keys"]
    assert sum(key["first"] for key in keys) == run.candidates
    assert all(key["first"] <= key["emitted"] for key in keys)
    assert {"name", "cap", "dropped_blocks", "dropped_records", "dropped_pairs"} <= set(keys[0])


def statements(search: Search) -> int:
    with CaptureQueriesContext(connection) as context:
        search()
    return len(context)


def test_statements_do_not_grow_with_the_records(
    write: Write, search: Search, model: MatchingModel
) -> None:
    write(copies(memory.people(200, seed=21)))
    search()
    few = statements(search)
    write(copies(memory.people(1500, seed=22)))
    search()

    assert statements(search) == few < 300


def test_what_was_found_is_true(write: Write, search: Search) -> None:
    """Measured where it is learned: the batch in the database finds what the engine finds."""
    facts = copies(memory.people(900, seed=21))
    write(facts)
    run: MatchingRun = search()
    stock = memory.stock_of(facts)
    compared = memory.compared(stock)
    edges = memory.edges(stock, compared, memory.learned(stock, compared))

    assert run.candidates == len(compared.a)
    assert [row[1:3] for row in pairs()] == list(
        zip(edges.first.tolist(), edges.second.tolist(), strict=True)
    )
    assert [row[3] for row in pairs()] == pytest.approx(edges.weight.tolist(), abs=1e-5)
