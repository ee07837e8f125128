"""Was it right? A contact as it was decided then, and as it is judged with what is known now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from consent import facts, gate
from consent.decision import Decision, Question
from consent.decision.facts import Message
from consent.models import ContactDecision, EventKind, LedgerEvent


@dataclass(frozen=True, slots=True)
class Judged:
    """A contact; ``permit`` is None where nobody asked before."""

    use: LedgerEvent
    permit: ContactDecision | None
    then: Decision | None
    now: Decision | None

    @property
    def is_violation(self) -> bool:
        """Whether it was allowed as known then, and is not as known now."""
        return bool(self.then) and self.now is not None and not self.now


def judge(use: LedgerEvent, permit: ContactDecision | None) -> Judged:
    """Replay the decision of a contact, and decide again with all that was recorded since."""
    if permit is None:
        return Judged(use, None, None, None)
    return Judged(use, permit, gate.replay(permit), as_known_now(permit, at=use.effective_at))


def as_known_now(permit: ContactDecision, *, at: datetime) -> Decision:
    """The answer for the moment of the contact, with everything the ledger holds today."""
    kept: dict[str, Any] = permit.circumstances
    opened = LedgerEvent.objects.filter(kind=EventKind.SUPPRESSED, point=permit.point)
    suppressed = {*kept["suppressed_by"], *map(str, opened.values_list("public_id", flat=True))}
    around = facts.Circumstances(**{**kept, "suppressed_by": sorted(suppressed)})
    question = Question(
        person=around.person,
        subjects=frozenset(around.subjects),
        point=around.point,
        channel=permit.channel,
        purpose=permit.purpose,
        controller=permit.question["controller"],
        at=at,
        message=Message(**permit.question["message"]),
    )
    return gate.answer(question, around, facts.events_for(around))


def permits_of(uses: list[LedgerEvent]) -> dict[str, ContactDecision]:
    """The decisions that contacts name, by their id (one query)."""
    named = {use.details.get("decision") for use in uses}
    rows = ContactDecision.objects.select_related("decided_by").filter(
        public_id__in=[each for each in named if each]
    )
    return {str(row.public_id): row for row in rows}


def suspects(*, limit: int) -> list[LedgerEvent]:
    """Contacts of which something came to light later that was effective already, newest first.

    Only of these the judgement can have changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SUSPECTS, {"kinds": list(_TURNING), "limit": limit})
        seqs = [seq for (seq,) in cursor.fetchall()]
    return list(LedgerEvent.objects.filter(seq__in=seqs).order_by("-seq"))


_TURNING = (
    EventKind.WITHDRAWN,
    EventKind.OBJECTED,
    EventKind.SUPPRESSED,
    EventKind.RESTRICTED,
    EventKind.EXPIRED,
    EventKind.INVALIDATED,
    EventKind.CORRECTED,
    EventKind.CLASSIFIED,
    EventKind.DECEASED,
)
_SUSPECTS = """
SELECT use.seq
FROM consent_ledgerevent use
WHERE use.kind = 'used' AND EXISTS (
    SELECT FROM consent_ledgerevent turn
    WHERE turn.kind = ANY(%(kinds)s) AND turn.seq > use.seq
      AND (turn.person = use.person OR turn.point = use.point)
      AND (turn.effective_at <= use.effective_at OR turn.kind IN ('corrected', 'invalidated'))
)
ORDER BY use.seq DESC
LIMIT %(limit)s
"""
