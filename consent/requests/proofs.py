"""Proofs of consents that have to be kept though the person is erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from consent import forgetting
from consent.consents import ENDED
from consent.desk import keeping
from consent.models import ROOTS, EventKind, LedgerEvent
from consent.retention import deciding
from consent.retention.deciding import Fate, Kept
from crm.kernel.personal_data import Whose


@dataclass(frozen=True, slots=True)
class Proof:
    """A consent with what followed; ``until`` it is locked away by ``rule``."""

    root: LedgerEvent
    later: tuple[LedgerEvent, ...]
    rule: str
    until: date

    @property
    def events(self) -> tuple[LedgerEvent, ...]:
        """All events that prove it."""
        return (self.root, *self.later)


WITHOUT_PROOF = frozenset(
    {EventKind.REQUESTED, EventKind.PENDING, EventKind.DISPUTED, EventKind.REFUSED}
)


def to_keep(whose: Whose, *, today: date) -> list[Proof]:
    """Consents whose proof the law or a claim still asks for; what nobody confirmed is none."""
    events = list(forgetting.events(whose).order_by("seq"))
    later: dict[UUID, list[LedgerEvent]] = {}
    for event in events:
        if event.about is not None:
            later.setdefault(event.about, []).append(event)
    found = []
    for root in events:
        after = later.get(root.public_id, [])
        if root.kind not in ROOTS or not _is_proved(root, after):
            continue
        proof = _proof(root, after, today)
        if proof is not None:
            found.append(proof)
    return found


def _is_proved(root: LedgerEvent, after: Iterable[LedgerEvent]) -> bool:
    confirmed = any(each.kind == EventKind.CONFIRMED for each in after)
    return root.kind not in WITHOUT_PROOF or (root.kind == EventKind.PENDING and confirmed)


def _proof(root: LedgerEvent, after: list[LedgerEvent], today: date) -> Proof | None:
    """A consent that is still in force ends by the erasure, today."""
    ends = [timezone.localdate(each.effective_at) for each in after if each.kind in ENDED]
    kept = Kept(
        rule="phone_consent_proof" if keeping.is_telephone(root) else "email_consent_proof",
        began_on=timezone.localdate(root.effective_at),
        uses=[
            timezone.localdate(each.effective_at) for each in after if each.kind == EventKind.USED
        ],
        ended_on=max(ends, default=today),
        is_to_be_erased=True,
    )
    answer = deciding.decide(kept, today=today)
    if answer.fate != Fate.HOLD_RESTRICTED or answer.until is None:
        return None
    return Proof(root, tuple(after), kept.rule, answer.until)
