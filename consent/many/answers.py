"""Answers for many, each key decided once."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from consent import controllers, facts, gate, recording
from consent.decision import Decision, decide
from consent.decision.codes import Channel, Code, Ground, Outcome
from consent.decision.facts import Facts, Message
from consent.many import candidates as reading
from consent.many import exact
from consent.many.alike import Keys
from consent.many.asking import Ask
from consent.many.candidates import Candidate
from consent.models import Controller
from contacts.models import Person

NO_POINT = Decision(
    outcome=Outcome.DENY,
    ground=Ground.NONE,
    codes=(Code.NO_CONTACT_POINT,),
    rule="1 contact point",
)
"""There is no contact point that the channel goes over."""


class Answered(NamedTuple):
    """The answer for one person over one contact point, without the events behind it."""

    person: int
    point: int | None
    decision: Decision


def asked(
    *,
    channel: str,
    purpose: str,
    at: datetime,
    known_at: datetime | None = None,
    controller: Controller | None = None,
    message: Message | None = None,
) -> Ask:
    """The question, with the ledger as it is now."""
    return Ask(
        channel=channel,
        purpose=purpose,
        controller=str((controller or controllers.default()).public_id),
        at=at,
        known_at=known_at,
        message=message or Message(),
        size=recording.size(),
    )


def may_contact_many(
    persons: QuerySet[Person],
    *,
    channel: str,
    purpose: str,
    at: datetime,
    known_at: datetime | None = None,
    controller: Controller | None = None,
    message: Message | None = None,
) -> Iterator[Answered]:
    """Whether each of the persons may be contacted over its best contact point of the channel.

    The answers are those of :func:`consent.gate.may_contact` but for the events they rest on.
    They come in no order; the number of statements grows with the slices alone. Nothing is
    written. Read it to its end: a transaction is open meanwhile.
    """
    ask = asked(
        channel=channel,
        purpose=purpose,
        at=at,
        known_at=known_at,
        controller=controller,
        message=message,
    )
    if channel not in set(Channel):
        unknown = _without_events(decide(ask.about(_NOBODY), Facts(), gate.POLICY))
        for person in persons.order_by().values_list("id", flat=True).iterator():
            yield Answered(person, None, unknown)
        return
    keys = Keys(ask)
    memory: dict[Hashable, Decision] = {}
    for found in reading.read(persons, channel=channel):
        yield from _slice(ask, found, keys, memory)


def _slice(
    ask: Ask, found: list[Candidate], keys: Keys, memory: dict[Hashable, Decision]
) -> Iterator[Answered]:
    reachable = [each for each in found if each.point is not None]
    for each in found:
        if each.point is None:
            yield Answered(each.person, None, NO_POINT)
    keyed = list(zip(keys.of(reachable), reachable, strict=True))
    first: dict[Hashable, Candidate] = {}
    alone = []
    for key, each in keyed:
        if key is None:
            alone.append(each)
        elif key not in memory:
            first.setdefault(key, each)
    whole = exact.answers(ask, [*first.values(), *alone])
    for key, answer in zip(first, whole[: len(first)], strict=True):
        memory[key] = _without_events(answer.decision)
    for answer in whole[len(first) :]:
        yield Answered(answer.person, answer.point, _without_events(answer.decision))
    for key, each in keyed:
        if key is not None:
            yield Answered(each.person, each.point, memory[key])


def _without_events(decision: Decision) -> Decision:
    checked = tuple(replace(check, events=()) for check in decision.checked)
    return replace(decision, decisive="", decisive_at=None, checked=checked)


_NOBODY = facts.Circumstances(
    subjects=[],
    point="",
    is_held=False,
    status="",
    source="",
    recipient_type="unknown",
)
