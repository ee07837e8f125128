"""Merging without asking: off until switched on, only what is sure, undone by the day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from contacts import external_ids, merging, persons
from contacts.duplicates import decisions
from contacts.merging import automatic
from contacts.models import (
    AutomaticMerging,
    MatchingKind,
    MatchingRun,
    Merge,
    PairDecision,
    Person,
    Source,
    SuspectGroup,
    SuspectPair,
)
from crm.accounts.models import Team, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from tests.contacts.merging.dumps import dump
from tests.crm.suspects import made_results, suspected

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]
DAY = date(2026, 3, 17)


@pytest.fixture
def run(db: None, at: datetime) -> MatchingRun:
    return made_results(at)[MatchingKind.PERSON]


@pytest.fixture
def group(run: MatchingRun, make_person: MakePerson) -> list[Person]:
    """Three who are surely one."""
    found = [make_person("Johannes", name) for name in ("Maier", "Mayer", "Meier")]
    suspected(run, found)
    SuspectPair.objects.update(weight=14.0)
    SuspectGroup.objects.update(weakest=14.0, strength=14.0)
    return found


@pytest.fixture
def switched_on(admin: User, at: datetime) -> AutomaticMerging:
    return automatic.set_up(
        actor=admin, kind=MatchingKind.PERSON, is_on=True, threshold=12.0, at=at
    )


def merged(at: datetime) -> int:
    return automatic.run(MatchingKind.PERSON, at=at).merged


def test_nothing_happens_unless_it_is_switched_on(group: list[Person], at: datetime) -> None:
    before = dump()
    assert automatic.run(MatchingKind.PERSON, at=at) == automatic.Outcome(0, 0)
    assert dump() == before


def test_only_administrators_switch_it_on(admin: User, team_lead: User, at: datetime) -> None:
    with pytest.raises(errors.NotPermitted):
        automatic.set_up(actor=team_lead, kind=MatchingKind.PERSON, is_on=True, threshold=12, at=at)
    with pytest.raises(errors.Invalid):
        automatic.set_up(actor=admin, kind=MatchingKind.PERSON, is_on=True, threshold=5.9, at=at)
    assert not AutomaticMerging.objects.exists()
    automatic.set_up(actor=admin, kind=MatchingKind.PERSON, is_on=True, threshold=9, at=at)
    entry = AuditEntry.objects.get(action="duplicate.automation-set")
    assert entry.changes == {"is_on": [False, True], "threshold": [12.0, 9]}


@pytest.mark.usefixtures("switched_on")
def test_a_sure_group_becomes_one_and_the_day_can_be_undone(
    admin: User, group: list[Person], at: datetime
) -> None:
    before = dump()
    assert merged(at) == 1
    merge = Merge.objects.get()
    assert (merge.origin, merge.merged_by) == ("AUTOMATIC", None)
    assert Person.objects.count() == 1
    assert merged(at) == 0
    assert automatic.days(merging.merges_of(admin)) == [automatic.Day(DAY, 1, 0)]
    later = at + timedelta(days=1)
    assert automatic.undo_day(actor=admin, day=DAY + timedelta(days=1), at=later).undone == []
    assert automatic.undo_day(actor=admin, day=DAY, at=later).undone == [merge]
    assert dump() == before
    assert automatic.days(merging.merges_of(admin)) == [automatic.Day(DAY, 1, 1)]
    assert merged(later) == 0  # what was undone is not done again without asking


@pytest.mark.usefixtures("switched_on")
def test_merges_by_hand_are_not_undone_by_the_day(
    admin: User, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("J", "Maier"), make_person("J", "Maier")
    merging.merge(actor=admin, survivor=one, others=[other], at=at)
    assert automatic.undo_day(actor=admin, day=DAY, at=at).undone == []
    assert Person.objects.count() == 1


@pytest.mark.usefixtures("switched_on")
def test_only_administrators_undo_a_day(team_lead: User, group: list[Person], at: datetime) -> None:
    merged(at)
    with pytest.raises(errors.NotPermitted):
        automatic.undo_day(actor=team_lead, day=DAY, at=at)
    assert Person.objects.count() == 1


def _birth_dates(group: list[Person], known: dict[str, Any]) -> None:
    for person, day in zip(group, (3, 9), strict=False):
        persons.update(person=person, values={"birth_date": date(1964, 3, day)}, **known)


def _two_numbers(group: list[Person], known: dict[str, Any]) -> None:
    for person in group[:2]:
        external_ids.add(record=person, system="ERP", value=str(person.pk), **known)


def _decided(group: list[Person], known: dict[str, Any]) -> None:
    decisions.decide(
        actor=known["actor"], first=group[0], second=group[1],
        verdict=PairDecision.Verdict.DIFFERENT, at=known["at"],
    )  # fmt: skip


def _owners(group: list[Person], known: dict[str, Any]) -> None:
    Person.objects.filter(pk=group[0].pk).update(owner=None, team=Team.objects.create(name="A"))
    Person.objects.filter(pk=group[1].pk).update(team=Team.objects.create(name="B"))


def _weak_pair(group: list[Person], known: dict[str, Any]) -> None:
    SuspectGroup.objects.update(weakest=11.9)


def _unseen_pair(group: list[Person], known: dict[str, Any]) -> None:
    SuspectPair.objects.order_by("pk")[:1].get().delete()


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize(
    "doubt", [_birth_dates, _two_numbers, _decided, _owners, _weak_pair, _unseen_pair]
)
def test_what_is_doubtful_is_left_to_people(
    doubt: Callable[[list[Person], dict[str, Any]], None],
    admin: User,
    source: Source,
    group: list[Person],
    at: datetime,
) -> None:
    doubt(group, {"actor": admin, "source": source, "at": at})
    before = dump()
    assert merged(at) == 0
    assert dump() == before


@pytest.mark.usefixtures("switched_on")
def test_the_command_merges_and_undoes(group: list[Person]) -> None:
    out = StringIO()
    call_command("merge_duplicates", stdout=out)
    assert out.getvalue() == "1 Gruppen zusammengeführt, 0 zum Prüfen gelassen.\n"
    day = timezone.localtime(Merge.objects.get().merged_at).date()
    out = StringIO()
    call_command("merge_duplicates", "--undo-day", day.isoformat(), stdout=out)
    assert out.getvalue() == "1 zurückgenommen, 0 nicht.\n"
    assert Person.objects.count() == 3
