"""Candidate pairs: each once, none beyond the caps, and what is dropped is told."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.matching import blocking
from contacts.matching.blocking import COMPANY_KEYS, PERSON_KEYS, Index, KeyType, Tally, View
from contacts.matching.columns import Columns
from contacts.matching.names import NAME
from contacts.matching.signatures import SIGNATURE, Facts, Place
from tests.contacts.matching import stocks

Keys = Sequence[Sequence[int]]


def view_of(count: int) -> View:
    return View(Columns.of(np.zeros(count, SIGNATURE)), Columns.of(np.zeros(1, NAME)))


def kind(keys: Keys, *, cap: int = 80, name: str = "") -> KeyType:
    """``keys[record]`` are the record's keys; 0 is absent."""
    width = max((len(each) for each in keys), default=0) or 1
    table = np.zeros((len(keys), width), dtype=np.uint32)
    for record, each in enumerate(keys):
        table[record, : len(each)] = each
    return KeyType(name, cap, lambda _view: [column.copy() for column in table.T])


def indexed(types: Sequence[KeyType], count: int) -> tuple[list[Index], list[Tally]]:
    found = [blocking.index(view_of(count), each) for each in types]
    return [each[0] for each in found], [each[1] for each in found]


def pairs_of(indexes: Sequence[Index], low: int, high: int) -> tuple[list[tuple[int, int]], list]:
    firsts = np.zeros(len(indexes), dtype=np.int64)
    a, b = blocking.pairs(indexes, low, high, firsts=firsts)
    return list(zip(a.tolist(), b.tolist(), strict=True)), firsts.tolist()


def by_hand(keys: Keys, cap: int) -> set[tuple[int, int]]:
    """The pairs as somebody would find them who has time."""
    blocks: dict[int, set[int]] = {}
    for record, each in enumerate(keys):
        for key in set(each) - {0}:
            blocks.setdefault(key, set()).add(record)
    small = (sorted(block) for block in blocks.values() if len(block) <= cap)
    return {pair for block in small for pair in combinations(block, 2)}


def test_records_with_an_equal_key_are_a_pair_and_those_without_one_are_not() -> None:
    indexes, (tally,) = indexed([kind([[7], [8], [7], [0], [0], [7]])], 6)

    assert pairs_of(indexes, 0, 6) == ([(0, 2), (0, 5), (2, 5)], [3])
    assert tally == Tally(emitted=3)


def test_a_pair_counts_for_the_first_type_that_finds_it() -> None:
    types = [kind([[1], [1], [2]]), kind([[5], [5], [5]])]
    indexes, tallies = indexed(types, 3)

    assert pairs_of(indexes, 0, 3) == ([(0, 1), (0, 2), (1, 2)], [1, 2])
    assert [tally.emitted for tally in tallies] == [1, 3]


def test_a_block_above_the_cap_is_dropped_for_everybody_and_told() -> None:
    indexes, (tally,) = indexed([kind([[1, 2], [1, 2], [1, 0], [1, 0]], cap=3)], 4)

    assert pairs_of(indexes, 0, 4)[0] == [(0, 1)]
    assert tally == Tally(1, 0, dropped_blocks=1, dropped_records=4, dropped_pairs=6)


def test_the_cap_itself_is_still_allowed() -> None:
    indexes, (tally,) = indexed([kind([[1], [1], [1]], cap=3)], 3)
    assert (len(pairs_of(indexes, 0, 3)[0]), tally.dropped_blocks) == (3, 0)


def test_two_values_that_both_agree_are_one_pair() -> None:
    indexes, _tallies = indexed([kind([[1, 2], [2, 1]])], 2)
    assert pairs_of(indexes, 0, 2) == ([(0, 1)], [1])


KEYS = st.lists(st.lists(st.integers(0, 6), max_size=3), max_size=30)


@given(KEYS, KEYS, st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_every_pair_is_found_once_whatever_the_cuts(one: Keys, other: Keys, cap: int) -> None:
    count = max(len(one), len(other))
    filled = [[*each, *[[]] * (count - len(each))] for each in (one, other)]
    indexes, _tallies = indexed([kind(each, cap=cap) for each in filled], count)
    expected = sorted(by_hand(one, cap) | by_hand(other, cap))

    assert pairs_of(indexes, 0, count)[0] == expected
    ranges = blocking.ranges(indexes, count, most=3) if count else []
    assert [low for low, _high in ranges[1:]] == [high for _low, high in ranges[:-1]]
    assert not ranges or (ranges[0][0], ranges[-1][1]) == (0, count)
    parts = [pairs_of(indexes, *bounds)[0] for bounds in ranges]
    assert [pair for part in parts for pair in part] == expected


@given(KEYS, st.sets(st.integers(0, 29)), st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_pairs_of_changed_records_are_those_among_all_pairs(
    keys: Keys, changed: set[int], cap: int
) -> None:
    marked = np.array([record in changed for record in range(len(keys))], dtype=bool)
    expected = sorted(pair for pair in by_hand(keys, cap) if changed & set(pair))
    indexes, _tallies = indexed([kind(keys, cap=cap)], len(keys))
    limited = [blocking.index(view_of(len(keys)), kind(keys, cap=cap), touching=marked)[0]]
    for each in (indexes, limited) if marked.any() else (indexes,):
        a, b = blocking.touching(each, marked)
        assert list(zip(a.tolist(), b.tolist(), strict=True)) == expected


@given(KEYS, st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_pairs_among_some_records_know_the_blocks_that_were_dropped(keys: Keys, cap: int) -> None:
    view, type_ = view_of(len(keys)), kind(keys, cap=cap)
    dropped = blocking.index(view, type_)[2]
    a, b = blocking.pairs_among(view, [type_], [dropped])
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == sorted(by_hand(keys, cap))


@pytest.mark.parametrize("types", [PERSON_KEYS, COMPANY_KEYS], ids=["persons", "companies"])
def test_key_types_are_few_enough_named_and_never_share_a_key(types: Sequence[KeyType]) -> None:
    assert len(types) < 32, "a pair carries its type in five bits"
    assert all(1 < each.cap <= 255 for each in types), "a block's rest is one byte"
    assert len({each.name for each in types}) == len(types)
    facts = Facts(
        given_name="Anna", surname="Maier", vat_id="DE123456788",
        emails=["anna.maier@brandt.example"], phones=["+4943123125101"],
        places=[Place("Lange Str.", "1", "24103", "Kiel")], employers=[(1, "Brandt KG")],
    )  # fmt: skip
    stock = stocks.stock_of([facts])
    view = View(stock.rows, stock.names)
    keys = [{int(key) for column in each.columns(view) for key in column} - {0} for each in types]
    assert sum(map(len, keys)) == len(set().union(*keys))


def test_the_sounds_of_both_names_make_a_pair() -> None:
    stock = stocks.stock_of(
        [Facts(id=1, given_name="Stefan", surname="Meier"),
         Facts(id=2, given_name="Stephan", surname="Mayr"),
         Facts(id=3, given_name="Stefan", surname="Schulz")]
    )  # fmt: skip
    found = stocks.compared(stock)
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == [(0, 1)]
