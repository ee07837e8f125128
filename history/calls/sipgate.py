"""The form in which sipgate pushes events: form fields, some of them several times."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from history.calls.events import LONGEST, MOST_AGENTS, Event, require_id
from history.channels import Direction
from history.models import CallEventKind

KINDS: Final = {
    "newCall": CallEventKind.RINGING,
    "answer": CallEventKind.ANSWERED,
    "hangup": CallEventKind.ENDED,
}
DIRECTIONS: Final = {"in": Direction.INBOUND, "out": Direction.OUTBOUND}
_VOICEMAIL = "voicemail"
_WHO = ("userId[]", "fullUserId[]", "user[]", "userId", "fullUserId", "user")
Fields = Mapping[str, Sequence[str]]


def read(fields: Fields, *, at: datetime) -> Event | None:
    """The event; None for one that tells nothing of how a call goes (a key that was pressed).

    :raises errors.Invalid: it names no call
    """
    kind = KINDS.get(_one(fields, "event"))
    if kind is None:
        return None
    call_id = require_id(_one(fields, "callId", longest=None), field="callId")
    agents = tuple(value[:LONGEST] for name in _WHO for value in fields.get(name, ()) if value)
    return Event(
        kind=kind,
        call_id=call_id,
        direction=DIRECTIONS.get(_one(fields, "direction"), Direction.NONE),
        caller=_one(fields, "from"),
        called=_one(fields, "to"),
        answered_by=_one(fields, "answeringNumber"),
        agents=tuple(dict.fromkeys(agents))[:MOST_AGENTS],
        cause=_one(fields, "cause"),
        is_voicemail=any(agent.casefold() == _VOICEMAIL for agent in agents),
        at=at,
        payload={name: list(values) for name, values in fields.items()},
    )


def _one(fields: Fields, name: str, *, longest: int | None = LONGEST) -> str:
    values = fields.get(name) or [""]
    return values[-1][:longest]
