"""A lead becomes an opportunity with everything, or nothing comes of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from contacts import companies, contact_points, merging
from contacts.models import Company, Merge, Person, Source
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.fairs import dropping, joining, proposing, suspects, taking_over
from history.fairs.forms import Asks, Chip, Form, Question
from history.models import Event, LeadCapture, Opportunity, Participation, Stakeholder
from tests import fair_cast


@pytest.fixture
def event(team_lead: User, sales: User, at: datetime) -> Event:
    return fair_cast.fair(by=team_lead, team=[sales], at=at)


@pytest.fixture
def lead(event: Event, sales: User, at: datetime) -> LeadCapture:
    return fair_cast.slip(event, by=sales, at=at)


@pytest.fixture
def company(admin: User, source: Source, team: Any, at: datetime) -> Company:
    values = {"name": "Havelberg Anlagenbau GmbH"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


def test_the_slip_suggests_the_opportunity(lead: LeadCapture) -> None:
    found = proposing.proposal(lead)
    assert found == proposing.Proposal(
        title="LED für Halle 3",
        need="LED für Halle 3\nDie alten Röhren flackern.",
        situation=(
            "War mit einem Planer da.\nBedarf: konkretes Vorhaben\nWettbewerb: fragt auch andere"
        ),
        volume=Decimal(225000),
        realisation_on=date(2026, 9, 17),
        role="DECIDER",
        competitors=(),
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_months_end_where_the_month_ends(
    lead: LeadCapture, day: date, months: int, later: date
) -> None:
    lead.captured_at = timezone.make_aware(datetime.combine(day, time(12)))
    chip = Chip("soon", "bald", 1, months)
    lead.event.form = Form((Question("when", "Bis wann", Asks.HORIZON, (chip,)),)).stored()
    lead.answers = {"when": ["soon"]}
    assert proposing.proposal(lead).realisation_on == later


def test_taking_over_carries_everything(
    sales: User, lead: LeadCapture, company: Company, at: datetime
) -> None:
    done = taking_over.take_over(
        actor=sales,
        lead=lead,
        values={"company": company, "competitors": ["Lumitrax GmbH", " ", "Lumitrax GmbH"]},
        version=1,
        at=at,
    )
    deal = Opportunity.objects.get()
    assert (done.state, done.opportunity, done.company, done.finished_by, done.finished_at) == (
        "TAKEN_OVER", deal, company, sales, at,
    )  # fmt: skip
    assert (deal.title, deal.volume, deal.realisation_on, deal.need, deal.owner) == (
        "LED für Halle 3", Decimal(225000), date(2026, 9, 17), lead.need, sales,
    )  # fmt: skip
    assert deal.situation.startswith("War mit einem Planer da.")
    assert (deal.company, deal.person) == (company, lead.person)
    stake = Stakeholder.objects.get()
    assert (stake.person, stake.company, stake.roles) == (lead.person, company, ["DECIDER"])
    assert [each.name for each in deal.competitors.all()] == ["Lumitrax GmbH"]
    role = lead.person.employments.get()
    assert (role.company, role.function, role.source) == (
        company, "Leiter Technik", lead.event.source,
    )  # fmt: skip
    assert Participation.objects.filter(touchpoint=lead.touchpoint, opportunity=deal).count() == 1
    lead.activity.refresh_from_db()
    assert (lead.activity.opportunity, lead.activity.company) == (deal, company)
    assert AuditEntry.objects.filter(action="lead.taken-over").count() == 1


def test_a_company_is_made_from_the_slip(sales: User, lead: LeadCapture, at: datetime) -> None:
    taking_over.take_over(
        actor=sales, lead=lead, values={"company_name": lead.company_name, "volume": None}, at=at
    )
    made = Company.objects.get()
    assert (made.full_name, made.source) == ("Havelberg Anlagenbau GmbH", lead.event.source)
    assert Opportunity.objects.get().volume is None


def test_a_known_role_is_only_completed(
    sales: User, lead: LeadCapture, company: Company, at: datetime
) -> None:
    taking_over._employ(sales, lead.person, company, lead, "", at=at)
    taking_over.take_over(actor=sales, lead=lead, values={"company": company}, at=at)
    assert [each.function for each in lead.person.employments.all()] == ["Leiter Technik"]


def test_what_fails_leaves_nothing_behind(
    sales: User, lead: LeadCapture, company: Company, at: datetime
) -> None:
    for values in ({"title": ""}, {"volume": Decimal(-1)}, {"role": "BOSS"}, {"colour": 1}):
        with pytest.raises(errors.Invalid):
            taking_over.take_over(
                actor=sales, lead=lead, values={"company_name": "Neu AG", **values}, at=at
            )
    assert not Opportunity.objects.exists()
    assert Company.objects.count() == 1
    assert LeadCapture.objects.get().state == "NEW"


def test_without_a_name_nobody_can_be_taken_over(
    sales: User, event: Event, company: Company, at: datetime
) -> None:
    lead = fair_cast.slip(event, by=sales, at=at, name="")
    with pytest.raises(errors.Invalid, match="noch kein Name"):
        taking_over.take_over(actor=sales, lead=lead, values={}, at=at)
    with pytest.raises(errors.Invalid, match="noch kein Name"):
        joining.join(actor=sales, lead=lead, person=Person(), at=at)
    assert not Opportunity.objects.exists()


def test_it_is_decided_once(sales: User, lead: LeadCapture, at: datetime) -> None:
    taking_over.take_over(actor=sales, lead=lead, values={}, at=at)
    for act in (
        lambda: taking_over.take_over(actor=sales, lead=lead, values={}, at=at),
        lambda: dropping.drop(actor=sales, lead=lead, reason="zu klein", at=at),
        lambda: dropping.take_up(actor=sales, lead=lead, at=at),
    ):
        with pytest.raises(errors.Conflict, match="übernommen"):
            act()
    assert Opportunity.objects.count() == 1


def test_somebody_else_was_faster(sales: User, lead: LeadCapture, at: datetime) -> None:
    with pytest.raises(errors.Conflict):
        taking_over.take_over(actor=sales, lead=lead, values={}, version=7, at=at)
    with pytest.raises(errors.Conflict):
        dropping.drop(actor=sales, lead=lead, reason="zu klein", version=7, at=at)
    assert not Opportunity.objects.exists()


def test_nothing_comes_of_it_and_back(sales: User, lead: LeadCapture, at: datetime) -> None:
    with pytest.raises(errors.Invalid, match="warum"):
        dropping.drop(actor=sales, lead=lead, reason=" ", at=at)
    dropped = dropping.drop(actor=sales, lead=lead, reason=" Student ", at=at)
    assert (dropped.state, dropped.dropped_because, dropped.finished_by) == (
        "DROPPED", "Student", sales,
    )  # fmt: skip
    lead.activity.refresh_from_db()
    assert lead.activity.state == "CANCELLED"
    back = dropping.take_up(actor=sales, lead=lead, at=at)
    assert (back.state, back.dropped_because, back.finished_at) == ("NEW", "", None)
    lead.activity.refresh_from_db()
    assert lead.activity.state == "OPEN"
    acts = AuditEntry.objects.filter(object_type="history.leadcapture").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == [
        "lead.captured", "lead.dropped", "lead.taken-up",
    ]  # fmt: skip


def test_a_stranger_decides_nothing(
    make_user: Callable[..., User], lead: LeadCapture, at: datetime
) -> None:
    stranger = make_user("SALES")
    for act in (
        lambda: taking_over.take_over(actor=stranger, lead=lead, values={}, at=at),
        lambda: dropping.drop(actor=stranger, lead=lead, reason="nein", at=at),
        lambda: joining.join(actor=stranger, lead=lead, person=lead.person, at=at),
    ):
        with pytest.raises(errors.NotFound):
            act()
    assert LeadCapture.objects.get().state == "NEW"


def test_adding_to_the_known_person_keeps_both_and_can_be_undone(
    sales: User, lead: LeadCapture, make_person: Callable[..., Person], team: Any,
    source: Source, at: datetime,
) -> None:  # fmt: skip
    known = make_person("Jens", "Kowalsky", team=team)
    known_by = {"kind": "EMAIL", "value": "J.Kowalski@havelberg.example", "source": source}
    contact_points.add(actor=sales, record=known, at=at, **known_by)
    visitor = lead.person
    offered = suspects.offer(user=sales, lead=lead)
    assert [each.record for each in offered.suspects] == [known]
    merge = joining.join(actor=sales, lead=lead, person=known, version=1, at=at)
    lead.refresh_from_db()
    assert lead.person == known
    assert known.source != lead.event.source
    assert Participation.objects.filter(person=known, touchpoint=lead.touchpoint).exists()
    merging.undo(actor=sales, merge=merge, at=at)
    lead.refresh_from_db()
    assert lead.person == visitor
    assert Merge.objects.get().undone_at == at
