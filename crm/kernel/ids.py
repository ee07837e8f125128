"""Public identifiers: time-ordered UUIDs, so that indexes stay compact."""

import os
import time
from collections import deque
from uuid import UUID

_BYTES, _AT_ONCE = 10, 400


class _Random:
    """Random bytes of the operating system, fetched for many identifiers at once."""

    def __init__(self) -> None:
        self._parts: deque[bytes] = deque()
        os.register_at_fork(after_in_child=self._parts.clear)  # never the same twice

    def take(self) -> bytes:
        """Ten bytes that nobody else gets, in whatever thread or process."""
        try:
            return self._parts.popleft()
        except IndexError:
            fresh = os.urandom(_BYTES * _AT_ONCE)
            self._parts.extend(fresh[at : at + _BYTES] for at in range(0, len(fresh), _BYTES))
            return self.take()


_random = _Random()


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random bits."""
    return UUID(int=_number())


def uuid7_hex() -> str:
    """The same as 32 hexadecimal digits, for many that are only to be stored: in half the time."""
    return f"{_number():032x}"


def _number() -> int:
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(_random.take(), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    return value & ~(0x3 << 62) | 0x2 << 62
