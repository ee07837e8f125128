"""Groups: strangers are not chained, decisions bind, numbers stay."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.matching import clustering, grouping
from contacts.matching.grouping import Decided, Edges, Groups


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_components_are_named_by_their_smallest_record() -> None:
    label = clustering.components(7, ints(5, 1, 4), ints(6, 4, 2))
    assert label.tolist() == [0, 1, 1, 3, 1, 5, 5]


LINKS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20)


@given(LINKS)
def test_components_are_those_of_a_search_from_each_record(links: list[tuple[int, int]]) -> None:
    label = clustering.components(15, ints(*(a for a, _b in links)), ints(*(b for _a, b in links)))
    reached = {record: {record} for record in range(15)}
    for a, b in links:
        whole = reached[a] | reached[b]
        for record in whole:
            reached[record] = whole
    assert label.tolist() == [min(reached[record]) for record in range(15)]


def test_a_component_without_all_its_links_is_doubtful() -> None:
    a, b = ints(0, 0, 1, 3, 4), ints(1, 2, 2, 4, 5)
    label = clustering.components(7, a, b)
    assert clustering.doubtful(label, a, b).tolist() == [False] * 3 + [True] * 3 + [False]


def test_a_contradiction_keeps_a_chain_from_becoming_a_group() -> None:
    weights = {(1, 2): 9.0, (2, 3): 5.0, (1, 3): -8.0}
    assert clustering.guarded([1, 2, 3], weights) == [[1, 2], [3]]


def test_a_weak_contradiction_does_not() -> None:
    weights = {(1, 2): 9.0, (2, 3): 5.0, (1, 3): -3.0}
    assert clustering.guarded([1, 2, 3], weights) == [[1, 2, 3]]


def test_a_pair_nobody_compared_counts_two_bits_against() -> None:
    assert clustering.guarded([1, 2, 3], {(1, 2): 9.0, (2, 3): 1.9}) == [[1, 2], [3]]
    assert clustering.guarded([1, 2, 3], {(1, 2): 9.0, (2, 3): 2.0}) == [[1, 2, 3]]


def test_one_certainty_does_not_outvote_everything_else() -> None:
    weights = {(1, 2): 30.0, (3, 4): 30.0, (2, 3): 29.0, (1, 3): -9.0, (2, 4): -9.0, (1, 4): -9.0}
    assert clustering.guarded([1, 2, 3, 4], weights) == [[1, 2], [3, 4]]


def test_what_people_called_different_is_kept_apart() -> None:
    weights = dict.fromkeys(combinations((1, 2, 3), 2), 20.0)
    groups = clustering.guarded([1, 2, 3], weights, apart=[(1, 3)])
    assert groups == [[1, 2], [3]]


def test_what_people_called_the_same_is_joined_whatever_it_weighs() -> None:
    weights = {(1, 2): -15.0, (2, 3): 4.0, (1, 3): 3.0}
    assert clustering.guarded([1, 2, 3], weights, together=[(1, 2)]) == [[1, 2, 3]]


def test_different_beats_a_chain_of_sames() -> None:
    groups = clustering.guarded([1, 2, 3], {}, together=[(1, 2), (2, 3)], apart=[(1, 3)])
    assert groups == [[1, 2], [3]]


PAIR = st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] < pair[1])


@given(st.dictionaries(PAIR, st.floats(-30, 30)), st.sets(PAIR, max_size=4))
@settings(max_examples=60)
def test_groups_part_the_members_and_respect_what_is_apart(weights: dict, apart: set) -> None:
    groups = clustering.guarded(range(1, 9), weights, apart=apart)

    assert sorted(record for group in groups for record in group) == list(range(1, 9))
    assert groups == sorted(groups)
    assert not any(a in group and b in group for group in groups for a, b in apart)
    backwards = dict(reversed(list(weights.items())))
    assert clustering.guarded(range(1, 9), backwards, apart=apart) == groups


def edges(*rows: tuple[int, int, float, int]) -> Edges:
    first, second, weight, pattern = zip(*rows, strict=True)
    return Edges(ints(*first), ints(*second), np.array(weight), np.array(pattern, np.uint64))


def test_of_a_pair_found_twice_the_stronger_stays() -> None:
    found = Edges.merged([edges((3, 4, 1.0, 7), (1, 2, 5.0, 1)), edges((1, 2, 6.0, 9))])
    assert list(zip(found.first, found.second, found.weight, found.pattern, strict=True)) == [
        (1, 2, 6.0, 9),
        (3, 4, 1.0, 7),
    ]
    assert len(Edges.merged([])) == 0


def test_what_people_called_different_is_no_edge() -> None:
    found = grouping.without_different(
        edges((1, 2, 5.0, 1), (1, 3, 9.0, 1)), Decided(different=frozenset({(1, 3)}))
    )
    assert found.second.tolist() == [2]


def numbered(new: list[list[int]], old: dict[int, list[int]]) -> list[int]:
    members = [(pk, number) for number, group in old.items() for pk in group]
    before = ints(*(pk for pk, _number in members)), ints(*(number for _pk, number in members))
    return grouping.numbered(Groups.of(new), before, np.arange(100, 100 + len(new))).tolist()


def test_a_group_keeps_its_number_as_long_as_most_of_its_members_do() -> None:
    assert numbered([[1, 2, 9], [3, 4]], {7: [1, 2], 8: [3, 4]}) == [7, 8]
    assert numbered([[1, 2]], {}) == [100]
    assert numbered([], {7: [1, 2]}) == []


def test_of_two_parts_the_larger_keeps_the_number() -> None:
    assert numbered([[1, 2], [3, 4, 5]], {7: [1, 2, 3, 4, 5]}) == [100, 7]


def test_of_two_that_join_the_larger_gives_the_number() -> None:
    assert numbered([[1, 2, 3, 4, 5]], {7: [1, 2], 8: [3, 4, 5]}) == [8]


def test_groups_are_lists_and_back() -> None:
    groups = Groups.of([[1, 5], [2, 3, 9]])
    assert (groups.lists(), groups.places().tolist()) == ([[1, 5], [2, 3, 9]], [0, 0, 1, 1, 1])
    assert len(Groups.of([])) == 0
