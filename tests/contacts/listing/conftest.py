"""A small stock: who is asked for is clear from the names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import pytest

from contacts import addresses, companies, contact_points, employments
from contacts.listing import ListName, ListQuery, Scope, page
from contacts.listing import query as queries
from contacts.models import Company, Person, Source
from crm.accounts.models import User


@pytest.fixture
def make_company(admin: User, source: Source, at: datetime) -> Callable[..., Company]:
    def make(name: str, **values: Any) -> Company:
        return companies.create(actor=admin, values={"name": name, **values}, source=source, at=at)

    return make


@pytest.fixture
def reach(admin: User, source: Source, at: datetime) -> Callable[..., Any]:
    """``reach(person, "EMAIL", "maier@havelberg.example")``."""

    def add(record: Person | Company, kind: str, value: str) -> Any:
        return contact_points.add(
            actor=admin, record=record, kind=kind, value=value, source=source, at=at
        )

    return add


@pytest.fixture
def locate(admin: User, source: Source, at: datetime) -> Callable[..., Any]:
    """``locate(person, "10997", "Berlin")``."""

    def add(record: Person | Company, postal_code: str, city: str, **more: Any) -> Any:
        values = {"kind": "BUSINESS", "postal_code": postal_code, "city": city}
        return addresses.add(
            actor=admin, record=record, values=values, source=source, at=at, **more
        )

    return add


@pytest.fixture
def employ(admin: User, source: Source, at: datetime) -> Callable[..., Any]:
    """``employ(person, company, "Leiter Technik")``."""

    def add(person: Person, company: Company, function: str = "") -> Any:
        return employments.add(
            actor=admin,
            person=person,
            company=company,
            values={"function": function},
            source=source,
            at=at,
        )

    return add


@pytest.fixture
def scope(admin: User, at: datetime) -> Scope:
    return Scope(ListName.PERSONS, admin, at)


@pytest.fixture
def read(at: datetime) -> Callable[..., ListQuery]:
    """``read(scope, "city=Berlin", limit=2)``."""

    def parse(scope: Scope, text: str, limit: int = 50) -> ListQuery:
        return queries.parse_string(scope=scope, text=text, limit=limit)

    return parse


@pytest.fixture
def names(admin: User, at: datetime) -> Callable[..., list[str]]:
    """The names on the first page of what a query string means."""

    def listed(
        text: str = "", *, user: User = admin, name: ListName = ListName.PERSONS
    ) -> list[str]:
        scope = Scope(name, user, at)
        found = page(scope=scope, query=queries.parse_string(scope=scope, text=text))
        return [row.record.name_for_lists for row in found.rows]

    return listed


@pytest.fixture
def parameters() -> Callable[[str], dict[str, list[str]]]:
    return lambda text: parse_qs(text, keep_blank_values=True)
