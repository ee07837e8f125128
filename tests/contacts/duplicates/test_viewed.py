"""The queue narrowed down to what a saved view of the list holds."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import addresses, saved_views
from contacts.duplicates import queue, suspects, viewed
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.models import Criterion, CriterionSubject, CriterionType, MatchingKind
from crm.accounts.models import RoleCode
from crm.kernel import errors
from tests.crm.suspects import made_model, made_run, suspected

pytestmark = pytest.mark.django_db
PERSON, COMPANY = MatchingKind.PERSON, MatchingKind.COMPANY


@pytest.fixture
def groups(make_person, team, other_team, admin, source, at):
    """Four groups: of the first and third one is in Berlin, of the third that one is hidden from
    the team, of the fourth nobody is."""
    run = made_run(made_model(PERSON, at), at)
    found = {}
    for number in range(1, 5):
        second = other_team if number == 3 else team
        found[number] = [make_person("Änne", f"Abel{number}", team=t) for t in (team, second)]
        place = {"city": "Berlin" if number in (1, 3) else "Kiel", "postal_code": "10115"}
        addresses.add(actor=admin, record=found[number][1], values=place, source=source, at=at)
        suspected(run, found[number], number=number)
    return found


@pytest.fixture
def keep(at):
    def save(owner, text="city=Berlin", list_name=ListName.PERSONS, **more):
        query = queries.parse_string(scope=Scope(list_name, owner, at), text=text)
        return saved_views.save(
            actor=owner, list_name=list_name, name="Segment", query=query, at=at, **more
        )

    return save


def listed(user, view, at, **conditions):
    found = viewed.named(user=user, kind=PERSON, public_id=view.public_id, at=at)
    wanted = queue.Filter(view=found, **conditions)
    page = suspects.page(user=user, kind=PERSON, wanted=wanted)
    assert page.total == len(page.groups)
    assert queue.count(user=user, kind=PERSON, wanted=wanted, most=99) == page.total
    return sorted(group.number for group in page.groups)


def test_groups_with_a_record_of_the_view(groups, keep, admin, at):
    view = keep(admin)
    assert listed(admin, view, at) == [1, 3]
    assert listed(admin, view, at, is_open=True) == [1, 3]
    assert listed(admin, view, at, band="POSSIBLE") == []
    found = viewed.named(user=admin, kind=PERSON, public_id=view.public_id, at=at)
    counts = suspects.counts(user=admin, kind=PERSON, wanted=queue.Filter(view=found))
    assert counts == {"SURE": 2, "PROBABLE": 0, "POSSIBLE": 0}


def test_a_hidden_record_of_the_view_does_not_count(groups, keep, admin, team_lead, at):
    view = keep(admin, is_shared=True)
    assert listed(team_lead, view, at) == [1]


def test_what_a_view_means_is_asked_for_who_looks(groups, keep, make_person, admin, sales, at):
    """*mine* of somebody else's view are those of the user who opens it."""
    view = keep(admin, "owner=me", is_shared=True)
    groups[2][0].owner = sales
    groups[2][0].save()
    assert listed(admin, view, at) == []
    assert listed(sales, view, at) == [2]


def test_one_record_meets_all_conditions_of_the_view(groups, keep, admin, team, at):
    """In the third group one is in Berlin, and the other one in the team."""
    both = keep(admin, f"city=Berlin&team={team.public_id}")
    assert listed(admin, both, at) == [1]


def test_the_way_through_the_queue_stays_within_the_view(groups, keep, admin, at):
    found = viewed.named(user=admin, kind=PERSON, public_id=keep(admin).public_id, at=at)
    known = {"user": admin, "kind": PERSON, "wanted": queue.Filter(view=found, is_open=True)}
    assert queue.step(number=1, **known) == 3
    assert queue.step(number=3, **known) is None
    assert queue.step(number=3, back=True, **known) == 1
    assert queue.first_of(numbers=[2, 4, 3], **known) == 3


def test_the_queue_asks_as_often_with_a_view_as_without(groups, keep, admin, at):
    found = viewed.named(user=admin, kind=PERSON, public_id=keep(admin).public_id, at=at)
    suspects.page(user=admin, kind=PERSON)  # rights and model are read once
    asked = []
    for wanted in (queue.ALL, queue.Filter(view=found)):
        with CaptureQueriesContext(connection) as statements:
            suspects.page(user=admin, kind=PERSON, wanted=wanted)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_which_views_can_be_chosen(keep, admin, sales):
    own, foreign = keep(admin), keep(sales)
    shared = keep(sales, "", ListName.COMPANIES, is_shared=True)
    assert viewed.views_of(user=admin, kind=PERSON) == [own]
    assert viewed.views_of(user=sales, kind=PERSON) == [foreign]
    assert viewed.views_of(user=admin, kind=COMPANY) == [shared]


@pytest.mark.parametrize("which", ["gone", "private", "other list", "unknown", "no id"])
def test_a_view_that_is_not_there_is_refused(keep, admin, sales, at, which):
    public_id = {"unknown": UUID(int=1), "no id": "x"}.get(which)
    if which == "gone":
        view = keep(admin)
        public_id = view.public_id
        saved_views.remove(actor=admin, view=view, at=at)
    elif which == "private":
        public_id = keep(sales).public_id
    elif which == "other list":
        public_id = keep(admin, "", ListName.COMPANIES).public_id
    with pytest.raises(errors.NotFound) as refused:
        viewed.named(user=admin, kind=PERSON, public_id=public_id, at=at)
    assert refused.value.message == (
        "Diese Ansicht gibt es hier nicht (mehr), oder sie ist nicht für alle sichtbar."
    )
    assert refused.value.field == "view"


def test_a_view_of_a_retired_criterion_is_refused_with_its_name(keep, admin, at):
    criterion = Criterion.objects.create(
        code="rang", label="Rang", subject=CriterionSubject.PERSON, type=CriterionType.BOOLEAN,
        created_at=at,
    )  # fmt: skip
    view = keep(admin, "criterion.rang=true")
    assert viewed.named(user=admin, kind=PERSON, public_id=view.public_id, at=at).view == view
    Criterion.objects.filter(pk=criterion.pk).update(is_active=False)
    with pytest.raises(errors.Invalid) as refused:
        viewed.named(user=admin, kind=PERSON, public_id=view.public_id, at=at)
    assert refused.value.errors == {
        "view": [
            "Die Ansicht „Segment“ lässt sich nicht mehr anwenden: "
            "Die Bedingung „criterion.rang“ gibt es nicht."
        ]
    }


def test_before_the_first_search_there_is_nothing_to_narrow_down(keep, make_user, at):
    user = make_user(RoleCode.ADMIN)
    assert listed(user, keep(user), at) == []
