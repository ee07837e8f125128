"""One event of a call, whatever system it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from crm.kernel import errors

LONGEST_ID: Final = 200
LONGEST: Final = 100
MOST_AGENTS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``kind`` is one of :class:`~history.models.CallEventKind`; ``at`` is when it happened, or
    when it came where the system does not say.

    ``caller``, ``called`` and ``answered_by`` are numbers as they came. ``agents`` are ids, names
    or numbers by which the system knows those concerned. ``payload`` is the whole as it came.
    """

    kind: str
    call_id: str
    direction: str = ""
    caller: str = ""
    called: str = ""
    answered_by: str = ""
    agents: tuple[str, ...] = ()
    cause: str = ""
    is_voicemail: bool = False
    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)

    def reading(self) -> dict[str, Any]:
        """What was understood, as JSON."""
        return {
            "direction": self.direction,
            "caller": self.caller,
            "called": self.called,
            "answered_by": self.answered_by,
            "agents": list(self.agents),
            "cause": self.cause,
            "is_voicemail": self.is_voicemail,
            "at": self.at.isoformat(),
        }


def read_again(*, kind: str, call_id: str, reading: Mapping[str, Any]) -> Event:
    """An event that was kept."""
    values = {**reading, "agents": tuple(reading["agents"])}
    return Event(
        kind=kind, call_id=call_id, **{**values, "at": datetime.fromisoformat(reading["at"])}
    )


def require_id(call_id: str, *, field: str) -> str:
    """The id of the call.

    :raises errors.Invalid: there is none, or it is too long
    """
    call_id = call_id.strip()
    if not call_id:
        raise errors.Invalid({field: [_("Die Kennung des Anrufs fehlt.")]})
    if len(call_id) > LONGEST_ID:
        limit = {"most": LONGEST_ID}
        raise errors.Invalid(
            {field: [_("Die Kennung des Anrufs hat mehr als %(most)d Zeichen.") % limit]}
        )
    return call_id
