"""Suspects that name a merged record vanish, also from a run that began before the merge, and
come back with the undo."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest
from django.db import connection

from contacts import merging
from contacts.duplicates import decisions, suspects
from contacts.matching.store import upkeep
from contacts.merging import findings
from contacts.models import (
    MatchingKind,
    MatchingRun,
    PairDecision,
    Person,
    SuspectGroup,
    SuspectPair,
)
from crm.accounts.models import User
from tests.contacts.merging.dumps import dump
from tests.crm.suspects import made_results, suspected

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]


@pytest.fixture
def run(db: None, at: datetime) -> MatchingRun:
    return made_results(at)[MatchingKind.PERSON]


def groups(user: User) -> list[list[str]]:
    page = suspects.page(user=user, kind=MatchingKind.PERSON)
    assert page.total == len(page.groups)
    assert all(group.hidden == 0 for group in page.groups)
    return [[member.surname for member in group.members] for group in page.groups]  # type: ignore[union-attr]


def test_a_pair_is_settled_by_its_merge(
    admin: User, run: MatchingRun, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("J", "Maier"), make_person("J", "Mayer")
    suspected(run, [one, other])
    before = dump()
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    assert groups(admin) == []
    assert suspects.of_record(user=admin, record=one) == []
    assert not SuspectPair.objects.exists()
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before
    assert groups(admin) == [["Maier", "Mayer"]]


def test_a_larger_group_keeps_who_is_left(
    admin: User, run: MatchingRun, make_person: MakePerson, at: datetime
) -> None:
    persons = [make_person("J", name) for name in ("Maier", "Mayer", "Meier")]
    suspected(run, persons)
    before = dump()
    merge = merging.merge(actor=admin, survivor=persons[0], others=[persons[1]], at=at)
    assert groups(admin) == [["Maier", "Meier"]]
    assert SuspectPair.objects.count() == 1
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before


def test_what_an_older_run_found_does_not_come_back(
    admin: User, run: MatchingRun, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("J", "Maier"), make_person("J", "Mayer")
    suspected(run, [one, other])
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    MatchingRun.objects.update(generation=run.generation + 1)
    merging.undo(actor=admin, merge=merge, at=at)
    assert groups(admin) == []
    assert not SuspectPair.objects.exists()


@pytest.mark.parametrize("off", ["enable_nestloop", "enable_hashjoin"])
@pytest.mark.parametrize("together", [True, False])
def test_a_group_comes_back_in_its_order_however_the_database_reads_it(
    admin: User, run: MatchingRun, make_person: MakePerson, at: datetime, off: str, together: bool
) -> None:
    persons = [make_person("J", name) for name in ("Maier", "Mayer", "Meier")]
    group = suspected(run, persons)
    members = [persons[place].pk for place in (2, 0, 1)]
    SuspectGroup.objects.filter(pk=group.pk).update(members=members)
    others = persons[1:] if together else persons[1:2]
    merge = merging.merge(actor=admin, survivor=persons[0], others=others, at=at)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {off} = off")
    merging.undo(actor=admin, merge=merge, at=at)
    assert SuspectGroup.objects.get(pk=group.pk).members == members


def test_a_run_that_began_before_the_merge_finds_no_alias(
    admin: User, run: MatchingRun, make_person: MakePerson, at: datetime
) -> None:
    persons = [make_person("J", name) for name in ("Maier", "Mayer", "Meier")]
    merging.merge(actor=admin, survivor=persons[0], others=[persons[1]], at=at)
    suspected(run, persons)  # written by a worker that had read them before
    seen = np.array(sorted(each.pk for each in persons))
    findings.without_aliases(run, seen[seen != persons[1].pk])
    assert SuspectPair.objects.count() == 3, "what it did not see, it did not find"
    findings.without_aliases(run, seen)
    assert groups(admin) == [["Maier", "Meier"]]
    assert SuspectPair.objects.count() == 1
    suspected(run, persons[:2], number=9)
    findings.without_aliases(run, seen)
    assert SuspectGroup.objects.count() == 1


def test_undone_records_are_looked_at_again(
    admin: User, run: MatchingRun, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("J", "Maier"), make_person("J", "Mayer")
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    assert upkeep.stale(MatchingKind.PERSON, [one.pk]) == []
    merging.undo(actor=admin, merge=merge, at=at)
    assert upkeep.stale(MatchingKind.PERSON, [one.pk, other.pk]) == []


def test_decided_pairs_of_both_become_one_decision(
    admin: User, make_person: MakePerson, at: datetime
) -> None:
    """ "Different" is the cautious one: it holds where the two were decided otherwise."""
    one, other, third = (make_person("J", "Maier") for _n in range(3))
    for first, verdict in ((one, "SAME"), (other, "DIFFERENT")):
        decisions.decide(
            actor=admin, first=first, second=third, verdict=PairDecision.Verdict(verdict), at=at
        )
    before = dump()
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    decision = PairDecision.objects.get()
    assert (decision.first_person, decision.second_person, decision.verdict) == (
        one,
        third,
        "DIFFERENT",
    )
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before
