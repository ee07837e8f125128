"""The check at entry scores by the run that holds when it is asked."""

from collections.abc import Callable, Sequence

import pytest

from contacts.duplicates import entry
from contacts.matching.signatures import Facts
from contacts.models import MatchingModel, MatchingRun, Person
from tests.contacts.duplicates.conftest import Search, copies, pairs
from tests.contacts.matching import stocks as memory

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_run_is_the_standard_as_soon_as_it_holds(
    write: Callable[[Sequence[Facts]], list[int]], model: MatchingModel, search: Search
) -> None:
    facts = copies(memory.people(700, seed=21))
    write(facts)
    before = found_for(facts[0].id)
    first = search()
    assert_those_of_the_run(first)
    MatchingRun.objects.update(is_current=False)
    assert found_for(facts[0].id) == before
    assert_those_of_the_run(search())


def assert_those_of_the_run(run: MatchingRun) -> None:
    assert run.pairs_found > 100
    for _id, first, second, weight, *_rest in pairs()[:20]:
        assert found_for(first)[second] == pytest.approx(weight, abs=1e-6)


def found_for(pk: int) -> dict[int, float]:
    suspects = entry.suspects_for(Person.objects.get(pk=pk), limit=1000)
    return {each.id: each.weight for each in suspects}
