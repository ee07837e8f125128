"""Roles of a person at companies, and of persons at a company."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from contacts.models import Company, Employment, Person
from contacts.profile.origins import Origin, origin_of
from contacts.profile.reach import is_over
from crm.accounts.models import User
from crm.kernel.prepared import prepared

MOST_COLLEAGUES = 8
MOST_STAFF = 50


@dataclass(frozen=True, slots=True)
class Role:
    """A role; ``is_open`` says whether the user may open the page of the other side."""

    employment: Employment
    origin: Origin
    is_over: bool
    is_open: bool = True


def of_person(person: Person, *, user: User, on: date) -> list[Role]:
    """Where the person works and worked, current roles first (two queries)."""
    rows = _jobs(person=person.pk)
    visible = visible_companies(user, [row.company_id for row in rows])
    return sorted(
        (_role(row, on, is_open=row.company_id in visible) for row in rows),
        key=lambda role: role.is_over,
    )


def at_company(company: Company, *, user: User, on: date) -> tuple[list[Role], bool]:
    """Who of those the user may see works or worked there, and whether there are more."""
    seen = Person.objects.visible_to(user)
    rows = company.employments.filter(person__in=seen).select_related("person", "source")
    by_name = rows.order_by("person__sort_key", "person_id")
    current = list(by_name.exclude(ended_on__lt=on)[: MOST_STAFF + 1])
    former = list(by_name.filter(ended_on__lt=on)[:MOST_COLLEAGUES])
    found = [_role(row, on) for row in (*current[:MOST_STAFF], *former)]
    return found, len(current) > MOST_STAFF


def colleagues(person: Person, company_id: int, *, user: User) -> tuple[list[Employment], bool]:
    """Whom the user may see of those who work there beside the person; are there more?"""
    found = _colleagues(user=user, person=person.pk, company=company_id)
    return found[:MOST_COLLEAGUES], len(found) > MOST_COLLEAGUES


def visible_companies(user: User, ids: list[int]) -> set[int]:
    """Those of the companies that the user may open (one query)."""
    return set(_seen(user=user, companies=tuple(ids)))


@prepared
def _jobs(*, person: int) -> QuerySet[Employment]:
    jobs = Employment.objects.filter(person=person)
    return jobs.select_related("company", "source").defer("company__search")


@prepared
def _colleagues(*, user: User, person: int, company: int) -> QuerySet[Employment]:
    return (
        Employment.objects.filter(company=company, ended_on=None)
        .filter(person__in=Person.objects.visible_to(user).order_by())
        .exclude(person=person)
        .select_related("person")
        .defer("person__search")
        .order_by("person__sort_key", "person_id")[: MOST_COLLEAGUES + 1]
    )


@prepared
def _seen(*, user: User, companies: tuple[int, ...]) -> QuerySet[Company, int]:
    seen = Company.objects.visible_to(user).order_by()
    return seen.filter(pk__in=companies).values_list("pk", flat=True)


def _role(row: Employment, on: date, *, is_open: bool = True) -> Role:
    return Role(row, origin_of(row, on=on), is_over(row.ended_on, on), is_open)
