"""What people decide binds every later run, and everybody may read who decided it and when."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations

import pytest

from contacts import companies
from contacts.duplicates import decisions
from contacts.matching.signatures import Facts, Place
from contacts.models import MatchingModel, PairDecision, Person
from crm.accounts.models import RoleCode
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from tests.contacts.duplicates.conftest import Search, groups, pairs

pytestmark = pytest.mark.django_db
Verdict = PairDecision.Verdict
BORN = date(1964, 4, 17)
HOME = Place("Lange Str.", "1", "24103", "Kiel")


@pytest.fixture
def three(write: Callable[[Sequence[Facts]], list[int]], model: MatchingModel) -> list[Person]:
    """One person, written down three times."""
    ids = write(
        [Facts(given_name="Hein", surname="Petersen", birth_date=BORN, places=[HOME])
         for _ in range(3)]
    )  # fmt: skip
    return [Person.objects.get(pk=pk) for pk in ids]


@pytest.fixture
def strangers(write: Callable[[Sequence[Facts]], list[int]]) -> list[Person]:
    """Two that nothing but the house has in common."""
    ids = write(
        [Facts(given_name="Inge", surname="Abel", birth_date=date(1971, 9, 30), places=[HOME]),
         Facts(given_name="Uwe", surname="Zander", birth_date=date(1988, 2, 1), places=[HOME])]
    )  # fmt: skip
    return [Person.objects.get(pk=pk) for pk in ids]


@pytest.fixture
def decide(admin, at) -> Callable[..., PairDecision]:
    def make(first, second, verdict: str, *, actor=admin) -> PairDecision:
        return decisions.decide(
            actor=actor, first=first, second=second, verdict=Verdict(verdict), at=at
        )

    return make


def found() -> list[tuple[int, int]]:
    return [row[1:3] for row in pairs()]


@pytest.mark.parametrize("scope", ["FULL", "CHANGED"])
def test_different_ones_are_never_suspected_again(three, search: Search, decide, scope) -> None:
    a, b, c = (person.pk for person in three)
    search()
    assert found() == [(a, b), (a, c), (b, c)]
    assert list(groups().values()) == [[a, b, c]]
    decide(three[2], three[0], "DIFFERENT")

    for _again in range(2):
        search(scope=scope)
        assert found() == [(a, b), (b, c)]
        assert all(not {a, c} <= set(members) for members in groups().values())
        assert len(groups()) == 1


@pytest.mark.parametrize("scope", ["FULL", "CHANGED"])
def test_the_same_ones_are_in_one_group_whatever_they_weigh(
    three, strangers, search: Search, decide, scope
) -> None:
    one, other = (person.pk for person in strangers)
    search()
    assert not any(one in members for members in groups().values())
    decision = decide(*strangers, "SAME")
    assert decision.weight is None

    search(scope=scope)
    assert [one, other] in groups().values()

    search(scope=scope)
    assert [one, other] in groups().values()


def test_decisions_outlive_a_new_model(three, strangers, search: Search, decide) -> None:
    a, b, c = (person.pk for person in three)
    search()
    decide(three[0], three[2], "DIFFERENT")
    decide(*strangers, "SAME")
    MatchingModel.objects.update(is_current=False)
    model = MatchingModel.objects.get()
    model.pk, model.version, model.is_current = None, 2, True
    model.save()

    run = search()

    assert run.model == model
    assert (a, c) not in found()
    assert [person.pk for person in strangers] in groups().values()
    assert not any({a, c} <= set(members) for members in groups().values())
    assert b in {pk for members in groups().values() for pk in members}


@pytest.mark.parametrize("scope", ["FULL", "CHANGED"])
def test_what_is_taken_back_no_longer_binds(
    three, strangers, search: Search, decide, admin, at, scope
) -> None:
    search()
    before = found(), sorted(groups().values())
    taken = [decide(three[0], three[2], "DIFFERENT"), decide(*strangers, "SAME")]
    search()
    assert (found(), sorted(groups().values())) != before
    for decision in taken:
        decisions.withdraw(actor=admin, decision=decision, at=at)

    search()

    assert (found(), sorted(groups().values())) == before


def test_a_decision_is_told_at_both_records(three, search: Search, decide, at, admin) -> None:
    search()
    first, second = three[0], three[1]
    decision = decide(second, first, "SAME")

    assert (decision.first_person, decision.second_person) == (first, second)
    assert (decision.verdict, decision.decided_by, decision.decided_at) == ("SAME", admin, at)
    assert decision.weight == pairs()[0][3]
    entries = AuditEntry.objects.filter(action__startswith="duplicate.").order_by("pk")
    assert [(entry.action, entry.object_id, entry.context) for entry in entries] == [
        ("duplicate.same", record.pk,
         {"other": str(other.public_id), "decision": str(decision.public_id)})
        for record, other in ((first, second), (second, first))
    ]  # fmt: skip
    assert decide(first, second, "SAME") == decision, "deciding it again changes nothing"
    assert AuditEntry.objects.filter(action__startswith="duplicate.").count() == 2


def test_the_opposite_takes_the_place_of_a_decision(three, decide, at, admin) -> None:
    old = decide(three[0], three[1], "SAME")
    new = decide(three[0], three[1], "DIFFERENT")

    old.refresh_from_db()
    assert (old.withdrawn_by, old.withdrawn_at) == (admin, at)
    assert list(decisions.decisions_of(admin)) == [new]
    actions = AuditEntry.objects.filter(action__startswith="duplicate.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "duplicate.same", "duplicate.same", "duplicate.different", "duplicate.different",
    ]  # fmt: skip


def test_taking_back_is_told_and_done_once(three, decide, admin, at) -> None:
    decision = decide(three[0], three[1], "SAME")
    assert decisions.withdraw(actor=admin, decision=decision, at=at).withdrawn_by == admin
    with pytest.raises(errors.Conflict):
        decisions.withdraw(actor=admin, decision=decision, at=at)
    assert AuditEntry.objects.filter(action="duplicate.withdrawn").count() == 2
    with pytest.raises(errors.NotFound):
        decisions.decision_for(user=admin, public_id=decision.public_id)


def test_who_may_not_change_does_not_decide(three, decide, make_user, at) -> None:
    reader = make_user(RoleCode.PRIVACY)
    with pytest.raises(errors.NotPermitted):
        decide(three[0], three[1], "SAME", actor=reader)
    decision = decide(three[0], three[1], "SAME")
    with pytest.raises(errors.NotPermitted):
        decisions.withdraw(actor=reader, decision=decision, at=at)
    assert PairDecision.objects.get().withdrawn_at is None
    assert AuditEntry.objects.filter(action__startswith="duplicate.").count() == 2


def test_what_one_may_not_see_one_does_not_decide_about(
    make_person, decide, make_user, other_team, team, at
) -> None:
    sales = make_user(RoleCode.SALES, teams=[team])
    mine = make_person("Hein", "Petersen", team=team)
    hidden = make_person("Hein", "Petersen", team=other_team)
    written = AuditEntry.objects.count()
    for first, second in ((mine, hidden), (hidden, mine)):
        with pytest.raises(errors.NotFound):
            decide(first, second, "SAME", actor=sales)
    assert not PairDecision.objects.exists()

    decision = decide(mine, hidden, "SAME")
    with pytest.raises(errors.NotFound):
        decisions.withdraw(actor=sales, decision=decision, at=at)
    with pytest.raises(errors.NotFound):
        decisions.decision_for(user=sales, public_id=decision.public_id)
    assert not decisions.decisions_of(sales).exists()
    assert AuditEntry.objects.count() == written + 2


def test_one_record_is_no_pair_and_neither_are_a_person_and_a_company(
    make_person, admin, source, at, decide
) -> None:
    person = make_person("Hein", "Petersen")
    company = companies.create(actor=admin, values={"name": "Petersen"}, source=source, at=at)
    for second in (person, company):
        with pytest.raises(errors.Invalid):
            decide(person, second, "SAME")
    assert not PairDecision.objects.exists()


def test_companies_are_decided_about_too(admin, source, at, decide) -> None:
    one, other = (
        companies.create(actor=admin, values={"name": name}, source=source, at=at)
        for name in ("Brandt KG", "Brandt GmbH")
    )
    decision = decide(other, one, "DIFFERENT")
    assert (decision.kind, decision.first_company, decision.second_company) == (
        "COMPANY", one, other,
    )  # fmt: skip
    assert decisions.decision_for(user=admin, public_id=str(decision.public_id)) == decision


def test_many_decisions_at_once_hold(three, strangers, search: Search, decide) -> None:
    """A clique of contradictions: different wins over a chain of same."""
    everybody = [*three, *strangers]
    for first, second in combinations(everybody, 2):
        apart = {first.pk, second.pk} == {everybody[0].pk, everybody[-1].pk}
        decide(first, second, "DIFFERENT" if apart else "SAME")
    search()
    for members in groups().values():
        assert not {everybody[0].pk, everybody[-1].pk} <= set(members)
    assert max(map(len, groups().values())) == 4
