"""The state of the ledger, as the last check found it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consent import checkpoints, recording, verifying
from consent.models import Checkpoint
from consent.verifying import Verification
from crm.accounts import policy
from crm.accounts.models import User
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


def check(*, actor: User, at: datetime) -> Verification:
    """Sign the head and check everything now; the audit log tells what came of it.

    :raises errors.NotPermitted: the role may not audit
    """
    policy.require(actor, policy.Permission.CONSENT_AUDIT)
    with suppress(checkpoints.Broken):  # the check says where
        checkpoints.make(at=at)
    return verifying.verify_and_note(at=at, actor=actor)
