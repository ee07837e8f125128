"""Roles at companies over time."""

from datetime import date

import pytest

from contacts import companies, employments
from contacts.models import Employment
from crm.kernel import errors


@pytest.fixture
def company(admin, source, at):
    return companies.create(actor=admin, values={"name": "Havelberg"}, source=source, at=at)


@pytest.fixture
def add(admin, source, at):
    def add(person, company, **values):
        return employments.add(
            actor=admin, person=person, company=company, values=values, source=source, at=at
        )

    return add


def test_the_first_role_is_the_primary_one(add, make_person, company, admin, source, at) -> None:
    anna = make_person("Anna", "Abel")
    first = add(anna, company, function="Leiterin Technik")
    other = companies.create(actor=admin, values={"name": "Brandt"}, source=source, at=at)
    second = add(anna, other)
    assert (first.is_primary, second.is_primary) == (True, False)
    employments.update(actor=admin, employment=second, values={"is_primary": True}, at=at)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)


def test_working_twice_at_the_same_company_is_refused(add, make_person, company) -> None:
    anna = make_person("Anna", "Abel")
    add(anna, company)
    with pytest.raises(errors.Invalid, match="arbeitet dort schon"):
        add(anna, company)
    assert Employment.objects.count() == 1


def test_who_left_may_come_back(add, make_person, company, admin, at) -> None:
    anna = make_person("Anna", "Abel")
    first = add(anna, company, started_on=date(2019, 1, 1))
    employments.end(actor=admin, employment=first, last_day=date(2024, 12, 31), at=at)
    again = add(anna, company, started_on=date(2026, 1, 1))
    first.refresh_from_db()
    assert (first.is_primary, again.is_primary) == (False, True)


def test_an_end_before_the_start_is_refused(add, make_person, company) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        add(
            make_person("Anna", "Abel"),
            company,
            started_on=date(2026, 1, 1),
            ended_on=date(2025, 1, 1),
        )
    assert list(refusal.value.errors) == ["ended_on"]
    assert Employment.objects.count() == 0
