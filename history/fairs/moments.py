"""When a slip was captured, by a clock that may be wrong. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.utils.dateparse import parse_datetime

TRUSTED: Final = timedelta(minutes=2)
"""A clock that is off by no more is right."""


@dataclass(frozen=True, slots=True)
class Moment:
    """``captured_at`` is corrected and never in the future; ``device_at`` is what the device said.
    ``is_known`` is false where the device said nothing that could be read."""

    captured_at: datetime
    device_at: datetime
    is_known: bool = True


def corrected(captured_at: datetime | None, device_now: datetime | None, *, at: datetime) -> Moment:
    """Move what the device said by how far its clock is off from ``at``, when the slip arrives."""
    if captured_at is None:
        return Moment(at, device_now or at, is_known=False)
    off = at - device_now if device_now else timedelta()
    moved = captured_at
    if abs(off) > TRUSTED:
        try:
            moved = captured_at + off
        except OverflowError:
            return Moment(at, captured_at, is_known=False)
    return Moment(min(moved, at), captured_at)


def read(value: Any) -> datetime | None:
    """An instant in ISO 8601 with its zone; None if it is none, or one that no clock shows."""
    try:
        found = parse_datetime(value) if isinstance(value, str) else value
    except ValueError:
        return None
    if not isinstance(found, datetime) or found.tzinfo is None or not 1970 <= found.year <= 9000:
        return None
    return found.astimezone(UTC)
