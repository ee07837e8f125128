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
from crm.kernel.prepared import prepared
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
            "contact_point_id": [_always(_points_of_person.sql(person=person.pk))],
        }
    )


def _of_company(user: User, company: Company) -> Subjects:
    return Subjects(
        {
            "company_id": [_just(company)],
            "person_id": [_then(_staff.sql(user=user, company=company.pk))],
            "contact_point_id": [_always(_points_of_company.sql(user=user, company=company.pk))],
        }
    )


def _of_opportunity(user: User, deal: Opportunity) -> Subjects:
    persons = [_always(_having_a_say.sql(user=user, deal=deal.pk))]
    if deal.person_id:
        persons.append(_just_number(deal.person_id))
    companies = [_always(_their_companies.sql(user=user, deal=deal.pk))]
    if deal.company_id:
        companies.append(_just_number(deal.company_id))
    return Subjects(
        {"opportunity_id": [_just(deal)], "person_id": persons, "company_id": companies}
    )


@prepared
def _points_of_person(*, person: int) -> "QuerySet[Any, Any]":
    return _points(Q(person=person))


@prepared
def _points_of_company(*, user: User, company: int) -> "QuerySet[Any, Any]":
    there_now = _roles(user, company).filter(ended_on=None).values("person")
    return _points(Q(company=company) | Q(person__in=there_now))


@prepared
def _staff(*, user: User, company: int) -> "QuerySet[Any, Any]":
    return _roles(user, company).values_list("person_id", "started_on", "ended_on")


@prepared
def _having_a_say(*, user: User, deal: int) -> "QuerySet[Any, Any]":
    return _stakes(user, deal).values_list("person_id")


@prepared
def _their_companies(*, user: User, deal: int) -> "QuerySet[Any, Any]":
    return _stakes(user, deal).exclude(company=None).values_list("company_id")


def _points(whose: Q) -> "QuerySet[Any, Any]":
    held = ContactPointHolder.objects.filter(whose).order_by()
    return held.exclude(status=ContactPointStatus.REASSIGNED).values_list("contact_point_id")


def _roles(user: User, company: int) -> QuerySet[Employment]:
    seen = Person.objects.visible_to(user).order_by().values("pk")
    return Employment.objects.filter(company=company, person__in=seen).order_by()


def _stakes(user: User, deal: int) -> QuerySet[Stakeholder]:
    seen = Person.objects.visible_to(user).order_by().values("pk")
    return Stakeholder.objects.filter(opportunity=deal, person__in=seen).order_by()


def _just(owner: Owner) -> Sql:
    return _just_number(owner.pk)


def _just_number(number: int) -> Sql:
    return f"SELECT %s::bigint AS id, {ANY_TIME}", (number,)


def _always(numbers: Sql) -> Sql:
    query, params = numbers
    return f"SELECT q.id, {ANY_TIME} FROM ({query}) q (id)", params


def _then(periods: Sql) -> Sql:
    query, params = periods
    return f"SELECT q.id, q.since, q.until FROM ({query}) q (id, since, until)", params
