"""Whose line it is: the persons, companies, deals and numbers whose contacts stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from contacts.models import (
    Company,
    ContactPointHolder,
    ContactPointStatus,
    Employment,
    Person,
)
from crm.accounts.models import User
from history.models import Opportunity, Stakeholder

Owner = Person | Company | Opportunity
Sql = tuple[str, Sequence[Any]]
ANY_TIME = "NULL::date AS since, NULL::date AS until"


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose participations count, by the column that names them: SQL of ``id, since, until``,
    the days between which they count (null: always)."""

    by_column: dict[str, list[Sql]]


def of(*, user: User, owner: Owner) -> Subjects:
    """The subjects of a line, as far as the user may see them; no query is made.

    A person's line has what the person took part in and what came over their numbers from nobody
    known. A company's has that of the people who work or worked there, while they did. A deal's
    has what was assigned to it and all contacts of those who have a say in it.
    """
    if isinstance(owner, Person):
        return _of_person(owner)
    if isinstance(owner, Company):
        return _of_company(user, owner)
    return _of_opportunity(user, owner)


def column_of(owner: Owner) -> str:
    """The foreign key that leads to the owner of a line."""
    return str(owner._meta.model_name)


def _of_person(person: Person) -> Subjects:
    return Subjects(
        {
            "person_id": [_just(person)],
            "contact_point_id": [_points(Q(person=person))],
        }
    )


def _of_company(user: User, company: Company) -> Subjects:
    seen = Person.objects.visible_to(user).order_by().values("pk")
    roles = Employment.objects.filter(company=company, person__in=seen).order_by()
    people = roles.values_list("person_id", "started_on", "ended_on")
    there_now = roles.filter(ended_on=None).values("person")
    return Subjects(
        {
            "company_id": [_just(company)],
            "person_id": [_sql(people)],
            "contact_point_id": [_points(Q(company=company) | Q(person__in=there_now))],
        }
    )


def _of_opportunity(user: User, deal: Opportunity) -> Subjects:
    seen = Person.objects.visible_to(user).order_by().values("pk")
    people = Stakeholder.objects.filter(opportunity=deal, person__in=seen).order_by()
    persons = [_sql(people.values_list("person_id"), ANY_TIME)]
    if deal.person_id:
        persons.append(_just_number(deal.person_id))
    companies = [_sql(people.exclude(company=None).values_list("company_id"), ANY_TIME)]
    if deal.company_id:
        companies.append(_just_number(deal.company_id))
    return Subjects(
        {"opportunity_id": [_just(deal)], "person_id": persons, "company_id": companies}
    )


def _points(whose: Q) -> Sql:
    held = ContactPointHolder.objects.filter(whose).order_by()
    valid = held.exclude(status=ContactPointStatus.REASSIGNED)
    return _sql(valid.values_list("contact_point_id"), ANY_TIME)


def _just(owner: Owner) -> Sql:
    return _just_number(owner.pk)


def _just_number(number: int) -> Sql:
    return f"SELECT %s::bigint AS id, {ANY_TIME}", (number,)


def _sql(rows: "QuerySet[Any, Any]", more: str = "") -> Sql:
    """A queryset of one column, or of three, as SQL of ``id, since, until``."""
    query, params = rows.query.sql_with_params()
    if more:
        return f"SELECT q.id, {more} FROM ({query}) q (id)", params
    return f"SELECT q.id, q.since, q.until FROM ({query}) q (id, since, until)", params
