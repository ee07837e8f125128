"""Answers for many, each key decided once."""

from collections.abc import Generator, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import repeat
from typing import NamedTuple

from django.db.models import QuerySet

from consent import controllers, facts, gate, recording
from consent.decision import Decision, decide
from consent.decision.codes import Channel, Code, Ground, Outcome
from consent.decision.facts import Facts, Message
from consent.many import candidates as reading
from consent.many import exact, groups
from consent.many.alike import Keys, Periods, is_alone
from consent.many.asking import Ask
from consent.many.candidates import Candidate
from consent.many.groups import Group
from consent.models import Controller
from contacts.models import Person

FEW = 2000
"""So many are quicker looked at one by one than grouped by PostgreSQL."""
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
    written. Read it to its end: a transaction may be open meanwhile.
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
    answers = _Answers(ask)
    if is_alone(ask) or not persons[FEW : FEW + 1].exists():
        for found in reading.read(persons, channel=channel):
            yield from answers.of(found)
        return
    doubted: list[int] = []
    for batch in groups.read(persons, ask=ask, periods=answers.periods):
        doubted += yield from answers.of_groups(batch)
    for found in answers.read_again(doubted):
        yield from answers.of(found)


class _Answers:
    """Answers to one question; what was decided once is remembered by its key."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._keys = Keys(ask)
        self._memory: dict[Hashable, Decision] = {}
        self.periods = Periods(ask)

    def of_groups(self, found: Sequence[Group]) -> Generator[Answered, None, list[int]]:
        """For everybody in the groups; returns who has to be read again and looked at alone."""
        keyed = [(each.key(self.periods), each) for each in found if each.is_sure]
        self._decide({key: each.persons[0] for key, each in keyed if key not in self._memory})
        doubted = [person for each in found if each.is_doubted for person in each.persons]
        for each in found:
            if each.status is None:
                yield from map(Answered, each.persons, repeat(None), repeat(NO_POINT))
        for key, each in keyed:
            decision = self._memory.get(key)
            if decision is None:
                doubted += each.persons
            else:
                yield from map(Answered, each.persons, each.points, repeat(decision))
        return doubted

    def read_again(self, persons: Sequence[int]) -> Iterator[list[Candidate]]:
        """Their own rows, as of now."""
        for at in range(0, len(persons), reading.SLICE):
            some = Person.with_aliases.filter(pk__in=persons[at : at + reading.SLICE])
            yield from reading.read(some, channel=self._ask.channel)

    def of(self, found: Sequence[Candidate]) -> Iterator[Answered]:
        """For each of them (as many statements as for one)."""
        reachable = [each for each in found if each.point is not None]
        for each in found:
            if each.point is None:
                yield Answered(each.person, None, NO_POINT)
        keyed = list(zip(self._keys.of(reachable), reachable, strict=True))
        first: dict[Hashable, Candidate] = {}
        alone = []
        for key, each in keyed:
            if key is None:
                alone.append(each)
            elif key not in self._memory:
                first.setdefault(key, each)
        whole = exact.answers(self._ask, [*first.values(), *alone])
        for key, answer in zip(first, whole[: len(first)], strict=True):
            self._memory[key] = _without_events(answer.decision)
        for answer in whole[len(first) :]:
            yield Answered(answer.person, answer.point, _without_events(answer.decision))
        for key, each in keyed:
            if key is not None:
                yield Answered(each.person, each.point, self._memory[key])

    def _decide(self, first: Mapping[Hashable, int]) -> None:
        """Ask about one person for each key, if by its own row it has that key, too."""
        expected = {person: key for key, person in first.items()}
        for found in self.read_again(list(expected)):
            reachable = [each for each in found if each.point is not None]
            keyed = zip(self._keys.of(reachable), reachable, strict=True)
            same = [each for key, each in keyed if key == expected[each.person]]
            for answer in exact.answers(self._ask, same):
                self._memory[expected[answer.person]] = _without_events(answer.decision)


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
