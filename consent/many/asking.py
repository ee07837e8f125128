"""One question about many persons."""

from dataclasses import dataclass
from datetime import datetime

from consent.decision import Question
from consent.decision.facts import Message
from consent.facts import Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked about each of them; ``controller`` is its public id.

    ``size``: only the first so many events of the ledger count.
    """

    channel: str
    purpose: str
    controller: str
    at: datetime
    known_at: datetime | None
    message: Message
    size: int

    def about(self, around: Circumstances) -> Question:
        """The question about one person and its contact point."""
        return Question(
            person=around.person,
            subjects=frozenset(around.subjects),
            point=around.point,
            channel=self.channel,
            purpose=self.purpose,
            controller=self.controller,
            at=self.at,
            known_at=self.known_at,
            message=self.message,
        )
