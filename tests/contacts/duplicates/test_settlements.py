"""What was settled on a day, by whom, as far as the user may know."""

from datetime import date, timedelta

import pytest

from contacts import merging
from contacts.duplicates import decisions, settlements
from contacts.duplicates.settlements import Act
from contacts.merging import merges
from contacts.models import MergeOrigin, PairDecision
from crm.accounts.models import RoleCode
from crm.kernel import errors

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)
Verdict = PairDecision.Verdict


@pytest.fixture
def colleague(make_user, team):
    return make_user(RoleCode.SALES, teams=[team])


@pytest.fixture
def pairs(make_person, team):
    return [[make_person("Jan", f"Maier{n}", team=team) for _ in "ab"] for n in range(6)]


@pytest.fixture
def settled_things(pairs, sales, colleague, at):
    """A day's work: a merge, an automatic one, one undone, a "same", two "different", one of them
    taken back; and a merge of the day before."""
    merging.merge(actor=sales, survivor=pairs[0][0], others=pairs[0][1:], at=at)
    merges.merge(
        actor=None, survivor=pairs[1][0], others=pairs[1][1:], at=at, origin=MergeOrigin.AUTOMATIC
    )
    undone = merging.merge(
        actor=colleague, survivor=pairs[2][0], others=pairs[2][1:], at=at - timedelta(days=1)
    )
    merging.undo(actor=sales, merge=undone, at=at)
    for actor, pair, verdict in (
        (sales, pairs[2], Verdict.SAME),
        (colleague, pairs[3], Verdict.DIFFERENT),
        (colleague, pairs[4], Verdict.DIFFERENT),
    ):
        last = decisions.decide(actor=actor, first=pair[0], second=pair[1], verdict=verdict, at=at)
    decisions.withdraw(actor=colleague, decision=last, at=at)
    merging.merge(
        actor=colleague, survivor=pairs[5][0], others=pairs[5][1:], at=at - timedelta(days=1)
    )


def told(found):
    return [(share.user, *(share.counts.get(act) for act in Act)) for share in found.shares]


def test_who_steers_learns_what_everybody_settled(
    settled_things, team_lead, sales, colleague, django_assert_num_queries
):
    assert team_lead.access
    with django_assert_num_queries(5):
        found = settlements.settled(user=team_lead, day=DAY)
    assert found.counts == {Act.MERGED: 2, Act.SAME: 1, Act.DIFFERENT: 1, Act.UNDONE: 1}
    assert told(found) == [(sales, 1, 1, 0, 1), (colleague, 0, 0, 1, 0), (None, 1, 0, 0, 0)]
    before = settlements.settled(user=team_lead, day=DAY - timedelta(days=1))
    assert told(before) == [(colleague, 1, 0, 0, 0)]


def test_others_learn_what_they_did_themselves(settled_things, colleague, sales):
    assert told(settlements.settled(user=colleague, day=DAY)) == [(colleague, 0, 0, 1, 0)]
    rows = settlements.rows_of(user=sales, act=Act.MERGED, day=DAY)
    assert [row.merged_by for row in rows] == [sales]


def test_every_number_is_as_long_as_its_list(settled_things, team_lead):
    found = settlements.settled(user=team_lead, day=DAY)
    for act, count in found.counts.items():
        rows = settlements.rows_of(user=team_lead, act=act, day=DAY)
        assert len(rows) == count
        for share in found.shares:
            assert len(settlements.by(rows, act=act, who=share.user)) == share.counts[act]


def test_what_a_user_does_not_see_does_not_count(settled_things, make_user, other_team):
    stranger = make_user(RoleCode.TEAM_LEAD, teams=[other_team])
    assert settlements.settled(user=stranger, day=DAY).total == 0


def test_who_may_not_merge_learns_of_no_merges(settled_things, privacy):
    found = settlements.settled(user=privacy, day=DAY)
    assert found.counts == {Act.SAME: 0, Act.DIFFERENT: 0}
    with pytest.raises(errors.NotPermitted):
        settlements.rows_of(user=privacy, act=Act.MERGED, day=DAY)


def test_a_day_is_one_of_the_installation(pairs, admin, at):
    """23:30 in Berlin on the 17th is 22:30 UTC, and 0:30 on the 18th is 23:30 UTC."""
    for pair, hour in zip(pairs, (22, 23), strict=False):
        moment = at.replace(hour=hour, minute=30)
        merging.merge(actor=admin, survivor=pair[0], others=pair[1:], at=moment)
    for day in (DAY, DAY + timedelta(days=1)):
        assert settlements.settled(user=admin, day=day).total == 1
