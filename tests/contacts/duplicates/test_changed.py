"""A run over what has changed finds what a run over everything would find."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from contacts import contact_points, persons
from contacts.duplicates import decisions
from contacts.matching.signatures import Facts, Place
from contacts.matching.store import upkeep
from contacts.models import MatchingKind, MatchingModel, PairDecision, Person, SuspectPair
from tests.contacts.duplicates.conftest import Search, copies, group_rows, groups, pairs
from tests.contacts.matching import stocks as memory

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[[Sequence[Facts]], list[int]]
BORN = date(1964, 4, 17)
HOME = Place("Lange Str.", "1", "24103", "Kiel")


def test_changed_finds_what_full_finds(
    write: Write, model: MatchingModel, search: Search, admin: Any, source: Any, at: datetime
) -> None:
    """Twenty records change through the functions that the screens call, some are new, some go."""
    facts = copies(memory.people(700, seed=21))
    write(facts)
    first = search()
    assert first.pairs_found > 100
    suspects = [row[1] for row in pairs()]
    for number, pk in enumerate(suspects[:60:6]):
        person = Person.objects.get(pk=pk)
        persons.update(
            actor=admin, person=person, values={"surname": f"Anders{number}"}, source=source, at=at
        )
    alone = [each for each in facts if each.id not in {pk for row in pairs() for pk in row[1:3]}]
    for each, other in zip(alone[:8:2], alone[1:8:2], strict=True):
        name = {"given_name": other.given_name or "Anna", "surname": other.surname or "Abel"}
        person = Person.objects.get(pk=each.id)
        persons.update(actor=admin, person=person, values=name, source=source, at=at)
        for holder in (person, Person.objects.get(pk=other.id)):
            contact_points.add(
                actor=admin, record=holder, kind="EMAIL",
                value=f"gemeinsam{other.id}@stadtwerke.example", source=source, at=at,
            )  # fmt: skip
    newcomers = copies([facts[number] for number in range(0, 60, 12)])
    write(newcomers)
    Person.objects.filter(pk__in=suspects[1:40:13]).delete()

    changed = search(scope="CHANGED")

    assert 15 < changed.changed < 40
    assert changed.generation == first.generation
    assert changed.candidates < first.candidates / 2
    found = [row[:5] for row in pairs()], sorted(groups().values())
    numbers = groups()
    assert changed.pairs_found == len(found[0])
    assert changed.groups_found == len(found[1])

    full = search()

    assert full.model == first.model
    assert ([row[:5] for row in pairs()], sorted(groups().values())) == found
    assert groups() == numbers
    assert SuspectPair.objects.count() == len(found[0])


def test_nothing_changed_finds_nothing_new(
    write: Write, model: MatchingModel, search: Search
) -> None:
    write(copies(memory.people(300, seed=21)))
    search()
    found = pairs(), group_rows()
    for _again in range(2):
        run = search(scope="CHANGED")
        assert (run.changed, run.candidates) == (0, 0)
        assert (pairs(), group_rows()) == found
        assert (run.pairs_found, run.groups_found) == (len(found[0]), len(found[1]))


def test_what_was_written_during_a_run_is_seen_by_the_next(
    write: Write, model: MatchingModel, search: Search
) -> None:
    write([Facts(given_name="Hein", surname="Petersen", birth_date=BORN)])
    search()
    twin = write([Facts(given_name="Hein", surname="Petersen", birth_date=BORN)])
    run = search(scope="CHANGED")
    assert run.changed == 1
    assert [row[2] for row in pairs()] == twin


@pytest.fixture
def known(write: Write, model: MatchingModel) -> list[Person]:
    """One person written down three times, and two strangers."""
    hein = Facts(given_name="Hein", surname="Petersen", birth_date=BORN, places=[HOME])
    ids = write(
        [*copies([hein] * 3),
         Facts(given_name="Inge", surname="Abel", birth_date=date(1971, 9, 30), places=[HOME]),
         Facts(given_name="Uwe", surname="Zander", birth_date=date(1988, 2, 1), places=[HOME])]
    )  # fmt: skip
    return [Person.objects.get(pk=pk) for pk in ids]


def test_a_decision_is_minded_though_no_record_has_changed(
    known, search: Search, admin: Any, at: datetime
) -> None:
    a, b, c, inge, uwe = known
    search()
    before = pairs(), sorted(groups().values())
    taken = [
        decisions.decide(
            actor=admin, first=first, second=second, verdict=PairDecision.Verdict(verdict), at=at
        )
        for first, second, verdict in ((a, c, "DIFFERENT"), (inge, uwe, "SAME"))
    ]
    run = search(scope="CHANGED")
    assert run.changed == 0
    assert [row[1:3] for row in pairs()] == [(a.pk, b.pk), (b.pk, c.pk)]
    assert [inge.pk, uwe.pk] in groups().values()
    assert not any({a.pk, c.pk} <= set(members) for members in groups().values())

    for decision in taken:
        decisions.withdraw(actor=admin, decision=decision, at=at)
    search(scope="CHANGED")

    assert ([row[:5] for row in pairs()], sorted(groups().values())) == (
        [row[:5] for row in before[0]], before[1],
    )  # fmt: skip


def test_a_signature_that_stays_the_same_is_not_a_change(known, search: Search) -> None:
    search()
    ids = [person.pk for person in known]
    upkeep.write(MatchingKind.PERSON, {
        pk: Facts(id=pk, given_name="Hein", surname="Petersen", birth_date=BORN, places=[HOME])
        for pk in ids[:3]
    })  # fmt: skip
    assert search(scope="CHANGED").changed == 0
