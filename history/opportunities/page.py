"""Everything about one opportunity, as its page and its dossier show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.kernel.prepared import prepared
from history.models import (
    Activity,
    Competitor,
    Opportunity,
    Order,
    Stage,
    StageChange,
    Stakeholder,
)
from history.opportunities import buying_centre, contacts_made, gaps, money, next_steps, way, words
from history.opportunities.buying_centre import Map, Stake
from history.opportunities.contacts_made import Made
from history.opportunities.gaps import Gap
from history.opportunities.scoring import Facts, Score, Voice, parts_of, score
from history.opportunities.way import StageVisit

MOST_ORDERS = 20


@dataclass(frozen=True, slots=True)
class Member:
    """A stakeholder with what one made of it. Who may not see the person's record or the
    company's gets the names alone: they belong to the deal."""

    stakeholder: Stakeholder
    made: Made
    person_is_seen: bool
    company_is_seen: bool

    @property
    def roles(self) -> str:
        """``entscheidet, nutzt es``."""
        return words.roles(self.stakeholder.roles)


@dataclass(frozen=True, slots=True)
class Page:
    """One opportunity; read by :func:`read`."""

    opportunity: Opportunity
    weighted: Decimal | None
    visits: list[StageVisit]
    steps: list[StageChange]
    members: list[Member]
    map: Map | None
    gap: Gap | None
    competitors: list[Competitor]
    score: Score
    activities: list[Activity]
    orders: list[Order]
    company_is_seen: bool
    person_is_seen: bool

    @property
    def companies(self) -> list[str]:
        """The other companies whose people have a say."""
        own = self.opportunity.company
        sides = [each.stakeholder.company for each in self.members if each.stakeholder.company]
        return list(dict.fromkeys(str(side) for side in sides if side != own))

    @property
    def days(self) -> int:
        """How long it stands in its stage."""
        return next((visit.days or 0 for visit in self.visits if visit.is_current), 0)


def read(*, user: User, opportunity: Opportunity, at: datetime) -> Page:
    """Read an opportunity that the user may see: eight queries, however much hangs on it."""
    steps = _steps(deal=opportunity.pk)
    stages = _stages(pipeline=opportunity.pipeline_id)
    members = _members(opportunity, user)
    stakes = [stake_of(member) for member in members]
    competitors = _competitors(deal=opportunity.pk)
    activities = next_steps.of_one(opportunity, at=at)
    visits = way.visits(opportunity, stages, steps, at=at)
    seen = _seen(opportunity, user)
    return Page(
        opportunity=opportunity,
        weighted=money.weighted(opportunity),
        visits=visits,
        steps=steps,
        members=members,
        map=buying_centre.drawn(stakes) if stakes else None,
        gap=gaps.gap(stakes),
        competitors=competitors,
        score=score(parts_of(_facts(opportunity, members, competitors, activities, at=at))),
        activities=activities,
        orders=_orders(deal=opportunity.pk),
        company_is_seen=seen[0],
        person_is_seen=seen[1],
    )


@prepared
def _steps(*, deal: int) -> QuerySet[StageChange]:
    return StageChange.objects.filter(opportunity=deal).select_related("stage", "actor")


@prepared
def _stages(*, pipeline: int) -> QuerySet[Stage]:
    return Stage.objects.filter(pipeline=pipeline)


@prepared
def _competitors(*, deal: int) -> QuerySet[Competitor]:
    return Competitor.objects.filter(opportunity=deal)


@prepared
def _orders(*, deal: int) -> QuerySet[Order]:
    return Order.objects.filter(opportunity=deal)[:MOST_ORDERS]


def stake_of(member: Member) -> Stake:
    """A member as the map sees one."""
    who = member.stakeholder
    return Stake(
        key=who.person.public_id,
        name=str(who.person),
        role=member.roles,
        roles=tuple(who.roles),
        company=str(who.company) if who.company else "",
        stance=who.stance,
        influence=who.influence,
        sways=tuple(who.sways),
        contacts=member.made.count,
    )


def _members(opportunity: Opportunity, user: User) -> list[Member]:
    found: list[Any] = _stakeholders(user=user, deal=opportunity.pk)
    made = contacts_made.with_persons(row.person_id for row in found)
    return [
        Member(
            stakeholder=row,
            made=made.get(row.person_id, contacts_made.NONE),
            person_is_seen=row.person_is_seen,
            company_is_seen=row.company_is_seen,
        )
        for row in found
    ]


@prepared
def _stakeholders(*, user: User, deal: int) -> QuerySet[Stakeholder]:
    rows = Stakeholder.objects.filter(opportunity=deal).select_related("person", "company")
    return rows.defer("person__search", "company__search").annotate(
        person_is_seen=_may_see(Person, "person", user),
        company_is_seen=_may_see(Company, "company", user),
    )


def _seen(opportunity: Opportunity, user: User) -> tuple[bool, bool]:
    [(company, person)] = _sights(user=user, deal=opportunity.pk)
    return bool(company), bool(person)


@prepared
def _sights(*, user: User, deal: int) -> "QuerySet[Opportunity, tuple[Any, ...]]":
    rows = Opportunity.objects.filter(pk=deal).order_by()
    return rows.values_list(_may_see(Company, "company", user), _may_see(Person, "person", user))


def _may_see(model: type[Person] | type[Company], reference: str, user: User) -> Exists:
    return Exists(model.objects.visible_to(user).order_by().filter(pk=OuterRef(reference)))


def _facts(
    opportunity: Opportunity,
    members: Sequence[Member],
    competitors: Sequence[Competitor],
    activities: Sequence[Activity],
    *,
    at: datetime,
) -> Facts:
    due = [step.due_at for step in activities if step.is_open]
    return Facts(
        voices=[
            Voice(
                roles=frozenset(member.stakeholder.roles),
                stance=member.stakeholder.stance,
                influence=member.stakeholder.influence,
                was_contacted=member.made.count > 0,
            )
            for member in members
        ],
        has_need=bool(opportunity.need),
        has_wishes=bool(opportunity.regulate or opportunity.avoid or opportunity.reach),
        has_budget=bool(opportunity.budget),
        realisation_on=opportunity.realisation_on,
        standings=[each.standing for each in competitors],
        days_in_stage=((opportunity.closed_at or at) - opportunity.stage_since).days,
        usual_days=opportunity.stage.usual_days,
        next_due=timezone.localtime(min(due)).date() if due else None,
        today=timezone.localtime(at).date(),
    )
