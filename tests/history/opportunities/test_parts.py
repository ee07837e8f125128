"""Stakeholders and competitors of an opportunity."""

from collections.abc import Callable
from datetime import datetime

import pytest

from contacts import employments
from contacts.models import Company, Person, Source
from crm.accounts.models import Team, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.models import Competitor, Opportunity, Stakeholder
from history.opportunities import competitors, stakeholders


def test_a_stakeholder_stands_on_the_side_of_the_employer(
    deal: Opportunity, buyer: Person, company: Company, sales: User, source: Source, at: datetime
) -> None:
    employments.add(actor=sales, person=buyer, company=company, values={}, source=source, at=at)
    values = {"roles": ["APPROVER"], "stance": "FOR", "influence": 3}
    made = stakeholders.add(actor=sales, opportunity=deal, person=buyer, values=values, at=at)
    assert (made.company, made.roles, made.stance, made.influence) == (
        company, ["APPROVER"], "FOR", 3,
    )  # fmt: skip
    assert Opportunity.objects.get().version == 2
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.context["person"]) == ("stakeholder.added", str(buyer))
    with pytest.raises(errors.Conflict, match="steht schon"):
        stakeholders.add(actor=sales, opportunity=deal, person=buyer, values={}, at=at)
    assert Stakeholder.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("roles", ["KING"]), ("stance", "MAYBE"), ("influence", 4), ("note", "x" * 301)],
)
def test_nonsense_about_a_stakeholder_is_refused(
    deal: Opportunity, buyer: Person, sales: User, at: datetime, field: str, value: object
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        stakeholders.add(actor=sales, opportunity=deal, person=buyer, values={field: value}, at=at)
    assert list(refused.value.errors) == [field]
    assert not Stakeholder.objects.exists()
    assert Opportunity.objects.get().version == 1


def test_only_those_in_the_deal_sway_each_other(
    deal: Opportunity, buyer: Person, planner: Person, sales: User, at: datetime
) -> None:
    first = stakeholders.add(actor=sales, opportunity=deal, person=buyer, values={}, at=at)
    swayed = {"sways": [planner.public_id]}
    with pytest.raises(errors.Invalid):
        stakeholders.update(actor=sales, stakeholder=first, values=swayed, at=at)
    own = {"sways": [buyer.public_id]}
    with pytest.raises(errors.Invalid):
        stakeholders.update(actor=sales, stakeholder=first, values=own, at=at)
    second = stakeholders.add(actor=sales, opportunity=deal, person=planner, values={}, at=at)
    first = stakeholders.stakeholder_for(deal, first.pk)
    stakeholders.update(actor=sales, stakeholder=first, values=swayed, at=at)
    assert Stakeholder.objects.get(pk=first.pk).sways == [planner.public_id]
    stakeholders.remove(actor=sales, stakeholder=second, at=at)
    assert Stakeholder.objects.get().sways == []


def test_a_competitor_is_named_once(deal: Opportunity, sales: User, at: datetime) -> None:
    values = {"name": "Lumitrax GmbH", "standing": "LEVEL", "note": "günstiger"}
    made = competitors.add(actor=sales, opportunity=deal, values=values, at=at)
    for name in ("Lumitrax GmbH", " "):
        with pytest.raises(errors.Invalid):
            competitors.add(actor=sales, opportunity=deal, values={"name": name}, at=at)
    competitors.update(actor=sales, competitor=made, values={"standing": "OUT"}, at=at)
    assert Competitor.objects.get().standing == "OUT"
    competitors.remove(actor=sales, competitor=made, at=at)
    assert not Competitor.objects.exists()
    told = AuditEntry.objects.filter(action__startswith="competitor.").order_by("pk")
    assert [entry.action for entry in told] == [
        "competitor.added", "competitor.updated", "competitor.removed",
    ]  # fmt: skip


def test_parts_of_a_deal_that_one_may_not_see_do_not_change(
    deal: Opportunity,
    buyer: Person,
    sales: User,
    make_user: Callable[..., User],
    other_team: Team,
    at: datetime,
) -> None:
    stranger = make_user(teams=[other_team])
    made = stakeholders.add(actor=sales, opportunity=deal, person=buyer, values={}, at=at)
    with pytest.raises(errors.NotFound):
        stakeholders.update(actor=stranger, stakeholder=made, values={"stance": "FOR"}, at=at)
    with pytest.raises(errors.NotFound):
        competitors.add(actor=stranger, opportunity=deal, values={"name": "X"}, at=at)
    assert Stakeholder.objects.get().stance == ""
    assert not Competitor.objects.exists()
