"""A person and a company with a little of everything, and a browser that is logged in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from contacts import addresses, companies, contact_points, criteria, employments
from contacts.models import Company, Criterion, Person, Source
from crm.accounts.models import User


@pytest.fixture
def sales_client(client: Client, sales: User) -> Client:
    client.force_login(sales)
    return client


@pytest.fixture
def havelberg(admin: User, source: Source, team, at: datetime) -> Company:
    return companies.create(
        actor=admin,
        values={"name": "Havelberg Anlagenbau GmbH"},
        source=source,
        team=team,
        at=at,
    )


@pytest.fixture
def maier(make_person, admin: User, source: Source, havelberg, team, at: datetime) -> Person:
    person = make_person("Johannes", "Maier", title="Dr.", salutation="HERR", team=team)
    known = {"actor": admin, "source": source, "at": at}
    contact_points.add(record=person, kind="EMAIL", value="j.maier@havelberg.example", **known)
    contact_points.add(
        record=person, kind="PHONE", value="030 23125 101", confirmed_on=at.date(), **known
    )
    addresses.add(
        record=person,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        confirmed_on=at.date() - timedelta(days=800),
        **known,
    )
    employments.add(
        person=person, company=havelberg, values={"function": "Leiter Technik"}, **known
    )
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def budget(admin: User, at: datetime) -> Criterion:
    return criteria.create(actor=admin, label="Budgetmonat", subject="PERSON", type="TEXT", at=at)


@pytest.fixture
def hx() -> dict[str, str]:
    """Headers of a request by HTMX."""
    return {"hx-request": "true"}


@pytest.fixture
def again() -> Callable[[Person | Company], Person | Company]:
    """The record as it is in the database now."""

    def again(record: Person | Company) -> Person | Company:
        return type(record).objects.get(pk=record.pk)

    return again
