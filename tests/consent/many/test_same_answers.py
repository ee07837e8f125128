"""The gate for many gives the answers of the gate for one, whatever the ledger tells."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from consent import digests, gate, suppression
from consent.decision import Decision
from consent.decision.codes import Channel, Code
from consent.facts import KINDS_OF_CHANNEL
from consent.many import (
    NO_POINT,
    Ask,
    answers,
    asked,
    candidates,
    may_contact_many,
    one_by_one,
)
from consent.many.alike import Keys
from contacts.models import ContactPoint, Person
from tests.consent.many.stock import BEGAN, MOMENTS, NOW, Stock, questions

pytestmark = pytest.mark.django_db
ASK = {"channel": "email", "purpose": "newsletter", "at": NOW}


@pytest.mark.parametrize("seed", range(3))
def test_random_stocks(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether they are looked at one by one, as few are, or grouped by PostgreSQL, as many are."""
    stock = Stock(seed)
    digests.catch_up()
    stock.more()
    for ask in questions(random.Random(seed), count=16):
        one = {person.pk: single(person, ask) for person in Person.objects.all()}
        for few in (0, 10_000):
            monkeypatch.setattr(answers, "FEW", few)
            found = list(may_contact_many(Person.objects.all(), **ask))
            many = {answer.person: (answer.point, answer.decision) for answer in found}
            assert many == one, (seed, few, ask)
            assert len(found) == len(one)


@pytest.mark.parametrize("seed", range(3))
def test_values_on_lists_beside_consents(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries older and younger than the consents are told apart without reading these."""
    monkeypatch.setattr(answers, "FEW", 0)
    stock, dice = Stock(seed), random.Random(seed)
    stock.consent()
    moments = [*MOMENTS, BEGAN, *(NOW - timedelta(days=days) for days in (0, 59, 60, 61))]
    for point in [each for own in stock.points for each in own]:
        if dice.random() < 0.8:
            suppression.suppress(actor=None, point=point, effective_at=dice.choice(moments), at=NOW)
    digests.catch_up()
    told: Counter[str] = Counter()
    for ask in [*questions(random.Random(seed), count=6), ASK]:
        found = list(may_contact_many(Person.objects.all(), **ask))
        many = {answer.person: (answer.point, answer.decision) for answer in found}
        assert many == {person.pk: single(person, ask) for person in Person.objects.all()}, ask
        told.update(listed(asked(**ask)))
    assert min(told["before all of them"], told["after all of them"]) > 10


def listed(ask: Ask) -> Iterator[str]:
    """How entries stand to the consents, as far as keys say it."""
    keys = Keys(ask)
    for found in candidates.read(Person.objects.all(), channel=ask.channel):
        reachable = [each for each in found if each.point is not None]
        for key in keys.of(reachable):
            if isinstance(key, tuple):
                yield from (entry[-1] for entry in key[1] if isinstance(entry[-1], str))


def test_whole_answers_have_their_events() -> None:
    Stock(100, histories=4)
    for ask in questions(random.Random(100), count=8):
        whole = one_by_one(Person.objects.all(), ask=asked(**ask))
        assert {each.person: each.decision for each in whole} == {
            person.pk: gate.may_contact(person=person, point=point, **ask)
            for person in Person.objects.all()
            if (point := best_point(person, ask["channel"]))
        }


def single(person: Person, ask: dict[str, Any]) -> tuple[int | None, Decision]:
    if ask["channel"] not in set(Channel):
        return None, unknown(person, ask)
    point = best_point(person, ask["channel"])
    if point is None:
        return None, NO_POINT
    return point.pk, bare(gate.may_contact(person=person, point=point, **ask))


def unknown(person: Person, ask: dict[str, Any]) -> Decision:
    """Over an unknown channel nothing is a contact point; the answer is always the same."""
    point = ContactPoint.objects.earliest("pk")
    decision = bare(gate.may_contact(person=person, point=point, **ask))
    assert Code.UNKNOWN_CHANNEL in decision.codes
    return decision


def bare(decision: Decision) -> Decision:
    checked = tuple(replace(check, events=()) for check in decision.checked)
    return replace(decision, decisive="", decisive_at=None, checked=checked)


def best_point(person: Person, channel: str) -> ContactPoint | None:
    """The rule of the documentation, spelled a second time."""
    kinds = KINDS_OF_CHANNEL.get(channel, ())
    found: dict[int, tuple[Any, ...]] = {}
    if channel == "post":
        for row in person.addresses.order_by("valid_to", "-pk"):  # later ones win below
            ranks = (row.valid_to is None, *dated(row.confirmed_on), row.pk)
            known = found.get(row.contact_point_id)
            if known is None or row.valid_to is None or not known[0]:
                found[row.contact_point_id] = (*ranks, row.contact_point)
    for row in person.contact_points.filter(contact_point__kind__in=kinds):
        works = row.status == "ACTIVE"
        if channel == "post":
            ranks = (works, *dated(row.confirmed_on), row.pk)
        else:
            ranks = (works, row.is_preferred, *dated(row.verified_on), row.pk)
        found[row.contact_point_id] = (*ranks, row.contact_point)
    if not found:
        return None
    point: ContactPoint = max(found.values(), key=lambda ranks: ranks[:-1])[-1]
    return point


def dated(day: Any) -> tuple[bool, str]:
    return day is not None, str(day)
