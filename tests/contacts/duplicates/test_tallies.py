"""Open groups: each number is as long as the list it opens, and of what the user sees."""

from datetime import timedelta
from uuid import UUID

import pytest

from contacts import merging, sources
from contacts.duplicates import decisions, queue, suspects, tallies
from contacts.matching.explain import BANDS
from contacts.models import MatchingKind, PairDecision, Person, SourceKind, SuspectGroup
from crm.accounts.models import RoleCode
from crm.kernel import errors
from tests.crm.suspects import made_model, made_run, suspected

pytestmark = pytest.mark.django_db
PERSON = MatchingKind.PERSON
STRENGTHS = (7.5, 3.0, 0.5, 4.0, 9.0)


@pytest.fixture
def fair(at):
    return sources.create(actor=None, kind=SourceKind.FAIR, name="Messe", at=at)


@pytest.fixture
def run(at):
    return made_run(made_model(PERSON, at), at)


@pytest.fixture
def groups(run, make_person, team, other_team, fair):
    """Five pairs: the second from a fair in one half, the fourth half hidden from the team, the
    fifth wholly."""
    found = []
    for number, strength in enumerate(STRENGTHS, 1):
        teams = {4: (team, other_team), 5: (other_team, other_team)}.get(number, (team, team))
        pair = [make_person("Änne", f"Müller{number}", team=each) for each in teams]
        group = suspected(run, pair, number=number)
        SuspectGroup.objects.filter(pk=group.pk).update(strength=strength)
        found.append(pair)
    Person.objects.filter(pk__in=[found[1][1].pk, found[3][1].pk]).update(source=fair)
    return found


def listed(user, **conditions):
    page = suspects.page(user=user, kind=PERSON, wanted=queue.Filter(**conditions))
    assert page.total == len(page.groups)
    return [group.number for group in page.groups]


def differ(user, pair, at):
    return decisions.decide(
        actor=user, first=pair[0], second=pair[1], verdict=PairDecision.Verdict.DIFFERENT, at=at
    )


def test_before_the_first_search_there_is_no_number(admin):
    assert tallies.open_groups(user=admin, kind=PERSON) is None


@pytest.mark.parametrize(
    ("who", "bands", "by_source"),
    [
        ("admin", {"SURE": 2, "PROBABLE": 2, "POSSIBLE": 1}, {"ERP": 5, "Messe": 2}),
        ("team_lead", {"SURE": 1, "PROBABLE": 1, "POSSIBLE": 1}, {"ERP": 3, "Messe": 1}),
    ],
)
def test_numbers_are_as_long_as_their_lists(
    groups, source, fair, request, who, bands, by_source, django_assert_num_queries
):
    user = request.getfixturevalue(who)
    assert user.access
    with django_assert_num_queries(3):
        found = tallies.open_groups(user=user, kind=PERSON)
    assert found.by_band == bands
    assert found.by_source == {source.pk: by_source["ERP"], fair.pk: by_source["Messe"]}
    for band in BANDS:
        assert len(listed(user, band=band, is_open=True)) == found.by_band[band]
    for each in (source, fair):
        assert len(listed(user, source=each, is_open=True)) == found.by_source[each.pk]


def test_what_is_decided_or_merged_is_open_no_more(groups, admin, at):
    decision = differ(admin, groups[0], at)
    assert listed(admin, is_open=True) == [5, 4, 2, 3]
    assert listed(admin) == [5, 1, 4, 2, 3]
    decisions.withdraw(actor=admin, decision=decision, at=at)
    assert listed(admin, is_open=True) == [5, 1, 4, 2, 3]
    merge = merging.merge(actor=admin, survivor=groups[0][0], others=groups[0][1:], at=at)
    assert listed(admin, is_open=True) == [5, 4, 2, 3]
    merging.undo(actor=admin, merge=merge, at=at + timedelta(hours=1))
    assert listed(admin, is_open=True) == [5, 1, 4, 2, 3]


def test_a_group_is_open_until_of_every_pair_is_decided(run, make_person, team, admin, at):
    trio = [make_person("Jan", name, team=team) for name in ("Maier", "Meier", "Mayer")]
    suspected(run, trio)
    for first, second in ((0, 1), (0, 2)):
        differ(admin, [trio[first], trio[second]], at)
        assert tallies.open_groups(user=admin, kind=PERSON).total == 1
    differ(admin, trio[1:], at)
    assert tallies.open_groups(user=admin, kind=PERSON).total == 0


def test_pairs_that_a_user_sees_nothing_of_do_not_keep_a_group_open(
    run, make_person, team, other_team, admin, team_lead, at
):
    """Two of the group are the team's and decided; the open pair is between two others."""
    mine = [make_person("Jan", name, team=team) for name in ("Maier", "Meier")]
    others = [make_person("Jan", name, team=other_team) for name in ("Mayer", "Mair")]
    suspected(run, [*mine, *others])
    differ(team_lead, mine, at)
    for one in mine:
        for other in others:
            differ(admin, [one, other], at)
    assert listed(admin, is_open=True) == [1]
    assert listed(team_lead, is_open=True) == []
    assert listed(team_lead) == [1]


def test_who_sees_nothing_counts_nothing(groups, make_user, team):
    stranger = make_user(RoleCode.SALES)
    found = tallies.open_groups(user=stranger, kind=PERSON)
    assert (found.total, found.by_source) == (0, {})


def test_an_unknown_source_is_not_there(groups):
    with pytest.raises(errors.NotFound):
        queue.source_named(UUID("01234567-89ab-cdef-0123-456789abcdef"))
