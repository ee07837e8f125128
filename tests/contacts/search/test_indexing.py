"""The search keys of records follow every change, in bulk and one by one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection

from contacts import indexing
from contacts.models import Company, Employment, Person, Source
from contacts.searching.keys import company_keys, person_keys
from crm.accounts.models import Team, User

pytestmark = pytest.mark.django_db


def keys_of(person: Person) -> tuple[str, str, str, str]:
    person.refresh_from_db()
    return person.sort_key, person.given_key, person.surname_code, person.given_code


@pytest.fixture
def havelberg(source: Source, at: datetime) -> Company:
    company = Company.objects.create(
        name="Havelberg Anlagenbau", source=source, created_at=at, updated_at=at
    )
    indexing.refresh_companies([company.pk])
    return company


@pytest.fixture
def voss(source: Source, havelberg: Company, at: datetime) -> Person:
    person = Person.objects.create(
        given_name="Änne", surname="Meier-Voß", source=source, created_at=at, updated_at=at
    )
    Employment.objects.create(person=person, company=havelberg, source=source, created_at=at)
    indexing.refresh_persons([person.pk])
    return person


def lexemes(record: Person | Company) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tsvector_to_array(search) FROM {record._meta.db_table} WHERE id = %s",
            [record.pk],
        )
        return set(cursor.fetchone()[0])


def test_person_keys_are_folded_sounded_and_scoped() -> None:
    keys = person_keys(
        surname="Müller-Voß",
        given_name="Änne",
        particle="von der",
        owner_id=17,
        team_id=None,
        company_names=["Hebetechnik Süd"],
        places=["24103 Kiel"],
    )
    assert keys.sort_key == "muller voss\tanne\tvon der"
    assert keys.given_key == "anne\tmuller voss"
    assert keys.surname_code == "657 38"
    assert keys.given_code == "06"
    assert keys.search == (
        "'muller' 'voss' 'anne' 'von' 'der' 'hebetechnik' 'sud' '24103' 'kiel' "
        "'~657' '~38' '^06' '=o17'"
    )


def test_company_keys_sound_every_word() -> None:
    keys = company_keys(name="Mayr Hebetechnik", owner_id=None, team_id=3, places=["Cottbus"])
    assert keys.sort_key == "mayr hebetechnik"
    assert keys.name_code == "67 012464"
    assert keys.search == "'mayr' 'hebetechnik' 'cottbus' '~67' '~012464' '=t3'"


def test_keys_never_outgrow_their_columns() -> None:
    keys = person_keys(
        surname="ß" * 150, given_name="ß" * 150, particle="", owner_id=None, team_id=None
    )
    assert (len(keys.sort_key), len(keys.given_key)) == (400, 200)


def test_refreshing_writes_the_keys_once(voss: Person) -> None:
    assert keys_of(voss) == ("meier voss\tanne", "anne\tmeier voss", "67 38", "06")
    assert indexing.refresh_persons([voss.pk]) == 0


def test_a_renamed_company_is_found_at_its_persons(voss: Person, havelberg: Company) -> None:
    assert {"havelberg", "anlagenbau"} <= lexemes(voss)
    Company.objects.filter(pk=havelberg.pk).update(name="Elbtor Anlagenbau")
    assert indexing.refresh_companies([havelberg.pk]) == 1
    assert "elbtor" in lexemes(voss)
    assert "havelberg" not in lexemes(voss)


def test_scope_follows_owner_and_team(
    voss: Person, make_user: Callable[..., User], team: Team
) -> None:
    owner = make_user()
    Person.objects.filter(pk=voss.pk).update(owner=owner, team=team)
    indexing.refresh_persons([voss.pk])
    assert {f"=o{owner.pk}", f"=t{team.pk}"} <= lexemes(voss)


@pytest.mark.parametrize("count", [1, 40])
def test_queries_do_not_grow_with_the_rows(
    count: int,
    source: Source,
    at: datetime,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    persons = Person.objects.bulk_create(
        [
            Person(surname=f"Meier {n}", source=source, created_at=at, updated_at=at)
            for n in range(count)
        ]
    )
    # savepoint, lock, three of facts, eight of the signatures, update, savepoint
    with django_assert_num_queries(14):
        assert indexing.refresh_persons([person.pk for person in persons]) == count


def test_rebuilding_mends_everything(voss: Person, havelberg: Company) -> None:
    good = (keys_of(voss), lexemes(voss), lexemes(havelberg))
    Person.objects.update(sort_key="", search=None)
    Company.objects.update(sort_key="", search=None)
    call_command("rebuild_index")
    havelberg.refresh_from_db()
    assert (keys_of(voss), lexemes(voss), lexemes(havelberg)) == good
    assert havelberg.sort_key == "havelberg anlagenbau"
