"""What a family answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered, to be held against the row."""

    decision: str
    ground: str = ""
    codes: frozenset[str] = frozenset()
    has_doubts: bool = True
    found: Mapping[str, Any] = field(default_factory=dict)
