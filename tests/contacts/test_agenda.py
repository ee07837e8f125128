"""What wants attention today: for whom, why, in which order."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import agenda, sources
from contacts.agenda import Reason
from contacts.models import Person, Source
from crm.accounts.models import Team, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(make_person: Callable[..., Person], at: datetime) -> Callable[..., Person]:
    def make(name: str, owner: User, **values: object) -> Person:
        person = make_person("", name, owner=owner)
        fine = {"completeness": 100, "confirmed_on": at.date(), "updated_at": at}
        Person.objects.filter(pk=person.pk).update(**{**fine, **values})
        return Person.objects.get(pk=person.pk)

    return make


def found(care: agenda.Care) -> list[tuple[str, Reason]]:
    return [(task.row.record.surname, task.reason) for task in care.tasks]


def test_each_record_once_for_its_most_pressing_reason(
    put: Callable[..., Person], sales: User, admin: User, at: datetime
) -> None:
    put("Gut", sales)
    put("Alles", sales, duplicate_check_due=True, completeness=20, confirmed_on=None)
    put("Lückig", sales, completeness=40)
    put("Alt", sales, confirmed_on=date(2020, 1, 1))
    put("Nie", sales, confirmed_on=None)
    put("Fremd", admin, completeness=20)
    care = agenda.care(user=sales, at=at)
    assert care.is_own
    assert found(care) == [
        ("Alles", Reason.DUPLICATE),
        ("Lückig", Reason.INCOMPLETE),
        ("Nie", Reason.UNCONFIRMED),
        ("Alt", Reason.UNCONFIRMED),
    ]
    assert {need.reason: need.total.value for need in care.needs} == {
        Reason.DUPLICATE: 1,
        Reason.INCOMPLETE: 2,
        Reason.UNCONFIRMED: 3,
    }
    assert care.total_of(Reason.INCOMPLETE).value == 2
    assert care.needs[1].query == "completeness_below=60&owner=me&sort=completeness"


def test_who_owns_nothing_sees_what_is_visible(
    put: Callable[..., Person], admin: User, privacy: User, at: datetime
) -> None:
    put("Fremd", admin, completeness=20)
    care = agenda.care(user=privacy, at=at)
    assert not care.is_own
    assert found(care) == [("Fremd", Reason.INCOMPLETE)]
    assert care.needs[1].query == "completeness_below=60&sort=completeness"


def test_the_latest_changes_come_first(
    put: Callable[..., Person], sales: User, at: datetime
) -> None:
    for name, hours in (("Gestern", 24), ("Eben", 0), ("Vorhin", 2)):
        put(name, sales, updated_at=at - timedelta(hours=hours))
    care = agenda.care(user=sales, at=at, changed=2)
    assert [row.record.surname for row in care.changed] == ["Eben", "Vorhin"]


def test_deadlines_of_data_that_the_user_sees(
    put: Callable[..., Person], sales: User, admin: User, at: datetime, team: Team
) -> None:
    def bought(name: str, day: date) -> Source:
        return sources.create(
            actor=None, kind="SUPPLIER", name=name, licence="x", use_until=day, at=at
        )

    passed = bought("Vorbei", date(2026, 3, 10))
    near = bought("Bald", date(2026, 3, 26))
    far = bought("Später", date(2026, 12, 31))
    unseen = bought("Unsichtbar", date(2026, 3, 20))
    for number, (owner, source) in enumerate(
        ((sales, passed), (sales, near), (sales, near), (sales, far), (admin, unseen))
    ):
        put(f"P{number}", owner, source=source)
    assert [
        (d.source.name, d.days, d.persons.value) for d in agenda.deadlines_of(user=sales, at=at)
    ] == [("Vorbei", -7, 1), ("Bald", 9, 2)]


def test_the_number_of_queries_is_fixed(
    put: Callable[..., Person], sales: User, at: datetime
) -> None:
    spent = []
    for count in (8, 16):
        for number in range(count):
            put(f"P{count}{number}", sales, completeness=20, confirmed_on=None)
        with CaptureQueriesContext(connection) as captured:
            agenda.care(user=User.objects.get(pk=sales.pk), at=at)
        spent.append(len(captured))
    assert spent[0] == spent[1]
