"""What one rule says."""

from dataclasses import dataclass

from consent.decision.codes import Code, Duty, Ground, Outcome
from consent.decision.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a rule says; one without an outcome only explains.

    ``facts`` are what it looked at, the decisive one first.
    """

    rule: str
    outcome: Outcome | None = None
    ground: Ground = Ground.NONE
    codes: tuple[Code, ...] = ()
    duties: tuple[Duty, ...] = ()
    facts: tuple[Fact, ...] = ()
    law: str = ""
    several_channels: bool = False

    @property
    def events(self) -> tuple[str, ...]:
        """The events that it looked at."""
        return tuple(fact.event for fact in self.facts)
