"""Answers from the events themselves, for a slice of candidates at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from consent import events, facts, gate, references, suppression
from consent.decision import Decision, Question
from consent.events import Event
from consent.facts import Circumstances
from consent.many import candidates as reading
from consent.many.asking import Ask
from consent.many.candidates import Candidate
from consent.models import SuppressionEntry
from contacts.models import Person

Grouped = dict[UUID | None, list[Event]]


@dataclass(frozen=True, slots=True)
class Whole:
    """One answer with all that it rests on: what :func:`consent.gate.kept` keeps."""

    person: int
    point: int
    reference: UUID | None
    question: Question
    around: Circumstances
    decision: Decision


def one_by_one(persons: QuerySet[Person], *, ask: Ask) -> Iterator[Whole]:
    """Whole answers for those who have a contact point; as many statements a slice as for one."""
    for found in reading.read(persons, channel=ask.channel):
        yield from answers(ask, [each for each in found if each.point is not None])


def answers(ask: Ask, candidates: Sequence[Candidate]) -> list[Whole]:
    """Whole answers for candidates with a contact point (at most five statements)."""
    if not candidates:
        return []
    known = _Known(ask, candidates)
    return [_whole(ask, each, known) for each in candidates]


def _whole(ask: Ask, candidate: Candidate, known: "_Known") -> Whole:
    around = known.circumstances(candidate)
    question = ask.about(around)
    return Whole(
        person=candidate.person,
        point=candidate.point or 0,
        reference=candidate.reference,
        question=question,
        around=around,
        decision=gate.answer(question, around, known.events_of(candidate)),
    )


class _Known:
    """What the ledger says of some candidates."""

    def __init__(self, ask: Ask, candidates: Sequence[Candidate]) -> None:
        self._subjects = references.subjects_of(each.person for each in candidates)
        refs = [ref for own in self._subjects.values() for ref in own]
        opened = self._suppressed(candidates)
        points = [each.reference for each in candidates if each.reference]
        self._by_person = _grouped(
            (event.person, event) for event in events.concerning(persons=refs, size=ask.size)
        )
        self._by_point = _grouped(
            (event.point, event) for event in events.concerning(points=points, size=ask.size)
        )
        self._by_opened = _grouped(
            (event.public_id if event.public_id in opened else event.about, event)
            for event in events.concerning(opened=list(opened), size=ask.size)
        )

    def circumstances(self, candidate: Candidate) -> Circumstances:
        return Circumstances(
            subjects=[str(ref) for ref in self._subjects.get(candidate.person, [])],
            point=str(candidate.reference or ""),
            is_held=True,
            status=candidate.status,
            source=facts.source_of(candidate.source),
            recipient_type=candidate.recipient_type,
            born=candidate.born.isoformat() if candidate.born else None,
            suppressed_by=sorted(str(each) for each in self._opened(candidate)),
        )

    def events_of(self, candidate: Candidate) -> list[Event]:
        """In the order of the ledger, each once."""
        found = {
            event.seq: event
            for event in (
                *self._of(self._by_person, self._subjects.get(candidate.person, [])),
                *self._of(self._by_point, [candidate.reference] if candidate.reference else []),
                *self._of(self._by_opened, self._opened(candidate)),
            )
        }
        return [event for _seq, event in sorted(found.items())]

    def _suppressed(self, candidates: Sequence[Candidate]) -> set[UUID]:
        self._key = {
            each.person: suppression.match_key(kind=each.kind, normalised=each.normalised)
            for each in candidates
        }
        rows: Any = SuppressionEntry.objects.filter(match_key__in=set(self._key.values()))
        self._entries: dict[bytes, list[UUID]] = {}
        for key, opened in rows.values_list("match_key", "opened"):
            self._entries.setdefault(bytes(key), []).append(opened)
        return {opened for entries in self._entries.values() for opened in entries}

    def _opened(self, candidate: Candidate) -> list[UUID]:
        return self._entries.get(self._key[candidate.person], [])

    @staticmethod
    def _of(grouped: Grouped, keys: Iterable[UUID]) -> Iterator[Event]:
        for key in keys:
            yield from grouped.get(key, [])


def _grouped(keyed: Iterable[tuple[UUID | None, Event]]) -> Grouped:
    found: Grouped = {}
    for key, event in keyed:
        found.setdefault(key, []).append(event)
    return found
