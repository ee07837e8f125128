"""What a call is, told from its events. Pure: the order in which they came does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from history.calls import numbers
from history.calls.events import Event
from history.channels import Direction
from history.models import CallEventKind, CallState, Outcome

UNANSWERED: Final = frozenset(
    {"busy", "cancel", "cancelled", "congestion", "forwarded", "missed", "noanswer", "notfound",
     "rejected"}
)  # fmt: skip
_ESTABLISHED: Final = "normalclearing"
_IN_ORDER: Final = (CallEventKind.RINGING, CallEventKind.ANSWERED, CallEventKind.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """``rang`` and ``spoke`` are the ids, names and numbers of those concerned, as told.

    ``is_complete``: no event is to be waited for any more.
    """

    direction: str
    caller: str
    called: str
    other_side: str
    rang: frozenset[str]
    spoke: frozenset[str]
    ringing_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    state: str
    outcome: str
    is_voicemail: bool
    cause: str
    is_complete: bool


def fold(told: Iterable[Event]) -> Story:
    """The story of a call of which at least one event is known.

    A time is when an event came at the latest, so none of them lies behind one of a later event.
    """
    by_kind = {event.kind: event for event in told}
    known = [by_kind[kind] for kind in _IN_ORDER if kind in by_kind]
    ringing, answered, ended = (by_kind.get(kind) for kind in _IN_ORDER)
    times = [event.at for event in known]
    direction = _first(event.direction for event in known)
    caller, called = (_first(getattr(e, name) for e in known) for name in ("caller", "called"))
    cause = ended.cause if ended else ""
    is_unanswered = _plain(cause) in UNANSWERED
    was_answered = bool(answered) or _plain(cause) == _ESTABLISHED
    is_voicemail = any(event.is_voicemail for event in known if event is not ringing)
    own_number = caller if direction == Direction.OUTBOUND else called
    other_side = called if direction == Direction.OUTBOUND else caller
    return Story(
        direction=direction,
        caller=numbers.e164(caller),
        called=numbers.e164(called),
        other_side="" if numbers.is_suppressed(other_side) else other_side,
        rang=_names(own_number, *(ringing.agents if ringing else ())),
        spoke=_names(*_spoken(answered, ended)),
        ringing_at=min(times),
        answered_at=min(answered.at, *times[-1:]) if answered else None,
        ended_at=ended.at if ended else None,
        state=_state(answered, ended),
        outcome=_outcome(direction, was_answered=was_answered, is_voicemail=is_voicemail),
        is_voicemail=is_voicemail,
        cause=cause[:60],
        is_complete=bool(ended and ringing and (answered or is_unanswered)),
    )


def _spoken(answered: Event | None, ended: Event | None) -> Iterable[str]:
    for event in (answered, ended):
        if event:
            yield from event.agents
            yield event.answered_by


def _state(answered: Event | None, ended: Event | None) -> str:
    if ended:
        return CallState.ENDED
    return CallState.ANSWERED if answered else CallState.RINGING


def _outcome(direction: str, *, was_answered: bool, is_voicemail: bool) -> str:
    if is_voicemail:
        return Outcome.VOICEMAIL
    if was_answered:
        return Outcome.REACHED
    return Outcome.NOT_REACHED if direction == Direction.OUTBOUND else Outcome.MISSED


def _names(*texts: str) -> frozenset[str]:
    """Each name as it stands and, if it is a number, as numbers are kept."""
    known = {text for text in texts if text}
    return frozenset(known | {numbers.of_extension(text) for text in known if _has_digit(text)})


def _has_digit(text: str) -> bool:
    return any(sign.isdecimal() for sign in text) and not any(sign.isalpha() for sign in text)


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _plain(cause: str) -> str:
    return "".join(sign for sign in cause.casefold() if sign.isalpha())
