"""Two at once: nobody overwrites the other, nobody gets an error page, nothing is there twice."""

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction

from contacts import companies, contact_points, external_ids, persons
from contacts.importing import imports
from contacts.models import Company, ContactPoint, ContactPointHolder, ExternalId, Person
from crm.kernel import collisions, errors

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Let all begin in the same moment; what each returned or raised, in their order."""
    begin = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        begin.wait(timeout=20)
        try:
            results[place] = act()
        except Exception as error:  # what it was is looked at below
            results[place] = collisions.conflict_of(error) or error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def refused(results: list[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


def test_of_two_who_save_the_same_version_one_is_told(admin, make_person, source, at) -> None:
    person = make_person("Anna", "Abel")

    def save(title: str) -> Person:
        return persons.update(
            actor=admin, person=person, values={"title": title}, source=source, version=1, at=at
        )

    (error,) = refused(at_once(lambda: save("Dr."), lambda: save("Prof.")))
    assert type(error) is errors.Conflict
    assert Person.objects.get().version == 2


def test_the_same_mailbox_is_added_once_to_one_person(admin, make_person, source, at) -> None:
    person = make_person("Anna", "Abel")

    def add() -> Any:
        return contact_points.add(
            actor=admin, record=person, kind="EMAIL", value="a@b.example", source=source, at=at
        )

    (error,) = refused(at_once(add, add))
    assert type(error) is errors.Invalid
    assert ContactPointHolder.objects.count() == 1


def test_the_same_new_mailbox_is_shared_by_two_persons(admin, make_person, source, at) -> None:
    both = [make_person("Anna", "Abel"), make_person("Bernd", "Bohm")]

    def adding(person: Person) -> Callable[[], Any]:
        return lambda: contact_points.add(
            actor=admin, record=person, kind="EMAIL", value="a@b.example", source=source, at=at
        )

    assert refused(at_once(*map(adding, both))) == []
    assert (ContactPoint.objects.count(), ContactPointHolder.objects.count()) == (1, 2)


def test_a_bounce_told_from_both_sides_ends_in_no_circle(admin, make_person, source, at) -> None:
    both = [make_person("Anna", "Abel"), make_person("Bernd", "Bohm")]
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    holders = [
        contact_points.add(record=person, kind="EMAIL", value="a@b.example", **known)
        for person in both
    ]

    def bouncing(holder: ContactPointHolder) -> Callable[[], Any]:
        return lambda: contact_points.set_status(
            actor=admin, holder=holder, status="BOUNCED", at=at
        )

    for _round in range(3):
        assert refused(at_once(*map(bouncing, holders))) == []
        assert set(ContactPointHolder.objects.values_list("status", flat=True)) == {"BOUNCED"}
        for holder in holders:
            contact_points.set_status(actor=admin, holder=holder, status="ACTIVE", at=at)
            holder.refresh_from_db()


def test_an_erp_number_goes_to_one_company(admin, source, at) -> None:
    def creating(name: str) -> Callable[[], Any]:
        values = {"name": name, "erp_number": "K-1"}
        return lambda: companies.create(actor=admin, values=values, source=source, at=at)

    (error,) = refused(at_once(creating("Abel AG"), creating("Bohm AG")))
    assert type(error) in (errors.Invalid, errors.Conflict)
    assert Company.objects.filter(erp_number="K-1").count() == 1


def test_a_number_of_another_system_goes_to_one_person(admin, make_person, source, at) -> None:
    both = [make_person("Anna", "Abel"), make_person("Bernd", "Bohm")]

    def adding(person: Person) -> Callable[[], Any]:
        return lambda: external_ids.add(
            actor=admin, record=person, system="ERP", value="1", source=source, at=at
        )

    (error,) = refused(at_once(*map(adding, both)))
    assert type(error) in (errors.Invalid, errors.Conflict)
    assert ExternalId.objects.count() == 1


def test_a_file_is_imported_once_at_a_time(admin, source, at, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    runs = [
        imports.upload(
            actor=admin, file=BytesIO(b"Nachname\nMaier\n"), file_name="l.csv", source=source, at=at
        )
        for _time in range(2)
    ]

    def starting(run: Any) -> Callable[[], Any]:
        def start() -> Any:
            with transaction.atomic():  # the message to the worker is not sent here
                started = imports.start(actor=admin, run=run, at=at)
                transaction.get_connection().run_on_commit.clear()
            return started

        return start

    (error,) = refused(at_once(*map(starting, runs)))
    assert type(error) is imports.Busy
