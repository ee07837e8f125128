"""Hashes are written into the database: they must never change, nor depend on the process."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.hashing import combined, text_hash, unordered

NUMBERS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5)


def array(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.uint32)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("maier", 3315444698),
        ("muller", 2720409493),
        ("محمد", 1672375416),
        ("😀", 88978756),
    ],
)
def test_hashes_of_texts_are_pinned(text: str, number: int) -> None:
    assert text_hash(text) == number


def test_combinations_are_pinned() -> None:
    assert combined(1, array(1, 2, 3), array(4, 5, 6)).tolist() == [
        3850761238,
        569569071,
        3029016557,
    ]
    assert combined(2, array(1, 2, 3), array(4, 5, 6)).tolist() == [
        3675613728,
        2674614540,
        1164543077,
    ]


def test_a_lone_surrogate_has_a_hash_too() -> None:
    assert text_hash("\ud800") != 0


@given(st.text(min_size=1))
def test_only_the_empty_text_is_absent(text: str) -> None:
    assert 0 < text_hash(text) < 2**32


@given(NUMBERS)
def test_a_combination_is_absent_where_a_part_is(values: list[int]) -> None:
    part = array(*values)
    ones = np.ones_like(part)
    for found in (combined(7, part, ones), combined(7, ones, part)):
        assert ((found == 0) == (part == 0)).all()


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_exchanged_parts_combine_alike_if_unordered(one: int, other: int) -> None:
    straight = combined(3, *unordered(array(one), array(other)))
    exchanged = combined(3, *unordered(array(other), array(one)))
    assert straight == exchanged


def test_a_million_combinations_hardly_collide() -> None:
    numbers = np.arange(1, 1_000_001, dtype=np.uint32)
    found = combined(5, numbers, numbers[::-1].copy())
    assert len(np.unique(found)) > 1_000_000 - 300  # by chance 116 are lost


@given(
    st.lists(st.tuples(*[st.integers(0, 2**32 - 1)] * 3), min_size=2, max_size=5),
    st.integers(1, 40),
)
def test_a_single_record_has_the_number_that_it_has_among_others(
    rows: list[tuple[int, int, int]], salt: int
) -> None:
    def numbers(some: list[tuple[int, int, int]]) -> list[int]:
        return combined(salt, *np.array(some, dtype=np.uint32).T).tolist()

    assert [numbers([row])[0] for row in rows] == numbers(rows)
