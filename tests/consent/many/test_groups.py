"""What PostgreSQL puts together, and what it must not."""

from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from consent import digests, point_keys, recording, references, suppression
from consent.decision.codes import PURPOSES, Channel, Code, Outcome, PurposeClass
from consent.many import Ask, answers, asked, candidates, may_contact_many
from consent.many import groups as groups_of
from consent.many.alike import Keys, Periods
from consent.models import DigestProgress, EventKind, PointKey, Subject
from contacts.models import ContactPoint, Person
from tests.consent.many.stock import NOW, Stock, questions

pytestmark = pytest.mark.django_db
ASK = {"channel": "email", "purpose": "newsletter", "at": NOW}

SURE_PURPOSES = {
    name for name, purpose in PURPOSES.items() if purpose is not PurposeClass.DOUBLE_OPT_IN
}


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> Stock:
    """Folded, with keys of all contact points; everybody is grouped."""
    monkeypatch.setattr(answers, "FEW", 0)
    stock = Stock(7, histories=4)
    stock.consent()
    digests.catch_up()
    return stock


def test_places_between_the_bounds_are_those_of_the_moments() -> None:
    periods, dice = Periods(asked(**ASK)), Random(1)
    assert periods.bounds == sorted(periods.bounds)
    day = timedelta(days=1) // timedelta(microseconds=1)
    moments = [digests.micros(NOW) + dice.randint(-2000 * day, 100 * day) for _at in range(500)]
    moments += [bound + by for bound in periods.bounds for by in (-1, 0, 1)]
    numbers = {moment: bisect_right(periods.bounds, moment) for moment in moments}
    assert set(numbers.values()) == set(range(len(periods.bounds) + 1))
    for moment, number in numbers.items():
        if number not in periods.near:
            assert periods.place_between(number) == periods.place_of(moment)


def test_who_is_sure_has_the_key_that_its_own_row_gives() -> None:
    """Without this, who stands for a group could answer for somebody else."""
    stock = Stock(0, histories=12)
    digests.catch_up()
    stock.more()
    for question in questions(Random(0), count=40):
        if question["channel"] in set(Channel) and question["purpose"] in SURE_PURPOSES:
            assert_sure_ones_have_their_keys(asked(**question))


def test_most_are_sure(stock: Stock) -> None:
    found = groups()
    sure = [each for each in found if each.is_sure]
    assert sum(len(each.persons) for each in found) == Person.objects.count()
    assert sum(len(each.persons) for each in sure) > Person.objects.count() / 2
    assert len(sure) < sum(len(each.persons) for each in sure)


def test_who_is_several_is_doubted(stock: Stock) -> None:
    survivor, _point = allowed()
    other = next(person for person in stock.persons if person.pk != survivor)
    Subject.objects.filter(person=other).update(person=survivor)
    assert survivor in doubted()


def test_whose_point_somebody_else_objected_over_is_doubted(stock: Stock) -> None:
    person, point = allowed()
    other = next(each for each in stock.persons if each.pk != person)
    tell(EventKind.OBJECTED, other, point, scope="cp")
    assert person in doubted()


def test_news_that_came_and_were_folded_meanwhile_are_heard_of(stock: Stock) -> None:
    """Whole answers leave them out, so nobody else may be answered by them."""
    pk, point = allowed()
    ask = asked(**{**ASK, "at": NOW + timedelta(days=1)})
    keys = Keys(ask)
    tell(EventKind.OBJECTED, Person.objects.get(pk=pk), point, scope="marketing_all")
    assert pk in doubted(ask)
    (found,) = candidates.read(Person.objects.filter(pk=pk), channel=ask.channel)
    assert keys.of(found) == [None]


def test_whose_events_name_a_contact_point_in_words_is_doubted(stock: Stock) -> None:
    pk, point = allowed()
    person = Person.objects.get(pk=pk)
    tell(EventKind.SERVICE, person, point, relation="contract", cp_given_for=["x"])
    assert pk in doubted()


def test_every_contact_point_has_its_key_once(stock: Stock) -> None:
    kept = dict(PointKey.objects.values_list("contact_point", "match_key"))
    assert {pk: bytes(key) for pk, key in kept.items()} == {
        each.pk: suppression.match_key(kind=each.kind, normalised=each.normalised)
        for each in ContactPoint.objects.all()
    }


def test_a_point_that_waits_for_its_key_is_doubted(stock: Stock) -> None:
    person, point = allowed()
    suppression.suppress(actor=None, point=point, effective_at=NOW, at=NOW)
    PointKey.objects.filter(contact_point=point).update(match_key=None)
    assert person in doubted()
    assert_denied(person)


def test_a_point_with_another_value_than_was_hashed_is_doubted(stock: Stock) -> None:
    person, point = allowed()
    point.normalised = "somebody else"
    suppression.suppress(actor=None, point=point, effective_at=NOW, at=NOW)
    ContactPoint.objects.filter(pk=point.pk).update(normalised=point.normalised)
    assert PointKey.objects.get(contact_point=point).match_key is None
    assert person in doubted()
    assert_denied(person)
    digests.catch_up()
    assert person in doubted()
    assert_denied(person)


def test_what_else_changes_of_a_point_leaves_its_key(stock: Stock) -> None:
    _person, point = allowed()
    ContactPoint.objects.filter(pk=point.pk).update(display="otherwise")
    kept = PointKey.objects.get(contact_point=point)
    assert (kept.match_key is not None, kept.edition) == (True, 0)


def test_a_key_reckoned_from_a_value_that_changed_meanwhile_is_not_kept(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _person, point = allowed()
    PointKey.objects.filter(contact_point=point).update(match_key=None)
    reckoned = suppression.match_key

    def meanwhile(*, kind: str, normalised: str) -> bytes:
        if normalised == point.normalised:
            ContactPoint.objects.filter(pk=point.pk).update(normalised="somebody else")
        return reckoned(kind=kind, normalised=normalised)

    monkeypatch.setattr(suppression, "match_key", meanwhile)
    point_keys.catch_up()
    kept = PointKey.objects.get(contact_point=point)
    assert (kept.match_key, kept.edition) == (None, 1)
    point_keys.catch_up()
    kept.refresh_from_db()
    assert bytes(kept.match_key or b"") == reckoned(kind=point.kind, normalised="somebody else")


def test_if_a_row_is_missing_everybody_is_doubted(stock: Stock) -> None:
    person, point = allowed()
    suppression.suppress(actor=None, point=point, effective_at=NOW, at=NOW)
    PointKey.objects.filter(contact_point=point).delete()
    assert_denied(person)
    assert doubted() == {pk for each in groups() if each.status for pk in each.persons}


def test_a_point_has_its_row_from_the_beginning_to_the_end(db: None) -> None:
    point = ContactPoint.objects.create(kind="EMAIL", normalised="a@b.example", display="a@b")
    assert PointKey.objects.filter(contact_point=point, match_key=None).exists()
    point.delete()
    assert not PointKey.objects.exists()


def test_keys_of_another_key_count_for_nothing_and_are_made_anew(stock: Stock) -> None:
    person, point = allowed()
    kept = set(PointKey.objects.values_list("pk", flat=True))
    suppression.suppress(actor=None, point=point, effective_at=NOW, at=NOW)
    PointKey.objects.update(match_key=bytes(32))
    DigestProgress.objects.update(keyed_with=bytes(8))
    assert not point_keys.are_kept()
    assert_denied(person)
    digests.catch_up()
    assert point_keys.are_kept()
    assert set(PointKey.objects.values_list("pk", flat=True)) == kept
    assert not PointKey.objects.filter(match_key=bytes(32)).exists()


def test_a_request_leaves_the_keys_to_another_time(db: None) -> None:
    Stock(7, histories=2)
    digests.catch_up(most=10_000)
    assert digests.folded_to() > 0
    assert PointKey.objects.exists()
    assert not PointKey.objects.exclude(match_key=None).exists()


def assert_sure_ones_have_their_keys(ask: Ask) -> None:
    keys, periods, own = Keys(ask), Periods(ask), {}
    for found in candidates.read(Person.objects.all(), channel=ask.channel):
        held = [each for each in found if each.point is not None]
        own |= {
            each.person: (each.point, key) for key, each in zip(keys.of(held), held, strict=True)
        }
    told: Counter[int | None] = Counter()
    for batch in groups_of.read(Person.objects.all(), ask=ask, periods=periods):
        for each in batch:
            told.update(each.persons)
            for person, point in zip(each.persons, each.points, strict=True):
                if each.is_sure:
                    assert own[person] == (point, each.key(periods))
                else:
                    assert each.is_doubted == (person in own)
    assert told == Counter(Person.objects.values_list("pk", flat=True))


def tell(kind: EventKind, person: Person, point: ContactPoint, **details: Any) -> None:
    """One more event, folded at once."""
    draft = recording.Draft(
        kind=kind,
        effective_at=NOW,
        person=references.subject_of(person),
        point=references.point_of(point),
        details=details,
    )
    recording.append(draft, actor=None, at=NOW)
    digests.catch_up()


def groups(ask: Ask | None = None) -> list[groups_of.Group]:
    ask = ask or asked(**ASK)
    found = groups_of.read(Person.objects.all(), ask=ask, periods=Periods(ask))
    return [each for batch in found for each in batch]


def doubted(ask: Ask | None = None) -> set[int]:
    return {person for each in groups(ask) if each.is_doubted for person in each.persons}


def allowed() -> tuple[int, ContactPoint]:
    """Somebody who may be written to and about whom nothing is in doubt."""
    unsure = doubted()
    for each in may_contact_many(Person.objects.all(), **ASK):
        if each.decision.outcome == Outcome.ALLOW and each.person not in unsure:
            return each.person, ContactPoint.objects.get(pk=each.point)
    pytest.fail("nobody is allowed")


def assert_denied(person: int) -> None:
    (decision,) = [
        each.decision
        for each in may_contact_many(Person.objects.all(), **ASK)
        if each.person == person
    ]
    assert decision.outcome == Outcome.DENY
    assert Code.SUPPRESSED in decision.codes
