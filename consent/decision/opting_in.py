"""How it stands with a double opt-in: plain values in, a state out.

Each contact point confirms for itself (BGH I ZR 164/09): a link in an e-mail proves nothing for a
number. A confirmation lapses with its time, locks after too many wrong codes, and never revives
what was withdrawn in between.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from consent.decision.codes import Channel

TOKEN_LIVES = timedelta(hours=168)
CODE_LIVES = timedelta(minutes=10)
MOST_ATTEMPTS = 5
KEPT_UNCONFIRMED = timedelta(days=30)
NEW_CODE_AFTER = timedelta(minutes=1)
MOST_CODES, CODES_WITHIN = 4, timedelta(hours=24)
MOST_MAILS = 2
"""Messages to one contact point about one text, the first included, for as long as what nobody
confirmed is kept."""
CONFIRMS: Mapping[str, frozenset[str]] = {
    "email_link": frozenset({Channel.EMAIL}),
    "sms_code": frozenset(
        {
            Channel.PHONE,
            Channel.SMS,
            Channel.MESSENGER,
            Channel.ROBOCALL,
            Channel.FAX,
            Channel.VIDEO,
        }
    ),
    "in_channel_reply": frozenset({Channel.MESSENGER, Channel.SOCIAL_DM}),
}
"""Which channels a confirmation of each kind proves; the code comes by SMS or is read out."""
NEEDS_NONE = frozenset({Channel.POST})
"""Channels that count without a confirmation."""


class State(StrEnum):
    """GRANTED counts, PENDING may still be confirmed; nothing comes of the others."""

    GRANTED = "GRANTED"
    PENDING = "PENDING"
    PARTIAL = "PARTIAL"
    EXPIRED = "EXPIRED"
    LOCKED = "LOCKED"
    WITHDRAWN = "WITHDRAWN"
    PURGE = "PURGE"


class Again(StrEnum):
    """Whether one more message may be asked for, and why not."""

    YES = "YES"
    WAIT = "WAIT"
    LIMIT = "LIMIT"
    NEVER = "NEVER"


class Action(StrEnum):
    """What happened: only a pressed button or an entered code is a declaration, never a GET."""

    NOTHING = ""
    GET_ONLY = "get_only"
    POST_CONFIRM = "post_confirm"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is known of one confirmation; ``expires_at`` is the first instant that is too late.

    ``text`` is the version that was shown with the request: whatever it says by now, that is what
    was consented to (Art. 7(1) GDPR).
    """

    requested_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    wrong_attempts: int = 0
    most_attempts: int = MOST_ATTEMPTS
    kept: timedelta = KEPT_UNCONFIRMED
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What came of an action: ``is_new`` tells whether an event is to be written.

    ``effective_at`` is when the consent began to count, None as long as it does not;
    ``by_channel`` are the states of the channels that the form ticked.
    """

    state: State
    effective_at: datetime | None = None
    is_new: bool = False
    by_channel: Mapping[str, State] = field(default_factory=dict)
    text: str = ""


def state_of(waiting: Waiting, *, at: datetime) -> State:
    """How it stands before anybody presses anything."""
    if waiting.withdrawn_at is not None and waiting.withdrawn_at <= at:
        return State.WITHDRAWN
    if waiting.confirmed_at is not None and waiting.confirmed_at <= at:
        return State.GRANTED
    if at >= purge_on(waiting.requested_at, kept=waiting.kept):
        return State.PURGE
    if waiting.wrong_attempts >= waiting.most_attempts:
        return State.LOCKED
    return State.EXPIRED if at >= waiting.expires_at else State.PENDING


def pressed(waiting: Waiting, *, at: datetime) -> State:
    """What comes of the right token or code ``at``: GRANTED if it could still be confirmed."""
    before = state_of(waiting, at=at)
    return State.GRANTED if before is State.PENDING else before


def again(
    waiting: Waiting, *, at: datetime, how: str = "email_link", asked: Collection[datetime] = ()
) -> Again:
    """Whether whoever holds the link may ask for one more message over the same contact point.

    ``asked`` is when messages about the same text were asked for so far, the first included. A
    mail that can still be confirmed has arrived and needs none; a code may be lost on its way.
    """
    state = state_of(waiting, at=at)
    is_code = how == "sms_code"
    if state not in (_CODE_AGAIN if is_code else _MAIL_AGAIN):
        return Again.NEVER
    within, most = (CODES_WITHIN, MOST_CODES) if is_code else (waiting.kept, MOST_MAILS)
    if sum(each > at - within for each in asked) >= most:
        return Again.LIMIT
    return Again.WAIT if any(each > at - NEW_CODE_AFTER for each in asked) else Again.YES


def acted(
    waiting: Waiting,
    action: Action,
    *,
    at: datetime,
    is_right: bool = True,
    how: str = "email_link",
    channels: Collection[str] = (),
) -> Step:
    """What comes of ``action`` with the right token or code, or a wrong one.

    ``how`` is the kind of the confirmation; without ``channels`` the form ticked only such as it
    proves.
    """
    before = state_of(waiting, at=at)
    declares = is_right and action in (Action.POST_CONFIRM, Action.CODE)
    proves = not channels or not CONFIRMS.get(how, frozenset()).isdisjoint(channels)
    is_new = declares and proves and before is State.PENDING
    if not is_new and before is not State.GRANTED:
        return Step(state=before, by_channel=dict.fromkeys(channels, before), text=waiting.text)
    states = by_channel(how, channels)
    return Step(
        state=whole(states.values()) if states else State.GRANTED,
        effective_at=at if is_new else waiting.confirmed_at,
        is_new=is_new,
        by_channel=states,
        text=waiting.text,
    )


def by_channel(how: str, channels: Collection[str]) -> dict[str, State]:
    """What a confirmation of this kind means for each channel that a form ticked."""
    proven = CONFIRMS.get(how, frozenset()) | NEEDS_NONE
    return {each: State.GRANTED if each in proven else State.PENDING for each in channels}


def whole(states: Collection[State]) -> State:
    """The state of a form from those of its channels: PARTIAL while some still wait."""
    if State.GRANTED in states and State.PENDING in states:
        return State.PARTIAL
    return next(iter(states)) if len(set(states)) == 1 else State.PENDING


def lives(how: str) -> timedelta:
    """How long a confirmation of this kind can be given."""
    return CODE_LIVES if how == "sms_code" else TOKEN_LIVES


def purge_on(requested_at: datetime, *, kept: timedelta = KEPT_UNCONFIRMED) -> datetime:
    """When nothing of an unconfirmed request may be left: from the beginning of that day."""
    return (requested_at + kept).replace(hour=0, minute=0, second=0, microsecond=0)


_CODE_AGAIN = frozenset({State.PENDING, State.EXPIRED, State.LOCKED})
_MAIL_AGAIN = frozenset({State.EXPIRED})
