"""Decisions with their reason: an :class:`Answer` is truthy or falsy and says why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """``reason`` is a German sentence, ``code`` is stable, ``remedy`` says what would change it.

    ``basis`` is the id of what a yes rests on, ``reason`` what that is, where it rests on anything.
    """

    allowed: bool
    code: str = ""
    reason: str = ""
    remedy: str = ""
    basis: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(allowed=True)


def because(*, code: str, reason: str, basis: str) -> Answer:
    """A yes that rests on something."""
    return Answer(allowed=True, code=code, reason=reason, basis=basis)


def no(*, code: str, reason: str, remedy: str = "") -> Answer:
    """A refusal."""
    return Answer(allowed=False, code=code, reason=reason, remedy=remedy)
