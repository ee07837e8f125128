"""How it stands with a double opt-in: plain values in, a state out.

Each contact point confirms for itself (BGH I ZR 164/09): a link in an e-mail proves nothing for a
number. A confirmation lapses with its time, locks after too many wrong codes, and never revives
what was withdrawn in between.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from consent.decision.codes import Channel

TOKEN_LIVES = timedelta(days=7)
CODE_LIVES = timedelta(minutes=10)
MOST_ATTEMPTS = 5
KEPT_UNCONFIRMED = timedelta(days=30)
CONFIRMS: Mapping[str, frozenset[str]] = {
    "email_link": frozenset({Channel.EMAIL}),
    "sms_code": frozenset({Channel.PHONE, Channel.SMS, Channel.MESSENGER, Channel.ROBOCALL}),
    "in_channel_reply": frozenset({Channel.MESSENGER}),
}
"""Which channels a confirmation of each kind proves."""


class State(StrEnum):
    """GRANTED counts, PENDING may still be confirmed; nothing comes of the others."""

    GRANTED = "GRANTED"
    PENDING = "PENDING"
    PARTIAL = "PARTIAL"
    EXPIRED = "EXPIRED"
    LOCKED = "LOCKED"
    WITHDRAWN = "WITHDRAWN"
    PURGE = "PURGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is known of one confirmation; ``expires_at`` is the first instant that is too late."""

    requested_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    wrong_attempts: int = 0


def state_of(waiting: Waiting, *, at: datetime) -> State:
    """How it stands before anybody presses anything."""
    if waiting.withdrawn_at is not None and waiting.withdrawn_at <= at:
        return State.WITHDRAWN
    if waiting.confirmed_at is not None and waiting.confirmed_at <= at:
        return State.GRANTED
    if at >= waiting.requested_at + KEPT_UNCONFIRMED:
        return State.PURGE
    if waiting.wrong_attempts >= MOST_ATTEMPTS:
        return State.LOCKED
    return State.EXPIRED if at >= waiting.expires_at else State.PENDING


def pressed(waiting: Waiting, *, at: datetime) -> State:
    """What comes of the right token or code ``at``: GRANTED if it could still be confirmed."""
    before = state_of(waiting, at=at)
    return State.GRANTED if before is State.PENDING else before


def by_channel(how: str, channels: Collection[str]) -> dict[str, State]:
    """What a confirmation of this kind means for each channel that a form ticked."""
    proven = CONFIRMS.get(how, frozenset())
    return {each: State.GRANTED if each in proven else State.PENDING for each in channels}


def whole(states: Collection[State]) -> State:
    """The state of a form from those of its channels: PARTIAL while some still wait."""
    if State.GRANTED in states and State.PENDING in states:
        return State.PARTIAL
    return next(iter(states)) if len(set(states)) == 1 else State.PENDING


def purge_on(requested_at: datetime) -> datetime:
    """When nothing of an unconfirmed request may be left."""
    return requested_at + KEPT_UNCONFIRMED
