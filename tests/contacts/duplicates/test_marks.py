"""Records that wait for the search lose their mark when a run has looked at them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from contacts import persons
from contacts.duplicates import marks
from contacts.matching.signatures import Facts
from contacts.models import MatchingModel, MatchingRun, Person
from tests.contacts.duplicates.conftest import Search, copies
from tests.contacts.matching import stocks as memory

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[[Sequence[Facts]], list[int]]


def waiting() -> set[int]:
    return set(Person.objects.filter(duplicate_check_due=True).values_list("pk", flat=True))


def test_a_run_takes_the_mark_from_whom_it_looked_at(
    write: Write, model: MatchingModel, search: Search
) -> None:
    ids = write(copies(memory.people(60, seed=3)))
    before = dict(Person.objects.values_list("pk", "version"))
    Person.objects.filter(pk__in=ids[:40]).update(duplicate_check_due=True)

    search()

    assert waiting() == set()
    assert dict(Person.objects.values_list("pk", "version")) == before


def test_who_came_or_changed_since_waits_for_the_next_run(
    write: Write, model: MatchingModel, search: Search, admin: Any, source: Any, at: datetime
) -> None:
    ids = write(copies(memory.people(60, seed=3)))
    search()
    (newcomer,) = write(copies(memory.people(1, seed=4)))
    person = Person.objects.get(pk=ids[0])
    persons.update(actor=admin, person=person, values={"surname": "Anders"}, source=source, at=at)
    Person.objects.filter(pk__in=[ids[0], ids[1], newcomer]).update(duplicate_check_due=True)

    assert marks.clear(MatchingRun.objects.get(is_current=True)) == 1

    assert waiting() == {ids[0], newcomer}
    search(scope="CHANGED")
    assert waiting() == set()


def test_many_are_taken_away_in_portions(
    write: Write, model: MatchingModel, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "CHUNK", 7)
    write(copies(memory.people(60, seed=3)))
    Person.objects.update(duplicate_check_due=True)
    search()
    assert waiting() == set()
