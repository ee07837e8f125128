"""What the visitor's page shows of a visit, ready for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from consent import channels
from consent.decision.opting_in import State
from consent.models import ConsentText
from crm.ui.screens.optin import masks
from history.fairs.visitor_answers import Stand
from history.fairs.visitor_ways import Details, Way
from history.fairs.visitors import Visit

ICONS: Final = {"phone": "phone", "sms": "sms", "email": "mail", "video": "video"}
SIGNS: Final = {State.GRANTED: "yes", State.PENDING: "clock"}
INPUTS: Final = {"name": "name", "email": "email", "mobile": "tel", "phone": "tel"}
"""What browsers may fill in, by field."""
STORED: Final = ("name", "company_name", "email", "mobile", "phone")


@dataclass(frozen=True, slots=True)
class Tick:
    """A way that may be ticked; ``asks`` if its contact point is asked for right below it."""

    way: Way
    icon: str
    is_chosen: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """One text with its ways."""

    text: ConsentText
    purposes: str
    ticks: Sequence[Tick]


def asks(ways: Sequence[Way], *, chosen: Sequence[str]) -> list[Ask]:
    """By text. Nothing is ticked but what the visitor ticked; a field is asked for once."""
    by_text: dict[ConsentText, list[Tick]] = {}
    asked: set[str] = set()
    for way in ways:
        is_asked = not way.value and way.field not in asked
        if is_asked:
            asked.add(way.field)
        tick = Tick(way, ICONS.get(way.channel, "chat"), way.key in chosen, is_asked)
        by_text.setdefault(way.text, []).append(tick)
    return [
        Ask(text, ", ".join(map(channels.purpose, text.purposes)), ticks)
        for text, ticks in by_text.items()
    ]


def fields(details: Details, wrong: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The inputs by name: the ones that are asked for, and below „stimmt nicht“ those that are
    ``is_known``."""
    return {
        name: {
            "name": name,
            "value": getattr(details, name),
            "fills": fills,
            "label": f"visitor_{name}",
            "wrong": wrong.get(name, ""),
            "is_known": bool(getattr(details, name)),
        }
        for name, fills in INPUTS.items()
    }


def stored(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name of the word and value of what the stand noted."""
    return [(f"visitor_{name}", values[name]) for name in STORED if values.get(name)]


def stands(found: Sequence[Stand]) -> list[dict[str, Any]]:
    """What was asked, with a sign, a word and where to go on."""
    return [_stand(each) for each in found]


def _stand(stand: Stand) -> dict[str, Any]:
    asked, state = stand.confirmation, stand.state
    word = f"visitor_{state}"
    if state == State.PENDING:
        word = f"visitor_PENDING_{asked.kind}" if asked.sent_at else "visitor_UNSENT"
    is_waiting = state == State.PENDING and asked.sent_at is not None
    return {
        "icon": ICONS.get(asked.channels[0], "chat"),
        "sign": SIGNS.get(state, "no"),
        "labels": stand.channel_labels,
        "value": masks.masked(asked.point),
        "word": word,
        "title": asked.request.text.title,
        "code_of": asked.ref if is_waiting and asked.kind == "sms_code" else None,
        "is_over": state not in (State.GRANTED, State.PENDING),
    }


def verdict(visit: Visit) -> str:
    """``visitor_asked``, ``_confirmed``, ``_refused`` or ``_over``; empty before any answer."""
    states = {stand.state for stand in visit.stands}
    if State.PENDING in states:
        return "visitor_asked"
    if State.GRANTED in states:
        return "visitor_confirmed"
    if visit.has_refused or State.WITHDRAWN in states:
        return "visitor_refused"
    return "visitor_over" if states else ""
