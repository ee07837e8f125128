"""The state of the ledger, as the last check found it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consent import checkpoints, recording
from consent.models import Checkpoint
from crm.kernel.models import AuditEntry


@dataclass(frozen=True, slots=True)
class State:
    """``size`` are the events now, ``verified`` those that the last check saw."""

    size: int
    verified: int
    verified_at: datetime | None
    is_valid: bool
    milliseconds: int
    findings: tuple[str, ...]
    checkpoint: Checkpoint | None


def state() -> State:
    """Read it (3 queries)."""
    last = AuditEntry.objects.filter(action="ledger.verified").order_by("-id").first()
    told: dict[str, Any] = last.context if last else {}
    return State(
        size=recording.size(),
        verified=told.get("size", 0),
        verified_at=last.at if last else None,
        is_valid=bool(told.get("valid")),
        milliseconds=told.get("milliseconds", 0),
        findings=tuple(told.get("findings", ())),
        checkpoint=checkpoints.newest(),
    )
