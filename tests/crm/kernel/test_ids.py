"""Public identifiers are valid UUIDs of version 7 and rise with time."""

import time
from uuid import RFC_4122

from crm.kernel.ids import uuid7


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
