"""Public identifiers are valid UUIDs of version 7 and rise with time."""

import time
from uuid import RFC_4122, UUID

from crm.kernel.ids import uuid7, uuid7_hex


def test_version_and_variant() -> None:
    value = uuid7()
    assert value.version == 7
    assert value.variant == RFC_4122


def test_the_first_48_bits_are_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    milliseconds = uuid7().int >> 80
    assert before <= milliseconds <= time.time_ns() // 1_000_000


def test_ten_thousand_are_distinct() -> None:
    assert len({uuid7() for _ in range(10_000)}) == 10_000


def test_as_digits_they_are_the_same_kind() -> None:
    before = uuid7()
    digits = uuid7_hex()
    value = UUID(hex=digits)
    assert len(digits) == 32
    assert (value.version, value.variant) == (7, RFC_4122)
    assert 0 <= (value.int >> 80) - (before.int >> 80) < 60_000
