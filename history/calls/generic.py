"""The general form, for systems without one of their own: a JSON object per event."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from crm.kernel import audit, errors
from history.calls.events import LONGEST, MOST_AGENTS, Event, require_id
from history.channels import Direction
from history.models import CallEventKind

KINDS: Final = {
    "ringing": CallEventKind.RINGING,
    "answered": CallEventKind.ANSWERED,
    "ended": CallEventKind.ENDED,
}
OLDEST: Final = timedelta(days=30)
DIRECTIONS: Final = {"in": Direction.INBOUND, "out": Direction.OUTBOUND}


def read(body: Mapping[str, Any], *, at: datetime) -> Event:
    """The event of a body whose values are of the right types; one from the future is from now.

    :raises errors.Invalid: it names no call, or is long past
    """
    happened_at = body.get("at") or at
    if happened_at < at - OLDEST:
        raise errors.Invalid({"at": [_("Das liegt mehr als 30 Tage zurück.")]})
    return Event(
        kind=KINDS[body["event"]],
        call_id=require_id(body["call_id"], field="call_id"),
        direction=DIRECTIONS.get(body.get("direction", ""), Direction.NONE),
        caller=body.get("from", "")[:LONGEST],
        called=body.get("to", "")[:LONGEST],
        answered_by=body.get("answered_by", "")[:LONGEST],
        agents=tuple(each[:LONGEST] for each in body.get("agents", ()))[:MOST_AGENTS],
        cause=body.get("cause", "")[:LONGEST],
        is_voicemail=bool(body.get("voicemail", False)),
        at=min(happened_at, at),
        payload=audit.jsonable(dict(body)),
    )
