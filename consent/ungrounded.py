"""Stored answers that tell much about a person and have lost their ground.

A withdrawal takes its answers with it at once (:func:`consent.criteria.release`). A ground is lost
in other ways, too: a consent runs out, a criterion is called or guarded otherwise than when
somebody consented to it. What ran out is taken back every night; of the rest a person decides,
because a slip at the keyboard would otherwise delete the answers of everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from consent import criteria
from contacts import qualification
from contacts.models import Criterion, CriterionValue, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import answers

BATCH = 500


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """Whose answer to which criterion, and why it may not be kept.

    ``has_run_out``: there was a consent to exactly this, and its time is over.
    """

    person: Person
    criterion: Criterion
    code: str
    reason: str
    has_run_out: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many answers were looked at, and those without a ground; ``taken`` of them are gone."""

    looked_at: int
    found: list[Ungrounded]
    taken: int = 0


def look(*, at: datetime, most: int | None = None) -> Outcome:
    """Answers without a ground, up to ``most`` of them (a fixed number of queries a batch).

    An answer that may merely not be used for now (in conflict after a merge, its person has died)
    has its ground as long as the consent stands. Those of restricted persons are left out.
    """
    looked_at, found = 0, list[Ungrounded]()
    for criterion, persons in _batches():
        looked_at += len(persons)
        judged = criteria.judged_of(persons, [criterion], at=at)
        lost = [each for each in judged if _goes(each)]
        found += map(_told, lost, criteria.answered(lost))
        if most is not None and len(found) >= most:
            return Outcome(looked_at, found[:most])
    return Outcome(looked_at, found)


def take_back(*, actor: User | None, at: datetime, only_run_out: bool = False) -> Outcome:
    """Delete the answers without a ground with their history, each if that still holds.

    :raises errors.NotPermitted: ``actor`` may not manage consents
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_MANAGE)
    seen = look(at=at)
    going = [each for each in seen.found if each.has_run_out or not only_run_out]
    taken = sum(_take_back(each, actor=actor, at=at) for each in going)
    return Outcome(seen.looked_at, seen.found, taken)


@transaction.atomic
def _take_back(each: Ungrounded, *, actor: User | None, at: datetime) -> bool:
    """Whether it still had to go: the person may be gone, or one with another, meanwhile."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=each.person.pk).first()
    if person is None:
        return False
    (judged,) = criteria.judged_of([person], [each.criterion], at=at)
    if not _goes(judged):
        return False
    qualification.forget(
        actor=actor,
        person=person,
        criterion=each.criterion,
        context={"reason": each.code},
        at=at,
    )
    return True


def _goes(judged: criteria.Judged) -> bool:
    return judged.is_lost and not judged.is_restricted


def _told(lost: criteria.Judged, answer: answers.Answer) -> Ungrounded:
    return Ungrounded(lost.person, lost.criterion, answer.code, answer.reason, lost.has_run_out)


def _batches() -> Iterator[tuple[Criterion, list[Person]]]:
    """Each guarded criterion with those who have an answer to it, a former one too, some hundred
    at a time."""
    for criterion in Criterion.objects.filter(sensitivity__in=qualification.GUARDED):
        told = CriterionValue.objects.filter(criterion=criterion).exclude(value=None)
        answered = Person.objects.filter(pk__in=told.values("person")).order_by("pk")
        persons = list(answered[:BATCH])
        while persons:
            yield criterion, persons
            persons = list(answered.filter(pk__gt=persons[-1].pk)[:BATCH])


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome for programs, without the answers."""
    return {
        "looked_at": outcome.looked_at,
        "taken_back": outcome.taken,
        "found": [
            {
                "person": str(each.person.public_id),
                "criterion": each.criterion.code,
                "code": each.code,
                "reason": each.reason,
                "has_run_out": each.has_run_out,
            }
            for each in outcome.found
        ],
    }
