"""Creating, changing and handing on an opportunity."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contacts.models import Company, Person
from crm.accounts.models import RoleCode, Team, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.models import Opportunity, StageChange
from history.opportunities import deals

MakeDeal = Callable[..., Opportunity]


def acts() -> list[str]:
    return list(
        AuditEntry.objects.filter(object_type="history.opportunity")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def test_a_new_one_stands_in_the_first_stage(deal: Opportunity, sales: User, team: Team) -> None:
    assert (deal.number, deal.stage.name, deal.state) == ("VC-2026-001", "Qualifizierung", "OPEN")
    assert (deal.owner, deal.team, deal.probability) == (sales, team, 10)
    step = StageChange.objects.get()
    assert (step.stage, step.state, step.volume, step.actor) == (
        deal.stage, "OPEN", Decimal(184500), sales,
    )  # fmt: skip
    assert acts() == ["opportunity.created"]


def test_numbers_count_on_within_a_year(make_deal: MakeDeal, at: datetime) -> None:
    first, second = make_deal("Eins"), make_deal("Zwei")
    Opportunity.objects.filter(pk=second.pk).update(number="VC-2026-999")
    third = make_deal("Drei")
    fourth = make_deal("Vier")
    next_year = make_deal("Fünf", at=at + timedelta(days=300))
    numbers = [each.number for each in (first, third, fourth, next_year)]
    assert numbers == ["VC-2026-001", "VC-2026-1000", "VC-2026-1001", "VC-2027-001"]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"probability": 120}, "probability", "120 % gibt es nicht"),
        ({"probability": -1}, "probability", "zwischen 0 und 100 %"),
        ({"probability": 10**30}, "probability", "zwischen 0 und 100 %"),
        ({"volume": Decimal(-1)}, "volume", "nicht unter null"),
        ({"volume": Decimal(10**13)}, "volume", ""),
        ({"title": "  "}, "title", "worum es geht"),
        ({"title": "x" * 201}, "title", "200"),
        ({"company": None}, "company", "die etwas braucht"),
        ({"colour": "rot"}, "colour", "Dieses Feld gibt es nicht."),
    ],
)
def test_what_is_wrong_is_said_with_its_field(
    make_deal: MakeDeal, values: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        make_deal(**values)
    assert list(refused.value.errors) == [field]
    assert said in refused.value.errors[field][0]
    assert not Opportunity.objects.exists()
    assert acts() == []


def test_unknown_stays_unknown(make_deal: MakeDeal, buyer: Person) -> None:
    deal = make_deal(probability=None, volume=None, company=None, person=buyer)
    assert (deal.probability, deal.volume) == (None, None)


def test_a_change_counts_and_tells_both_values(
    deal: Opportunity, sales: User, at: datetime
) -> None:
    later = at + timedelta(hours=1)
    values = {"need": " 320 Leuchten ", "title": deal.title}
    changed = deals.update(actor=sales, opportunity=deal, values=values, version=1, at=later)
    assert (changed.need, changed.version, changed.updated_at) == ("320 Leuchten", 2, later)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.changes) == (
        "opportunity.updated", {"need": ["", "320 Leuchten"]},
    )  # fmt: skip


def test_nothing_changed_is_nothing_written(deal: Opportunity, sales: User, at: datetime) -> None:
    same = deals.update(actor=sales, opportunity=deal, values={"title": deal.title}, at=at)
    assert same.version == 1
    assert acts() == ["opportunity.created"]


def test_a_refused_change_leaves_everything(deal: Opportunity, sales: User, at: datetime) -> None:
    values = {"probability": 120, "need": "anders"}
    with pytest.raises(errors.Invalid):
        deals.update(actor=sales, opportunity=deal, values=values, at=at)
    fresh = Opportunity.objects.get()
    assert (fresh.probability, fresh.need, fresh.version) == (10, "", 1)


def test_who_comes_second_is_told(deal: Opportunity, sales: User, at: datetime) -> None:
    deals.update(actor=sales, opportunity=deal, values={"need": "A"}, version=1, at=at)
    with pytest.raises(errors.Conflict) as refused:
        deals.update(actor=sales, opportunity=deal, values={"need": "B"}, version=1, at=at)
    assert refused.value.data == {"expected": 1, "actual": 2}
    assert Opportunity.objects.get().need == "A"


def test_who_may_not_see_it_does_not_learn_of_it(
    deal: Opportunity, make_user: Callable[..., User], other_team: Team, privacy: User, at: datetime
) -> None:
    stranger = make_user(teams=[other_team])
    for user in (stranger, privacy):
        with pytest.raises(errors.NotFound):
            deals.update(actor=user, opportunity=deal, values={"need": "x"}, at=at)
    with pytest.raises(errors.NotPermitted):
        deals.create(actor=privacy, values={"title": "x", "company": deal.company}, at=at)
    assert Opportunity.objects.get().need == ""


def test_only_the_lead_creates_for_others(
    make_deal: MakeDeal, make_user: Callable[..., User], team: Team, company: Company
) -> None:
    colleague = make_user(teams=[team])
    with pytest.raises(errors.NotPermitted):
        make_deal(owner=colleague)
    lead = make_user(RoleCode.TEAM_LEAD, teams=[team])
    assert make_deal(actor=lead, owner=colleague, team=team).owner == colleague


def test_handing_on_is_for_the_lead(
    deal: Opportunity, sales: User, team_lead: User, team: Team, at: datetime
) -> None:
    with pytest.raises(errors.NotPermitted):
        deals.assign(actor=sales, opportunity=deal, owner=team_lead, team=team, at=at)
    with pytest.raises(errors.Invalid):
        deals.assign(actor=team_lead, opportunity=deal, owner=None, team=None, at=at)
    changed = deals.assign(actor=team_lead, opportunity=deal, owner=team_lead, team=team, at=at)
    assert changed.owner == team_lead
    assert acts() == ["opportunity.created", "opportunity.assigned"]
