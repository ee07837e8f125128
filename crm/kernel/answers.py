"""Decisions with their reason: an :class:`Answer` is truthy or falsy and says why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """``reason`` is a German sentence, ``code`` is stable, ``remedy`` says what would change it."""

    allowed: bool
    code: str = ""
    reason: str = ""
    remedy: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(allowed=True)


def no(*, code: str, reason: str, remedy: str = "") -> Answer:
    """A refusal."""
    return Answer(allowed=False, code=code, reason=reason, remedy=remedy)
