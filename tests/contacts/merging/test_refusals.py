"""What is refused, with which code, and that nothing happened."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from contacts import companies, merging, persons
from contacts.duplicates import decisions
from contacts.merging import fields, refusals
from contacts.models import Company, Merge, PairDecision, Person, Source
from crm.accounts.models import RoleCode, Team, User
from crm.kernel import errors
from tests.contacts.merging.dumps import dump

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]


def refused(error: type[errors.DomainError], act: Callable[[], Any]) -> errors.DomainError:
    """The refusal, after which everything is as before."""
    before, merges = dump(), Merge.objects.count()
    with pytest.raises(error) as raised:
        act()
    assert dump() == before
    assert Merge.objects.count() == merges
    return raised.value


def test_a_record_with_itself(admin: User, make_person: MakePerson, at: datetime) -> None:
    abel = make_person("Inge", "Abel")
    for others in ([], [abel]):
        refused(
            refusals.SameRecord,
            lambda others=others: merging.merge(  # type: ignore[misc]
                actor=admin, survivor=abel, others=others, at=at
            ),
        )


def test_a_person_with_a_company(
    admin: User, make_person: MakePerson, source: Source, at: datetime
) -> None:
    company = companies.create(actor=admin, values={"name": "Kern"}, source=source, at=at)
    abel = make_person("Inge", "Abel")
    refused(
        refusals.DifferentKinds,
        lambda: merging.merge(actor=admin, survivor=abel, others=[company], at=at),
    )


def test_already_merged_records_are_told_of_with_their_survivor(
    admin: User, make_person: MakePerson, at: datetime
) -> None:
    one, other, third = (make_person("Inge", f"Abel{n}") for n in range(3))
    merging.merge(actor=admin, survivor=one, others=[other], at=at)
    refusal = refused(
        refusals.AlreadyMerged,
        lambda: merging.merge(actor=admin, survivor=third, others=[other], at=at),
    )
    assert refusal.message == "Inge Abel1 wurde inzwischen mit Inge Abel0 zusammengeführt."
    assert refusal.data["survivor"] == str(one.public_id)
    refused(
        refusals.AlreadyMerged,
        lambda: merging.merge(actor=admin, survivor=one, others=[other], at=at),
    )


def test_what_one_may_not_see_is_not_there(
    sales: User, admin: User, make_person: MakePerson, team: Team, at: datetime
) -> None:
    mine, hidden, third = (
        make_person("Inge", "Abel", team=team),
        make_person("Inge", "Abel"),
        make_person("Inge", "Abel", team=team),
    )
    refused(
        errors.NotFound,
        lambda: merging.merge(actor=sales, survivor=mine, others=[hidden], at=at),
    )
    merging.merge(actor=admin, survivor=hidden, others=[third], at=at)
    refused(  # the survivor is not to be seen, so nothing is told of it
        errors.NotFound,
        lambda: merging.merge(actor=sales, survivor=mine, others=[third], at=at),
    )


def test_who_may_only_look_may_not_merge_or_undo(
    privacy: User, admin: User, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("Inge", "Abel"), make_person("Inge", "Abel")
    refused(
        errors.NotPermitted,
        lambda: merging.merge(actor=privacy, survivor=one, others=[other], at=at),
    )
    refused(errors.NotPermitted, lambda: merging.preview(actor=privacy, records=[one, other]))
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    refused(errors.NotPermitted, lambda: merging.undo(actor=privacy, merge=merge, at=at))


def test_an_undo_needs_sight_of_all_records(
    make_user: Callable[..., User], admin: User, make_person: MakePerson, team: Team, at: datetime
) -> None:
    seeing = make_user(RoleCode.SALES, teams=[team])
    one, other = make_person("Inge", "Abel", team=team), make_person("Inge", "Abel")
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    refused(errors.NotFound, lambda: merging.undo(actor=seeing, merge=merge, at=at))
    assert not merging.merges_of(seeing).exists()
    assert merging.merges_of(admin).count() == 1


def test_a_decision_against_it_stops_the_merge_until_confirmed(
    admin: User, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("Inge", "Abel"), make_person("Inge", "Abel")
    decision = decisions.decide(
        actor=admin, first=one, second=other, verdict=PairDecision.Verdict.DIFFERENT, at=at
    )
    before = dump()
    preview = merging.preview(actor=admin, records=[one, other])
    assert [each.public_id for each in preview.decisions] == [decision.public_id]
    refusal = refused(
        refusals.DecidedDifferent,
        lambda: merging.merge(actor=admin, survivor=one, others=[other], at=at),
    )
    assert refusal.data["decision"] == str(decision.public_id)
    merge = merging.merge(actor=admin, survivor=one, others=[other], despite_decision=True, at=at)
    assert not PairDecision.objects.exists()
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before


def test_decisions_of_the_other_go_to_the_survivor(
    admin: User, make_person: MakePerson, at: datetime
) -> None:
    one, other, third = (make_person("Inge", "Abel") for _n in range(3))
    decisions.decide(actor=admin, first=other, second=third, verdict="DIFFERENT", at=at)  # type: ignore[arg-type]
    before = dump()
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    moved = PairDecision.objects.get()
    assert (moved.first_person, moved.second_person) == (one, third)
    refused(
        refusals.DecidedDifferent,
        lambda: merging.merge(actor=admin, survivor=one, others=[third], at=at),
    )
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before


def test_a_changed_record_stops_the_merge(
    admin: User, source: Source, make_person: MakePerson, at: datetime
) -> None:
    one, other = make_person("Inge", "Abel"), make_person("Inge", "Abel")
    seen = merging.preview(actor=admin, records=[one, other]).versions
    persons.update(actor=admin, person=other, values={"title": "Dr."}, source=source, at=at)
    refused(
        errors.Conflict,
        lambda: merging.merge(actor=admin, survivor=one, others=[other], versions=seen, at=at),
    )


def test_unknown_choices(admin: User, make_person: MakePerson, at: datetime) -> None:
    one, other, third = (make_person("Inge", "Abel") for _n in range(3))
    for choices in ({"owner": one.public_id}, {"title": third.public_id}, {"title": "x"}):
        refused(
            fields.UnknownChoice,
            lambda choices=choices: merging.merge(  # type: ignore[misc]
                actor=admin, survivor=one, others=[other], choices=choices, at=at
            ),
        )


def test_companies_that_stand_between_one_another(
    admin: User, source: Source, at: datetime
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    top = companies.create(values={"name": "Oben"}, **known)
    middle = companies.create(values={"name": "Mitte", "parent": top}, **known)
    low = companies.create(values={"name": "Unten", "parent": middle}, **known)
    refusal = refused(
        refusals.CircleOfCompanies,
        lambda: merging.merge(actor=admin, survivor=low, others=[top], at=at),
    )
    assert "Mitte gehört zu der einen" in refusal.message
    assert merging.preview(actor=admin, records=[low, top], survivor=low).refusal
    merging.merge(actor=admin, survivor=low, others=[middle], at=at)
    low.refresh_from_db()
    assert low.parent == top
    assert Company.objects.count() == 2


def test_an_undo_happens_once(admin: User, make_person: MakePerson, at: datetime) -> None:
    one, other = make_person("Inge", "Abel"), make_person("Inge", "Abel")
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    refused(refusals.NotUndone, lambda: merging.redo(actor=admin, merge=merge, at=at))
    merging.undo(actor=admin, merge=merge, at=at)
    refused(refusals.AlreadyUndone, lambda: merging.undo(actor=admin, merge=merge, at=at))
    refused(refusals.AlreadyUndone, lambda: merging.undo_preview(actor=admin, merge=merge))


def test_a_later_merge_that_took_the_survivor_comes_first(
    admin: User, make_person: MakePerson, at: datetime
) -> None:
    one, other, third = (make_person("Inge", f"Abel{n}") for n in range(3))
    first = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    second = merging.merge(actor=admin, survivor=third, others=[one], at=at)
    refusal = refused(refusals.UndoRefused, lambda: merging.undo(actor=admin, merge=first, at=at))
    assert refusal.message == (
        "Inge Abel0 ging später in Inge Abel2 auf. Nehmen Sie erst diese Zusammenführung zurück."
    )
    assert merging.undo_preview(actor=admin, merge=first).refusal == refusal.message
    merging.undo(actor=admin, merge=second, at=at)
    merging.undo(actor=admin, merge=first, at=at)
    assert Person.objects.count() == 3
