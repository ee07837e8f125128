"""Prepared queries find what the queries find that they were made of."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from contacts.models import ContactPointHolder, Person
from crm.accounts.models import RoleCode, User
from crm.kernel import prepared as module
from crm.kernel.prepared import LONGEST, SHAPE, Unmarked, attach, prepared

pytestmark = pytest.mark.django_db


@prepared
def named(*, user: User, surname: str, version: int) -> QuerySet[Person]:
    return Person.objects.visible_to(user).filter(surname=surname, version__gte=version)


@prepared
def of_public_id(*, public_id: UUID) -> "QuerySet[Person, str]":
    return Person.objects.filter(public_id=public_id).values_list("surname", flat=True)


@prepared
def born(*, since: date | None, made: datetime) -> QuerySet[Person]:
    rows = Person.objects.filter(created_at__gte=made)
    return rows if since is None else rows.filter(birth_date__gte=since)


@prepared
def among(*, numbers: tuple[int, ...]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=numbers).select_related("source").order_by("pk")


@prepared
def first(*, most: Annotated[int, SHAPE]) -> QuerySet[Person]:
    return Person.objects.order_by("pk")[:most]


def test_values_are_put_in_and_every_call_asks_anew(make_person: Any, admin: User) -> None:
    one, other = make_person("Jo", surname="Maier"), make_person("Jo", surname="Meyer")
    assert named(user=admin, surname="Maier", version=1) == [one]
    assert named(user=admin, surname="Meyer", version=1) == [other]
    assert named(user=admin, surname="Meyer", version=99) == []
    third = make_person("Jo", surname="Maier")
    assert named(user=admin, surname="Maier", version=1) == [one, third]


def test_each_kind_of_value(make_person: Any) -> None:
    one, other = make_person("Jo", surname="Maier"), make_person("Jo", surname="Meyer")
    assert of_public_id(public_id=one.public_id) == ["Maier"]
    assert of_public_id(public_id=other.public_id) == ["Meyer"]
    assert among(numbers=(other.pk, one.pk)) == [one, other]
    assert among(numbers=(one.pk,)) == [one]
    assert among(numbers=()) == []
    assert first(most=1) == [one]
    assert first(most=2) == [one, other]
    Person.objects.filter(pk=one.pk).update(birth_date=date(1980, 5, 1))
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    assert born(since=None, made=long_ago) == [one, other]
    assert born(since=date(1980, 5, 1), made=long_ago) == [one]
    assert born(since=date(1980, 5, 2), made=long_ago) == []


def test_nobody_sees_with_the_eyes_of_the_first_who_asked(
    make_person: Any, make_user: Any, team: Any, other_team: Any, admin: User
) -> None:
    here = make_person("Jo", surname="Maier", team=team)
    there = make_person("Jo", surname="Maier", team=other_team)
    north = make_user(RoleCode.SALES, teams=[team])
    south = make_user(RoleCode.SALES, teams=[other_team])
    both = make_user(RoleCode.SALES, teams=[team, other_team])
    nowhere = make_user(RoleCode.SALES)
    seen = {
        user: set(named(user=user, surname="Maier", version=1))
        for user in (north, south, both, nowhere, admin)
    }
    assert seen == {
        north: {here}, south: {there}, both: {here, there}, nowhere: set(), admin: {here, there}
    }  # fmt: skip


def test_more_values_than_a_statement_is_kept_for(make_person: Any) -> None:
    one = make_person("Jo", surname="Maier")
    assert among(numbers=tuple(range(one.pk, one.pk + LONGEST + 1))) == [one]


def test_one_statement_and_nothing_is_built_twice(
    make_person: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.Prepared, "is_checked", False)
    built = []

    @prepared
    def counted(*, number: int) -> QuerySet[Person]:
        built.append(number)
        return Person.objects.filter(pk=number).select_related("source")

    one = make_person("Jo", surname="Maier")
    for _each in range(3):
        with django_assert_num_queries(1):
            [found] = counted(number=one.pk)
            assert (found.surname, found.source.pk) == ("Maier", one.source_id)
    assert len(built) == 1


def test_a_few_statements_serve_every_length(
    make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.Prepared, "is_checked", False)
    kept: module.Prepared[Any, Any] = prepared(among._build)
    people = [make_person("Jo", surname="Maier") for _each in range(9)]
    for length in range(len(people) + 1):
        assert kept(numbers=tuple(each.pk for each in people[:length])) == people[:length]
    assert [dict(shape)["numbers"] for shape in kept._statements] == [0, 1, 2, 4, 8, 16]  # type: ignore[call-overload]


def test_the_database_keeps_plans_of_these_statements_alone(make_person: Any) -> None:
    connection.ensure_connection()
    one = make_person("Jo", surname="Maier")
    for _each in range(module.PLANNED_AFTER + 2):
        assert of_public_id(public_id=one.public_id) == ["Maier"]
        assert Person.objects.filter(public_id=one.public_id).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall() if "contacts_person" in statement]
    assert len([each for each in kept if "public_id" in each and "LIMIT" not in each]) == 1
    assert not [each for each in kept if "SELECT 1" in each]


def test_what_changes_the_statement_beside_the_arguments_is_found_out(make_person: Any) -> None:
    names = ["Maier", "Meyer"]

    @prepared
    def moody(*, number: int) -> QuerySet[Person]:
        return Person.objects.filter(pk=number, surname=names.pop())

    with pytest.raises(AssertionError, match="moody"):
        moody(number=1)


def test_a_value_that_is_changed_on_its_way_is_refused() -> None:
    @prepared
    def doubled(*, number: int) -> QuerySet[Person]:
        return Person.objects.filter(pk=number * 2)

    with pytest.raises(Unmarked, match="doubled"):
        doubled(number=1)


def test_sql_for_another_statement(make_person: Any) -> None:
    sql, params = among.sql(numbers=(7, 8))
    assert "IN (%s, %s)" in sql
    assert params == (7, 8)
    with pytest.raises(EmptyResultSet):
        among.sql(numbers=())


def test_the_statement_that_rested_longest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STATEMENTS", 2)
    kept: module.Prepared[Any, Any] = prepared(among._build)
    for length in (1, 2, 1, 3):
        kept(numbers=tuple(range(length)))
    assert [dict(shape)["numbers"] for shape in kept._statements] == [1, 3]  # type: ignore[call-overload]


def test_attached_rows_are_what_the_owners_lead_to(
    make_person: Any, django_assert_num_queries: Any
) -> None:
    one, other = make_person("Jo", surname="Maier"), make_person("Jo", surname="Meyer")
    rows = list(ContactPointHolder.objects.filter(person__in=[one, other]).order_by("pk"))
    with django_assert_num_queries(0):
        attach([one, other], "contact_points", rows)
        attach([], "contact_points", rows)
        assert list(one.contact_points.all()) == [r for r in rows if r.person_id == one.pk]
        assert list(other.contact_points.all()) == [r for r in rows if r.person_id == other.pk]
        assert all(row.person is one for row in one.contact_points.all())
