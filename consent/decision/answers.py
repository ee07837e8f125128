"""What one rule says."""

from dataclasses import dataclass

from consent.decision.codes import Code, Duty, Ground, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a rule says; one without an outcome only explains."""

    rule: str
    outcome: Outcome | None = None
    ground: Ground = Ground.NONE
    codes: tuple[Code, ...] = ()
    duties: tuple[Duty, ...] = ()
    events: tuple[str, ...] = ()
    law: str = ""
    several_channels: bool = False
