"""Stored answers that tell much about a person and have lost their ground.

A withdrawal takes its answers with it at once (:func:`consent.criteria.release`). A ground is lost
in other ways, too: a consent runs out, a criterion is called or guarded otherwise than when
somebody consented to it. What ran out is taken back every night; of the rest a person decides,
because a slip at the keyboard would otherwise delete the answers of everybody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

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
    for persons, wanted in _batches():
        held = _held(persons, wanted)
        looked_at += len(held)
        judged = criteria.judged_of(persons, wanted, at=at)
        stored = [each for each in judged if (each.person.pk, each.criterion.pk) in held]
        lost = [each for each in stored if each.is_lost and not each.is_restricted]
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
    Person.with_aliases.select_for_update(of=("self",)).get(pk=each.person.pk)
    return criteria.take_back_if_lost(
        each.person,
        each.criterion,
        actor=actor,
        context={"reason": each.code},
        at=at,
        even_restricted=False,
    )


def _told(lost: criteria.Judged, answer: answers.Answer) -> Ungrounded:
    return Ungrounded(lost.person, lost.criterion, answer.code, answer.reason, lost.has_run_out)


def _batches() -> Iterator[tuple[list[Person], list[Criterion]]]:
    """Persons with answers to guarded criteria, some hundred at a time, and these criteria."""
    wanted = list(Criterion.objects.filter(sensitivity__in=qualification.GUARDED))
    last = 0
    while wanted:
        answered = _answers().filter(criterion__in=wanted, person__gt=last)
        keys = answered.order_by("person").values_list("person", flat=True).distinct()[:BATCH]
        persons = list(Person.with_aliases.filter(pk__in=list(keys)).order_by("pk"))
        if not persons:
            return
        yield persons, wanted
        last = persons[-1].pk


def _held(persons: Iterable[Person], wanted: Iterable[Criterion]) -> set[tuple[int | None, int]]:
    rows = _answers().filter(person__in=persons, criterion__in=wanted)
    return set(rows.values_list("person", "criterion"))


def _answers() -> "QuerySet[CriterionValue]":
    """Former ones, too: they tell as much."""
    return CriterionValue.objects.filter(person__isnull=False).exclude(value=None)


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
